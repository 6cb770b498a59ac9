/** A connection without a hub: its owner is the test. */

import { Connection } from "../../lib/hub/connection.ts";
import type { ConnectionOwner } from "../../lib/hub/connection_owner.ts";
import type { Disconnect } from "../../lib/base/disconnect.ts";
import { RateTable } from "../../lib/limits/client_rates.ts";
import { DEFAULT_LIMITS } from "../../lib/limits/hub_limits.ts";
import { Refusals } from "../../lib/limits/refusals.ts";
import { Turns } from "../../lib/hub/turns.ts";
import { Traffic } from "../../lib/hub/traffic.ts";
import { textProtocol } from "../../lib/protocol/text.ts";
import type { Command, Protocol } from "../../lib/protocol/types.ts";
import { Backlogs } from "../../lib/hub/backlogs.ts";
import { FakeClock } from "./fake_clock.ts";
import { FakeTransport } from "./fake_transport.ts";

/** A connection, and what its owner heard. */
export interface ConnectionScene {
  readonly connection: Connection;
  readonly transport: FakeTransport;
  readonly time: { now: number };
  /** Time of its backlog. */
  readonly clock: FakeClock;
  readonly commands: Command[];
  readonly ends: Disconnect[];
  readonly failures: unknown[];
}

/** What a test says about its connection, and about the owner of it. */
interface ConnectionSceneOptions extends Partial<ConnectionOwner<Connection>> {
  /** @default {textProtocol} */
  readonly protocol?: Protocol;
  readonly transport?: FakeTransport;
}

/** Makes a connection whose owner does as a test says. */
export function scene(
  {
    protocol = textProtocol,
    transport = new FakeTransport(),
    ...overrides
  }: ConnectionSceneOptions = {},
): ConnectionScene {
  const time = { now: 0 };
  const clock = new FakeClock();
  const commands: Command[] = [];
  const ends: Disconnect[] = [];
  const failures: unknown[] = [];
  const connection = new Connection(
    {
      id: "1",
      protocol,
      transport,
      traffic: new Traffic(protocol, "websocket"),
      intervals: { silenceMs: 0, pingMs: 0, pongMs: 0 },
      authenticateBy: Infinity,
    },
    {
      time,
      rates: new RateTable({
        limits: DEFAULT_LIMITS,
        time,
        refusals: new Refusals(),
      }),
      clock,
      turns: new Turns(clock),
      isNamespace: () => false,
      soon: () => {},
      after: () => {},
      flushTo: () => {},
      ride: () => false,
      onTransportEnd: () => {},
      backlogs: new Backlogs(clock, () => {}),
      maxBacklogBytes: 16_000,
      slowGraceMs: 1_000,
      appoint: (disconnect) => disconnect,
      maxMessageBytes: 100,
      maxBufferedBytes: 1000,
      onCommand: (_, command) => void commands.push(command),
      onEnd: (_, disconnect) => ends.push(disconnect),
      onError: (_, error) => failures.push(error),
      ...overrides,
    },
  );
  return { connection, transport, time, clock, commands, ends, failures };
}

/** Resolves when all that is ready has settled. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
}
