import { assertEquals } from "@std/assert";
import { NatsLink } from "../../../../lib/broker/nats/link.ts";
import type { NatsLike } from "../../../../lib/broker/nats/client.ts";
import { FakeClock } from "../../../support/fake_clock.ts";
import { settled } from "../../../support/connection_scene.ts";

/** Connection that a test ends. */
class FakeNats implements NatsLike {
  readonly #ended = Promise.withResolvers<unknown>();

  publish(): void {}

  subscribe(): () => void {
    return () => {};
  }

  subscribeToEnd(): () => Promise<void> {
    return () => Promise.resolve();
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  closed(): Promise<unknown> {
    return this.#ended.promise;
  }

  close(): Promise<void> {
    this.lose(undefined);
    return Promise.resolve();
  }

  abort(): Promise<void> {
    return this.close();
  }

  lose(reason: unknown): void {
    this.#ended.resolve(reason);
  }
}

Deno.test("A connection that is lost while its user prepares is followed by one attempt, and reported once", async () => {
  const clock = new FakeClock();
  const connections: FakeNats[] = [];
  const reports: string[] = [];
  const link = new NatsLink({
    clock,
    random: { number: () => 0.5, uuid: () => "id" },
    connect() {
      const nats = new FakeNats();
      connections.push(nats);
      return Promise.resolve(nats);
    },
    onError: (error) => reports.push(String(error)),
  });
  link.use({
    onConnect: async () => {
      if (connections.length < 3) await link.request("x", new Uint8Array());
    },
  });
  link.open();
  await settled();
  for (let count = 1; count < 3; count++) {
    assertEquals(connections.length, count);
    connections.at(-1)!.lose(new Error("connection reset"));
    await settled();
    clock.advance(3_000);
    await settled();
  }
  assertEquals([connections.length, link.ready], [3, true]);
  assertEquals(reports, ["Error: connection reset"]);
  await link.close();
  clock.advance(10_000);
  await settled();
  assertEquals(connections.length, 3);
});
