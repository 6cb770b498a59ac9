/** The door of the library: makes a hub from what a program decides about it. */

import { type Access, isAnonymous, verifierOf } from "./auth/access.ts";
import type { DirectMessages } from "./auth/direct_messages.ts";
import { assembleHub, HOOKS } from "./embedding/assemble_hub.ts";
import {
  requireBroker,
  requireLimits,
  requireLog,
  warnOfAccess,
} from "./embedding/check_options.ts";
import { type Clock, systemClock } from "./base/clock.ts";
import type { CpuUse } from "./base/cpu_use.ts";
import type { MemoryUse } from "./base/memory_use.ts";
import { createLog, type Log } from "./base/log.ts";
import { requireKnown } from "./base/options.ts";
import { type Random, systemRandom } from "./base/random.ts";
import { Bridge, type BridgeOptions } from "./bridge/bridge.ts";
import type { BrokerFactory } from "./broker/factory.ts";
import { memory } from "./embedding/brokers.ts";
import {
  type ChannelsConfig,
  type KnownChannels,
  namespacesOf,
} from "./channel/channel_options.ts";
import {
  coreOf,
  type EmbeddedHub,
  embedHub,
} from "./embedding/embedded_hub.ts";
import type { HubHooks } from "./hub/hooks.ts";
import { problemsOf } from "./limits/check_limits.ts";
import {
  DEFAULT_LIMITS,
  type HubLimits,
  limitsOf,
} from "./limits/hub_limits.ts";

/** Decisions of a program about its hub: only `access` has to be made. */
export interface CreateHubOptions<
  Channels extends ChannelsConfig = ChannelsConfig,
> extends Partial<HubLimits>, HubHooks {
  /**
   * Clients that may connect: everybody (`"anonymous"`), those with a token
   * (`{ tokens }`), or those that {@linkcode HubHooks.onConnect} names (`"onConnect"`).
   */
  readonly access: Access;
  /**
   * Options of the channels, by pattern.
   * @default {{ "*": {} }}
   */
  readonly channels?: Channels & KnownChannels<Channels>;
  /**
   * Recipients that a client may send messages to without a channel: any uid and all
   * connections together (`"all"`), any uid (`"users"`), or none of them (`"none"`).
   * The methods of the hub may always.
   * @default {"all" where access is "anonymous", else "users"}
   */
  readonly directMessages?: DirectMessages;
  /**
   * Names of headers that an SDK may put into its command `connect`, because a browser
   * sends none with a WebSocket. Only {@linkcode HubHooks.onConnect} sees them, as
   * `emulatedHeaders`.
   * @default {[]}
   */
  readonly emulatedHeaders?: readonly string[];
  /**
   * Shares the channels with other isolates or machines: {@linkcode memory},
   * {@linkcode isolates}, {@linkcode redis}, {@linkcode postgres} or {@linkcode nats}.
   * @default {memory()}
   */
  readonly broker?: BrokerFactory;
  /**
   * Message systems behind the hub, such as Kafka: sources, whose records are published
   * to channels, and sinks, which take the publications of channels.
   * @default {none}
   */
  readonly bridge?: BridgeOptions;
  /**
   * Takes the events of the hub.
   * @default {all but the level `debug`, as JSON lines on the console}
   */
  readonly log?: Log;
  /**
   * Reads the memory of this isolate for the metrics, such as `Deno.memoryUsage`.
   * @default {none}
   */
  readonly memoryUse?: () => MemoryUse;
  /**
   * Reads the CPU time of this process for the metrics, such as `process.cpuUsage`.
   * @default {none}
   */
  readonly cpuUse?: () => CpuUse;
  /**
   * Source of time.
   * @default {the machine's}
   */
  readonly clock?: Clock;
  /**
   * Source of random numbers and ids.
   * @default {the machine's}
   */
  readonly random?: Random;
}

/** Names of all options of {@linkcode createHub}. */
export const HUB_OPTIONS: readonly string[] = [
  "access",
  "channels",
  "directMessages",
  "emulatedHeaders",
  "broker",
  "bridge",
  "log",
  "memoryUse",
  "cpuUse",
  "clock",
  "random",
  ...HOOKS,
  ...Object.keys(DEFAULT_LIMITS),
];

/**
 * Makes a hub and starts it; {@linkcode EmbeddedHub.drain} ends it.
 *
 * @example A hub that everybody may use
 * ```ts
 * import { createHub } from "@thrum/thrum";
 *
 * const hub = createHub({ access: "anonymous" });
 * ```
 *
 * @example Tokens, a Redis, and channels whose data has a schema
 * ```ts
 * import * as v from "valibot";
 * import { createHub, redis } from "@thrum/thrum";
 *
 * const ChatMessage = v.object({ text: v.string() });
 *
 * const hub = createHub({
 *   access: { tokens: { jwksUrl: "https://auth.example/keys" } },
 *   broker: redis("redis://localhost:6379"),
 *   channels: {
 *     "chat:*": { data: ChatMessage, historySize: 1000 },
 *     "news:*": { allow: ["subscribe"] },
 *   },
 * });
 *
 * await hub.publish("chat:lobby", { text: "hello" });
 * ```
 *
 * @throws {TypeError} If there is no such option, here or in one of its objects, the access lets no client in, or a pattern of channels is invalid.
 * @throws {RangeError} If a limit is out of its range: no timer holds more than 596 hours.
 */
export function createHub<
  const Channels extends ChannelsConfig = ChannelsConfig,
>(
  options: CreateHubOptions<Channels>,
): EmbeddedHub<Channels> {
  const hub = makeHub(options);
  warnOfAccess(options.access, coreOf(hub).log);
  return hub;
}

/** Makes a hub as {@linkcode createHub} does, for a program that warns of its access itself. */
export function makeHub<
  const Channels extends ChannelsConfig = ChannelsConfig,
>(
  options: CreateHubOptions<Channels>,
): EmbeddedHub<Channels> {
  requireKnown("create a hub", options, HUB_OPTIONS);
  const {
    access,
    channels = {},
    broker = memory(),
    bridge,
    clock = systemClock,
    random = systemRandom,
    log = createLog({ level: "info", clock }),
    ...rest
  } = options;
  requireBroker(broker);
  requireLog(log);
  if (access === "onConnect" && options.onConnect === undefined) {
    throw new TypeError(
      'Cannot create a hub with access "onConnect": expected the hook onConnect',
    );
  }
  requireLimits(problemsOf(limitsOf(rest)));
  return embedHub(assembleHub({
    ...rest,
    ...broker.open({ clock, random, log }),
    tokens: verifierOf(access, clock),
    insecureAnonymousAll: isAnonymous(access),
    namespaces: namespacesOf(channels),
    bridge: bridge === undefined
      ? undefined
      : new Bridge(bridge, { clock, random, log }),
    clock,
    random,
    log,
  }));
}
