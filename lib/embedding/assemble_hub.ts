/** Puts the rooms of a hub together: broker, presence, commands, heartbeat and limits, each with its default. */

import { PresenceLeases } from "../hub/presence_leases.ts";
import {
  createTokenVerifier,
  type TokenVerifier,
} from "../auth/token_verifier.ts";
import type { Bridge } from "../bridge/bridge.ts";
import { BridgedBroker } from "../bridge/bridged_broker.ts";
import { MemoryBroker } from "../broker/memory/broker.ts";
import type { Broker } from "../broker/types.ts";
import { Namespaces } from "../channel/channel_options.ts";
import { type Clock, systemClock } from "../base/clock.ts";
import { type Random, systemRandom } from "../base/random.ts";
import { createCommands } from "../commands/dispatch.ts";
import { admit } from "../commands/connect.ts";
import type { CommandsDeps } from "../commands/deps.ts";
import { emulatedNames } from "../commands/emulated_headers.ts";
import { LoadHistory } from "../metrics/load_history.ts";
import { createNodeCalls } from "../node_calls/answer.ts";
import { Hub } from "../hub/hub.ts";
import type { HubHandlers } from "../hub/hub_handlers.ts";
import { type HubLimits, limitsOf } from "../limits/hub_limits.ts";
import type { CpuUse } from "../base/cpu_use.ts";
import type { MemoryUse } from "../base/memory_use.ts";
import { createLog, type Log } from "../base/log.ts";
import type { HubHooks } from "../hub/hooks.ts";
import { MemoryPresence } from "../presence/memory.ts";
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
  /** Verifies the tokens of clients; without it, none is accepted. */
  readonly tokens?: TokenVerifier;
  /**
   * Lets everybody do everything, without a token and under any name.
   * @default {false}
   */
  readonly insecureAnonymousAll?: boolean;
  /**
   * Names of headers that an SDK may put into its command `connect`.
   * @default {[]}
   */
  readonly emulatedHeaders?: readonly string[];
  /** Options of the channels. By default all channels without a namespace exist. */
  readonly namespaces?: Namespaces;
  /** By default the memory of this node. */
  readonly broker?: Broker;
  /** By default the memory of this node. */
  readonly presence?: Presence;
  /** By default, warnings and errors go to the console. */
  readonly log?: Log;
  /** Message systems behind the hub; by default no such system. */
  readonly bridge?: Bridge;
  /** Reads the memory of this isolate for the metrics; by default it is unknown. */
  readonly memoryUse?: () => MemoryUse;
  /** Reads the CPU time of this process for the metrics; by default it is unknown. */
  readonly cpuUse?: () => CpuUse;
  /** By default the machine's. */
  readonly clock?: Clock;
  /** By default the machine's. */
  readonly random?: Random;
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

const HOOKS = [
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
    clock = systemClock,
    random = systemRandom,
    log = createLog({ level: "warn", clock }),
    tokens = createTokenVerifier({}),
    broker: orders = new MemoryBroker({ random, clock }),
    presence = new MemoryPresence({ clock }),
    namespaces = new Namespaces(),
    insecureAnonymousAll: insecure = false,
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
  HOOKS.forEach((name) => requireHook(name, hooks[name]));
  const rest = {
    ...{ log, presence, presenceLeases, namespaces, tokens, hooks, insecure },
    emulatedHeaders: emulatedNames(emulatedHeaders),
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
  bridge?.start((...record) => hub.publish(...record));
  return { hub, ...rest };
}

/** Refuses a hook that a program without types cannot mean: it would fail with each client. */
function requireHook(name: string, hook: unknown): void {
  if (hook === undefined || typeof hook === "function") return;
  throw new TypeError(
    `Cannot create a hub with ${name} of the type ${typeof hook}: expected a function`,
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
    onBrokerReturn: () => presenceLeases.renew(),
    onCall: createNodeCalls(deps, load),
  };
}
