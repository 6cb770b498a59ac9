/** A hub with its commands, in which time, chance and transports are the test's own. */

import { MemoryBroker } from "../../lib/broker/memory.ts";
import type { Broker } from "../../lib/broker/types.ts";
import { createCommands } from "../../lib/commands.ts";
import type { Connection } from "../../lib/connection.ts";
import { DEFAULT_LIMITS } from "../../lib/create_hub.ts";
import { Hub, type HubLimits, type Identity } from "../../lib/hub.ts";
import { createLog } from "../../lib/log.ts";
import type { VerifyToken } from "../../lib/auth/jwt.ts";
import { textProtocol } from "../../lib/protocol/text.ts";
import type { Protocol } from "../../lib/protocol/types.ts";
import type { Payload } from "../../lib/publication.ts";
import { fakeChance, FakeClock } from "./fake_clock.ts";
import { FakeTransport } from "./fake_transport.ts";

/** What a test wants to be different. */
export interface SceneOptions {
  readonly limits?: Partial<HubLimits>;
  readonly broker?: Broker;
  readonly verifyToken?: VerifyToken;
  readonly allowClaims?: boolean;
  readonly onMessage?: (
    connection: Connection,
    payload: Payload,
  ) => void | Promise<void>;
}

/** A client of the scene: its connection, and what it was sent. */
export interface SceneClient {
  readonly connection: Connection;
  readonly transport: FakeTransport;
}

/** Everything a unit test of the hub needs. */
export class Scene {
  readonly clock = new FakeClock();
  readonly hub: Hub;
  /** Lines that were logged, parsed. */
  readonly logs: Record<string, unknown>[] = [];

  constructor(options: SceneOptions = {}) {
    const { clock, logs } = this;
    const chance = fakeChance();
    const log = createLog({
      level: "debug",
      clock,
      write: (_, line) => logs.push(JSON.parse(line)),
    });
    this.hub = new Hub({
      limits: { ...DEFAULT_LIMITS, ...options.limits },
      broker: options.broker ?? new MemoryBroker({ chance }),
      clock,
      chance,
      log,
      onCommand: (connection, command) => carryOut(connection, command),
    });
    const carryOut = createCommands({
      hub: this.hub,
      log,
      verifyToken: options.verifyToken,
      allowClaims: options.allowClaims ?? true,
      onMessage: options.onMessage,
    });
  }

  /** Connects a client: with a uid, without (`undefined`), or not authenticated (`null`). */
  connect(
    uid?: string | null,
    protocol: Protocol = textProtocol,
  ): SceneClient {
    const transport = new FakeTransport();
    const identity: Identity | undefined = uid === null
      ? undefined
      : { uid, expiresAt: Infinity };
    const connection = this.hub.connect(transport, protocol, identity);
    return { connection, transport };
  }

  /** Lets all promises that are ready settle. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  }
}
