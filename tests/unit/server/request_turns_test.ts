import { assertEquals } from "@std/assert";
import { inTurns } from "../../../server/request_turns.ts";
import { settled } from "../../support/connection_scene.ts";

/** Clock whose turns a test ends one by one. */
class TurnClock {
  readonly now = 0;
  #callbacks: (() => void)[] = [];

  soon(callback: () => void): () => void {
    this.#callbacks.push(callback);
    return () => {};
  }

  async endTurn(): Promise<void> {
    for (const callback of this.#callbacks.splice(0)) callback();
    await settled();
  }

  get isIdle(): boolean {
    return this.#callbacks.length === 0;
  }
}

Deno.test("Requests are handled in their order, sixteen in each turn of the event loop", async () => {
  const clock = new TurnClock();
  const handled: number[] = [];
  const handle = inTurns<number>(clock, (_, index) => {
    handled.push(index);
    return new Response();
  });
  const request = new Request("http://localhost/");
  for (let index = 0; index < 80; index++) void handle(request, index);
  const counts: number[] = [];
  for (let turn = 0; turn < 6; turn++) {
    counts.push(handled.length);
    await clock.endTurn();
  }
  assertEquals(counts, [16, 32, 48, 64, 80, 80]);
  assertEquals(handled, Array.from({ length: 80 }, (_, index) => index));
  assertEquals(clock.isIdle, true);
  assertEquals((await handle(request, 80)).status, 200);
});

Deno.test("A request that comes while others wait is handled after them", async () => {
  const clock = new TurnClock();
  const handled: number[] = [];
  const handle = inTurns<number>(clock, (_, index) => {
    handled.push(index);
    return new Response();
  });
  const request = new Request("http://localhost/");
  for (let index = 0; index < 34; index++) void handle(request, index);
  await clock.endTurn();
  void handle(request, 34);
  assertEquals(handled.length, 32);
  await clock.endTurn();
  assertEquals(handled.slice(-2), [33, 34]);
});
