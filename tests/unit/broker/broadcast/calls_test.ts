import { assert, assertEquals } from "@std/assert";
import { type Call, Calls } from "../../../../lib/broker/broadcast/calls.ts";
import type { Request } from "../../../../lib/broker/broadcast/messages.ts";
import { FakeClock } from "../../../support/fake_clock.ts";

const TIMEOUT_MS = 5_000;
const DONE = { type: "done" } as const;

/** Calls, and how each ended. */
class Scene {
  readonly clock = new FakeClock();
  readonly calls: Calls;
  readonly ends = new Map<number, string>();

  constructor(maxBytes = 10_000) {
    const { clock } = this;
    this.calls = new Calls({ clock, timeoutMs: TIMEOUT_MS, maxBytes });
  }

  publish(): number {
    const draft = { channel: "room", payload: "x" };
    return this.#add((id) => ({ type: "publish", id, draft }));
  }

  request(request: Request = { type: "position", channel: "room" }): number {
    return this.#add((id) => ({ type: "request", id, request }));
  }

  #add(make: (id: number) => Call): number {
    let id = 0;
    this.calls.add((given) => make(id = given), {
      settle: ({ type }) => this.ends.set(id, type),
      fail: (error) =>
        this.ends.set(id, error instanceof Error ? error.message : "?"),
    });
    return id;
  }
}

Deno.test("A call ends by its answer, once", () => {
  const scene = new Scene();
  const id = scene.request();
  scene.calls.settle(id, DONE);
  scene.calls.fail(id, new Error("late"));
  assertEquals(scene.ends.get(id), "done");
  assert(scene.calls.idle);
});

Deno.test("A call without an answer ends in time, and is not posted any more", () => {
  const scene = new Scene();
  const early = scene.publish();
  scene.clock.advance(3_000);
  const late = scene.request();
  scene.clock.advance(TIMEOUT_MS - 3_000 + TIMEOUT_MS / 4);
  assertEquals(
    scene.ends.get(early),
    'Cannot publish to "room": the sequencer did not answer within 5000 ms',
  );
  assert(!scene.calls.has(early));
  assert(scene.calls.has(late));
  scene.clock.advance(TIMEOUT_MS);
  assertEquals(
    scene.ends.get(late),
    'Cannot carry out "position" for "room": the sequencer did not answer within 5000 ms',
  );
  assertEquals(scene.clock.pending, 0);
});

Deno.test("With another sequencer what may have been carried out fails, unless it may be twice", () => {
  const scene = new Scene();
  const posted = [
    scene.publish(),
    scene.request({ type: "call", node: undefined, question: "?" }),
  ];
  const repeated = [scene.request(), scene.request()];
  for (const id of [...posted, ...repeated]) scene.calls.posted(id);
  const waiting = [
    scene.publish(),
    scene.request({ type: "call", node: "n", question: "?" }),
  ];
  const taken = scene.calls.takeOver().map(({ call }) => call.id);
  assertEquals(taken, [...repeated, ...waiting]);
  assertEquals([...scene.ends.keys()], posted);
  assertEquals(
    scene.ends.get(posted[1]!),
    "Cannot ask all nodes: its sequencer has ended before it answered",
  );
});

Deno.test("What waits is bounded by its bytes, and room is given back", () => {
  const scene = new Scene(500);
  const ids = [scene.publish(), scene.publish(), scene.publish()];
  const refusal = 'Cannot publish to "room": 3 calls wait already';
  assertEquals(scene.ends.get(scene.publish()), refusal);
  scene.calls.settle(ids[0]!, DONE);
  assertEquals(scene.ends.get(scene.publish()), undefined);
});

Deno.test("Closing ends all calls and the timer, and takes no more", () => {
  const scene = new Scene();
  const id = scene.publish();
  scene.calls.close();
  assertEquals(
    scene.ends.get(id),
    'Cannot publish to "room": the broker is closed',
  );
  assertEquals(scene.clock.pending, 0);
  const refusal = 'Cannot publish to "room": the broker is closed';
  assertEquals(scene.ends.get(scene.publish()), refusal);
});
