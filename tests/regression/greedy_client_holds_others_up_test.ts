/** One client that sent as fast as it could once held all others up: Deno hands over a
 * whole queue of its frames at once, and all of them, and all the commands that had
 * waited, were carried out before any other socket had its turn. Round trips went
 * from 2.5 ms to 128 ms.
 */

import { assertEquals, assertGreaterOrEqual } from "@std/assert";
import { systemClock } from "../../lib/base/clock.ts";
import { createLog } from "../../lib/base/log.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { memoryHub } from "../support/memory_hub.ts";
import { Turns } from "../../lib/hub/turns.ts";
import type { Transport } from "../../lib/base/transport.ts";
import { centrifugeProtocol } from "../../lib/protocol/centrifuge.ts";
import type { Outgoing } from "../../lib/protocol/types.ts";
import { eventually } from "../support/eventually.ts";

const COMMANDS = 2_000;
/** Turns of the event loop that others have meanwhile, at least. */
const TURNS = 4;

const FLOODS = {
  publish: () => [{ publish: { channel: "flood", data: 1 } }],
  subscribe: () => [
    { subscribe: { channel: "flood" } },
    { unsubscribe: { channel: "flood" } },
  ],
  history: () => [{ history: { channel: "kept", limit: 100 } }],
  presence: () => [{ presence: { channel: "kept" } }],
};

/** Counts the turns of the event loop; the returned function stops it. */
function countTurns(): { turns: number; stop: () => void } {
  const counter = { turns: 0, stop: () => clearImmediate(immediate) };
  let immediate = setImmediate(function next() {
    counter.turns++;
    immediate = setImmediate(next);
  });
  return counter;
}

/** Numbered commands of a flood. */
function commandsOf(flood: keyof typeof FLOODS): string[] {
  const commands = FLOODS[flood]();
  return Array.from(
    { length: COMMANDS },
    (_, index) =>
      JSON.stringify({ id: index + 2, ...commands[index % commands.length] }),
  );
}

/** Transport that notes how many replies it was sent, and in which turn the last one. */
class CountingTransport implements Transport<Outgoing> {
  readonly bufferedAmount = 0;
  replies = 0;
  lastTurn = 0;
  closed: number | undefined;
  readonly #counter: { readonly turns: number };

  constructor(counter: { readonly turns: number }) {
    this.#counter = counter;
  }

  send(frame: Outgoing): void {
    this.replies += String(frame).split('{"id":').length - 1;
    this.lastTurn = this.#counter.turns;
  }

  close(code: number): void {
    this.closed = code;
  }
}

for (const flood of Object.keys(FLOODS) as (keyof typeof FLOODS)[]) {
  for (const form of ["frames", "lines of long frames"]) {
    Deno.test(`Others have their turn while the commands of one client are carried out: ${flood}, in ${form}`, async () => {
      const { hub } = memoryHub({
        insecureAnonymousAll: true,
        clock: systemClock,
        random: systemRandom,
        log: createLog({ level: "error", clock: systemClock }),
        historyRate: 0,
        presenceRate: 0,
      });
      for (let count = 0; count < 100; count++) await hub.publish("kept", "x");
      const counter = countTurns();
      const transport = new CountingTransport(counter);
      const connection = hub.connect(transport, centrifugeProtocol);
      connection.receive('{"id":1,"connect":{}}');
      await connection.idle();
      const commands = commandsOf(flood);
      const frames = form === "frames" ? commands : Array.from(
        { length: 4 },
        (_, at) => commands.slice(at * 500, (at + 1) * 500).join("\n"),
      );
      const firstTurn = counter.turns;
      for (const frame of frames) connection.receive(frame);
      await eventually(() => transport.replies > COMMANDS, {
        awaited: "every reply",
      });
      counter.stop();
      await hub.close();
      assertEquals(transport.closed, undefined);
      assertGreaterOrEqual(transport.lastTurn - firstTurn, TURNS);
    });
  }
}

Deno.test("Clients that connect at once are let in a few in each turn, in their order", async () => {
  let next: (() => void)[] = [];
  const turns = new Turns({
    now: 0,
    soon: (callback) => {
      next.push(callback);
      return () => {};
    },
  });
  const done: number[] = [];
  for (let client = 0; client < 7; client++) {
    (async () => {
      await turns.admit();
      done.push(client);
    })();
  }
  const counts: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    await Promise.resolve();
    await Promise.resolve();
    counts.push(done.length);
    const callbacks = next;
    next = [];
    for (const callback of callbacks) callback();
  }
  assertEquals(counts, [2, 4, 6, 7, 7]);
  assertEquals(done, [0, 1, 2, 3, 4, 5, 6]);
});
