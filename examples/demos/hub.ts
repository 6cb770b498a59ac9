/** Hub of the demos: one of its own, so that their rules touch no channel of the server. */

import {
  type BrokerFactory,
  type ChannelsConfig,
  type ConnectContext,
  type ConnectDecision,
  createHub,
  type EmbeddedHub,
  errors,
  type Log,
  ProtocolError,
} from "@thrum/thrum";
import type { Demo, DemoRules } from "./frame/demo.ts";

const NAME = /^[\w-]{1,40}$/;
/** Bytes of all histories. */
export const MAX_HISTORY_BYTES = 16 * 1024 * 1024;

/** Subject and means of the hub. */
export interface DemoHubDeps {
  readonly demos: readonly Demo[];
  readonly broker: BrokerFactory;
  readonly log: Log;
}

/** Makes the hub; every client comes in under the name that it says, and may do what the demos allow. */
export function createDemoHub(
  { demos, broker, log }: DemoHubDeps,
): EmbeddedHub {
  /** Rules by namespace, and by the beginning of a procedure's name. */
  const rules = new Map<string, DemoRules>();
  const ofChannel = (channel: string) => rules.get(prefixOf(channel));
  const hub: EmbeddedHub = createHub({
    access: "onConnect",
    broker,
    log,
    channels: channelsOf(demos),
    onConnect: admit,
    onSubscribe: (context) =>
      ofChannel(context.channel)?.onSubscribe?.(context),
    onPublish: (context) => ofChannel(context.channel)?.onPublish?.(context),
    onRpc(context) {
      const onRpc = rules.get(prefixOf(context.method))?.onRpc;
      if (onRpc === undefined) throw new ProtocolError(errors.methodNotFound);
      return onRpc(context);
    },
    async onDisconnect(context) {
      for (const { onDisconnect } of new Set(rules.values())) {
        await onDisconnect?.(context);
      }
    },
  });
  for (const demo of demos) {
    const own = demo.rules?.({ hub, log }) ?? {};
    rules.set(demo.name, own);
    for (const pattern of Object.keys(demo.channels)) {
      rules.set(prefixOf(pattern), own);
    }
  }
  return hub;
}

function admit({ data }: ConnectContext): ConnectDecision {
  const { name } = Object(data);
  if (typeof name !== "string" || !NAME.test(name)) {
    throw new ProtocolError(
      errors.badRequest,
      "connect with a name of 1 to 40 letters, digits, _ and -",
    );
  }
  return { uid: name };
}

function channelsOf(demos: readonly Demo[]): ChannelsConfig {
  const closed: ChannelsConfig = { "*": { allow: [] } };
  return Object.assign(closed, ...demos.map(({ channels }) => channels));
}

function prefixOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf(":")));
}
