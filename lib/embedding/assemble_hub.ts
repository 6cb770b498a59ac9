/** Puts the rooms of a hub together: broker, presence, commands, heartbeat and limits. */

import { EndedSessions } from "../auth/ended_sessions.ts";
import { PresenceLeases } from "../hub/presence_leases.ts";
import {
  type DirectMessages,
  directMessagesOf,
} from "../auth/direct_messages.ts";
import type { TokenVerifier } from "../auth/token_verifier.ts";
import type { Bridge } from "../bridge/bridge.ts";
import { BridgedBroker } from "../bridge/bridged_broker.ts";
import type { Broker } from "../broker/types.ts";
import type { Namespaces } from "../channel/channel_options.ts";
import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { createCommands } from "../commands/dispatch.ts";
import { admit } from "../commands/connect.ts";
import type { CommandsDeps } from "../commands/deps.ts";
import { knownOptions } from "../commands/permission.ts";
import { emulatedNames } from "../commands/emulated_headers.ts";
import { LoadHistory } from "../metrics/load_history.ts";
import { createNodeCalls } from "../node_calls/answer.ts";
import { Hub } from "../hub/hub.ts";
import type { HubHandlers } from "../hub/hub_handlers.ts";
import { type HubLimits, limitsOf } from "../limits/hub_limits.ts";
import type { CpuUse } from "../base/cpu_use.ts";
import type { MemoryUse } from "../base/memory_use.ts";
import type { Log } from "../base/log.ts";
import type { HubHooks } from "../hub/hooks.ts";
import { centrifugeProtocol } from "../protocol/centrifuge.ts";
import { protobufProtocol } from "../protocol/centrifuge_protobuf.ts";
import { feedProtocol } from "../protocol/feed.ts";
import { sendProtocol } from "../protocol/send.ts";
import { textProtocol } from "../protocol/text.ts";
import type { Outgoing, Protocol } from "../protocol/types.ts";
import type { TransportKind } from "../base/transport.ts";
import type { Presence } from "../presence/types.ts";

/** Parts of a hub, each already made. */
export interface HubParts extends Partial<HubLimits>, HubHooks {
  /** Verifies the tokens of clients. */
  readonly tokens: TokenVerifier;
  /** Lets everybody do everything, without a token and under any name. */
  readonly insecureAnonymousAll: boolean;
  /**
   * Recipients of clients' messages without a channel.
   * @default {"all" where everybody may do everything, else "users"}
   */
  readonly directMessages?: DirectMessages;
  /**
   * Names of headers that an SDK may put into its command `connect`.
   * @default {[]}
   */
  readonly emulatedHeaders?: readonly string[];
  /** Options of the channels. */
  readonly namespaces: Namespaces;
  /** Order and history of the channels. */
  readonly broker: Broker;
  /** Clients in the channels. */
  readonly presence: Presence;
  /** Takes the events. */
  readonly log: Log;
  /** Message systems behind the hub; by default no such system. */
  readonly bridge?: Bridge;
  /** Reads the memory of this isolate for the metrics; by default it is unknown. */
  readonly memoryUse?: () => MemoryUse;
  /** Reads the CPU time of this process for the metrics; by default it is unknown. */
  readonly cpuUse?: () => CpuUse;
  /** Source of time. */
  readonly clock: Clock;
  /** Source of random numbers and ids. */
  readonly random: Random;
}

/** Clients that a hub serves: their metrics are 0 from the beginning. */
const CLIENTS: readonly (readonly [Protocol<Outgoing>, TransportKind])[] = [
  [textProtocol, "websocket"],
  [centrifugeProtocol, "websocket"],
  [centrifugeProtocol, "http_stream"],
  [centrifugeProtocol, "sse"],
  [protobufProtocol, "websocket"],
  [protobufProtocol, "http_stream"],
  [feedProtocol, "sse"],
  [feedProtocol, "long_poll"],
  [sendProtocol, "request"],
];

/** Names of all hooks. */
export const HOOKS = [
  "onConnect",
  "onSubscribe",
  "onPublish",
  "onMessage",
  "onRpc",
  "onDisconnect",
] as const satisfies readonly (keyof HubHooks)[];

/** Makes a hub and starts it; returns it with what acts upon it. */
export function assembleHub(parts: HubParts): CommandsDeps {
  const {
    clock,
    random,
    log,
    tokens,
    broker: orders,
    presence,
    namespaces,
    insecureAnonymousAll: insecure,
    emulatedHeaders = [],
    bridge,
    memoryUse,
    cpuUse,
  } = parts;
  const broker = bridge === undefined
    ? orders
    : new BridgedBroker(orders, bridge);
  const presenceLeases = new PresenceLeases({ presence, broker, clock, log });
  const hooks: HubHooks = parts;
  HOOKS.forEach((name) => requireFunction(name, hooks[name]));
  requireFunction("memoryUse", memoryUse);
  requireFunction("cpuUse", cpuUse);
  const rest = {
    ...{ log, presence, presenceLeases, namespaces, tokens, hooks, insecure },
    directMessages: directMessagesOf(parts.directMessages, { insecure }),
    emulatedHeaders: emulatedNames(emulatedHeaders),
    endedSessions: new EndedSessions(clock),
    memoryUse,
    cpuUse,
  };
  const hub = new Hub({
    limits: limitsOf(parts),
    broker,
    presence,
    namespaces,
    clock,
    random,
    log,
    keepsHeaders: HOOKS.some((name) => hooks[name] !== undefined),
    handlers: (hub) => handlersOf({ hub, ...rest }),
  });
  for (const client of CLIENTS) hub.counters.traffic.find(...client);
  presenceLeases.start();
  bridge?.start((channel, ...record) => {
    knownOptions(hub, channel);
    return hub.publish(channel, ...record);
  });
  return { hub, ...rest };
}

/** Refuses a function that a program without types cannot mean: it would fail with each client. */
function requireFunction(name: string, given: unknown): void {
  if (given === undefined || typeof given === "function") return;
  throw new TypeError(
    `Cannot create a hub with ${name} of the type ${typeof given}: expected a function`,
  );
}

function handlersOf(deps: CommandsDeps): HubHandlers {
  const { log, hooks, presenceLeases } = deps;
  const load = new LoadHistory(deps);
  load.start();
  return {
    onCommand: createCommands(deps),
    onAuthenticated: (connection, identity) =>
      admit(deps, connection, identity),
    onUnsubscribed: (subscription) => presenceLeases.leave(subscription),
    onDisconnected: (connection, disconnect) => {
      if (hooks.onDisconnect === undefined) return;
      const { headers } = connection;
      const context = { connection, headers, disconnect };
      (async () => await hooks.onDisconnect?.(context))()
        .catch((error) => log.error("hook_failed", { error }))
        // A log that fails cannot be logged, and must not end the process.
        .catch(() => {});
    },
    onClose() {
      presenceLeases.stop();
      load.stop();
    },
    onBrokerReturn: (channels) => presenceLeases.renew(channels),
    onCall: createNodeCalls(deps, load),
  };
}
