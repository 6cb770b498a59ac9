/** Puts a hub together: broker, presence, commands, heartbeat and limits, each with its default. */

import { PresenceLeases } from "./hub/presence_leases.ts";
import {
  createTokenVerifier,
  type TokenVerifier,
} from "./auth/token_verifier.ts";
import { MemoryBroker } from "./broker/memory/broker.ts";
import type { Broker } from "./broker/types.ts";
import { Namespaces } from "./channel/channel_options.ts";
import { type Clock, systemClock } from "./base/clock.ts";
import { type Random, systemRandom } from "./base/random.ts";
import { createCommands } from "./commands/dispatch.ts";
import { admit } from "./commands/connect.ts";
import type { CommandsDeps } from "./commands/deps.ts";
import { createNodeCalls } from "./node_calls/answer.ts";
import { Hub, type HubHandlers } from "./hub/hub.ts";
import { DEFAULT_LIMITS, type HubLimits } from "./limits/hub_limits.ts";
import { createLog, type Log } from "./base/log.ts";
import type { Policy } from "./hub/policy.ts";
import { MemoryPresence } from "./presence/memory.ts";
import type { Presence } from "./presence/types.ts";

/** What a program decides about its hub. */
export interface CreateHubOptions extends Partial<HubLimits>, Policy {
  /** Verifies the tokens of clients; without it, none is accepted. */
  readonly tokens?: TokenVerifier;
  /**
   * Lets anybody do everything, without a token and under any name.
   * @default {false}
   */
  readonly insecureAnonymousAll?: boolean;
  /** What channels keep and allow. By default all channels without a namespace exist. */
  readonly namespaces?: Namespaces;
  /** Orders and keeps what is published. By default this node's memory does. */
  readonly broker?: Broker;
  /** Knows who is in a channel. By default this node's memory does. */
  readonly presence?: Presence;
  /** By default, warnings and errors go to the console. */
  readonly log?: Log;
  /** By default the machine's. */
  readonly clock?: Clock;
  /** By default the machine's. */
  readonly random?: Random;
}

/** Makes a hub and starts it; {@linkcode Hub.close} ends it. */
export function createHub(options: CreateHubOptions = {}): Hub {
  const {
    clock = systemClock,
    random = systemRandom,
    log = createLog({ level: "warn", clock }),
    tokens = createTokenVerifier({}),
    broker = new MemoryBroker({ random, clock }),
    presence = new MemoryPresence({ clock }),
    namespaces = new Namespaces(),
    insecureAnonymousAll: insecure = false,
  } = options;
  const presenceLeases = new PresenceLeases({ presence, broker, clock, log });
  const hub = new Hub({
    limits: limitsOf(options),
    broker,
    presence,
    namespaces,
    clock,
    random,
    log,
    handlers: (hub) =>
      handlersOf({
        hub,
        log,
        presence,
        presenceLeases,
        tokens,
        policy: options,
        insecure,
      }),
  });
  presenceLeases.start();
  return hub;
}

function handlersOf(deps: CommandsDeps): HubHandlers {
  const { log, policy, presenceLeases } = deps;
  return {
    onCommand: createCommands(deps),
    onAuthenticated: (connection, identity) =>
      admit(deps, connection, identity),
    onUnsubscribed: (subscription) => presenceLeases.leave(subscription),
    onDisconnected: (connection, disconnect) => {
      Promise.try(() => policy.onDisconnect?.({ connection, disconnect }))
        .catch((error) => log.error("policy_failed", { error }))
        // A log that fails cannot be logged, and must not end the process.
        .catch(() => {});
    },
    onClose: () => presenceLeases.stop(),
    onCall: createNodeCalls(deps),
  };
}

/** What is left out, or is `undefined`, is as by default. */
function limitsOf(options: Partial<HubLimits>): HubLimits {
  const given = Object.entries(DEFAULT_LIMITS).map(([name, byDefault]) => [
    name,
    options[name as keyof HubLimits] ?? byDefault,
  ]);
  return Object.fromEntries(given);
}
