/** Puts a hub together: broker, commands, heartbeat and limits, each with its default. */

import type { VerifyToken } from "./auth/jwt.ts";
import { MemoryBroker } from "./broker/memory.ts";
import { systemChance, systemClock } from "./clock.ts";
import { createCommands } from "./commands.ts";
import type { Connection } from "./connection.ts";
import { Hub, type HubLimits } from "./hub.ts";
import { createLog, type Log } from "./log.ts";
import type { Payload } from "./publication.ts";

/** The bounds of a hub that are not given. */
export const DEFAULT_LIMITS: HubLimits = {
  maxConnections: 16_000,
  maxChannels: 128,
  maxMessageBytes: 65_536,
  maxBufferedBytes: 1_048_576,
  heartbeatTimeoutMs: 60_000,
  heartbeatIntervalMs: 12_000,
  authenticateWithinMs: 10_000,
};

/** What a program decides about its hub. */
export interface CreateHubOptions extends Partial<HubLimits> {
  /** Verifies the tokens of clients; see {@linkcode createTokenVerifier}. */
  readonly verifyToken?: VerifyToken;
  /**
   * Lets anybody do everything, without a token and under any name.
   * @default {false}
   */
  readonly insecureAnonymousAll?: boolean;
  /** Called with every message of a client that speaks the plain protocol. */
  readonly onMessage?: (
    connection: Connection,
    payload: Payload,
  ) => void | Promise<void>;
  /** By default, warnings and errors go to the console. */
  readonly log?: Log;
}

/** Makes a hub and starts it; {@linkcode Hub.close} ends it. */
export function createHub(options: CreateHubOptions = {}): Hub {
  const clock = systemClock;
  const chance = systemChance;
  const {
    verifyToken,
    onMessage,
    insecureAnonymousAll = false,
    log = createLog({ level: "warn", clock }),
    ...limits
  } = options;
  const hub: Hub = new Hub({
    limits: { ...DEFAULT_LIMITS, ...limits },
    broker: new MemoryBroker({ chance }),
    clock,
    chance,
    log,
    onCommand: (connection, command) => carryOut(connection, command),
  });
  const carryOut = createCommands({
    hub,
    log,
    verifyToken,
    allowClaims: insecureAnonymousAll,
    onMessage,
  });
  return hub;
}
