/** Listener of the process: it listens again after failures of the platform, until it is closed. */

import { assertEquals, assertThrows } from "@std/assert";
import { createLog } from "../../../lib/base/log.ts";
import { Listener } from "../../../server/listener.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { LogLines } from "../../support/log_lines.ts";

/** A server whose end a test decides. */
class FakeServer {
  shutdowns = 0;
  readonly #finished = Promise.withResolvers<void>();
  readonly finished = this.#finished.promise;

  async fail(message: string): Promise<void> {
    this.#finished.reject(new Error(message));
    await new Promise((resolve) => setTimeout(resolve));
  }

  shutdown(): Promise<void> {
    this.shutdowns++;
    this.#finished.resolve();
    return Promise.resolve();
  }
}

function start() {
  const clock = new FakeClock();
  const lines = new LogLines();
  const log = createLog({
    level: "debug",
    clock,
    write: (_, line) => lines.push(line),
  });
  const servers: FakeServer[] = [];
  const failures: Error[] = [];
  const listener = new Listener({
    clock,
    log,
    listen() {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      const server = new FakeServer();
      servers.push(server);
      return server;
    },
  });
  return { clock, lines, servers, failures, listener };
}

Deno.test("A listener whose platform has stopped accepting listens again", async () => {
  const { clock, servers, listener } = start();
  await servers[0]!.fail("Too many open files");
  assertEquals(servers.length, 1);
  clock.advance(250);
  assertEquals(servers.length, 2);
  assertEquals(listener.counters.acceptFailures, 1);
  assertEquals(listener.first, servers[0]);
});

Deno.test("A listener that cannot listen again tries until it can, and counts each failure", async () => {
  const { clock, servers, failures, listener, lines } = start();
  failures.push(new Error("no file"), new Error("no file"));
  await servers[0]!.fail("Too many open files");
  clock.advance(250);
  clock.advance(250);
  assertEquals(servers.length, 1);
  clock.advance(250);
  assertEquals(servers.length, 2);
  assertEquals(listener.counters.acceptFailures, 3);
  assertEquals(lines.lines.length, 1);
});

Deno.test("Failures that follow each other have one log line, and one after a quiet minute has its own", async () => {
  const { clock, servers, lines } = start();
  for (const [index, quietMs] of [0, 30_000, 60_001].entries()) {
    clock.advance(quietMs);
    await servers[index]!.fail("Too many open files");
    clock.advance(250);
  }
  assertEquals(lines.lines.map(({ event }) => event), [
    "accept_failed",
    "accept_failed",
  ]);
});

Deno.test("A listener that is closed shuts down the server of the moment, and never listens again", async () => {
  const { clock, servers, listener } = start();
  await servers[0]!.fail("Too many open files");
  clock.advance(250);
  await listener.close();
  assertEquals(servers.map(({ shutdowns }) => shutdowns), [0, 1]);
  clock.advance(1_000);
  assertEquals(servers.length, 2);
});

Deno.test("A listener that is closed while it waits never listens again", async () => {
  const { clock, servers, listener } = start();
  await servers[0]!.fail("Too many open files");
  await listener.close();
  clock.advance(1_000);
  assertEquals(servers.length, 1);
});

Deno.test("A listener that cannot listen at first throws", () => {
  assertThrows(
    () =>
      new Listener({
        clock: new FakeClock(),
        log: createLog({ level: "error", clock: new FakeClock() }),
        listen(): FakeServer {
          throw new Error("the port is taken");
        },
      }),
    Error,
    "the port is taken",
  );
});
