import {
  assert,
  assertEquals,
  assertFalse,
  assertStrictEquals,
} from "@std/assert";
import { centrifugeProtocol } from "../../../lib/protocol/centrifuge.ts";
import { textProtocol } from "../../../lib/protocol/text.ts";
import type { Protocol } from "../../../lib/protocol/types.ts";
import type { Publication } from "../../../lib/base/publication.ts";
import {
  Subscription,
  type SubscriptionOptions,
} from "../../../lib/hub/subscription.ts";
import { fanOutOf } from "../../support/fan_out_of.ts";
import { scene } from "../../support/connection_scene.ts";
import { range, streamOf } from "../../support/stream_of.ts";

function subscription(
  protocol: Protocol = centrifugeProtocol,
  options: SubscriptionOptions = {},
): Subscription {
  return new Subscription(scene({ protocol }).connection, "news", options);
}

const JOIN: Publication = {
  type: "join",
  channel: "news",
  payload: "",
  info: { user: "u", client: "c" },
  offset: 0,
  epoch: "",
};

Deno.test("Publications that fall together share one frame where the protocol can, and have one each where not", () => {
  const batch = fanOutOf(streamOf([1, 2]));
  assertEquals(batch.framesFor(subscription()), [
    '{"push":{"channel":"news","pub":{"data":1,"offset":1}}}\n' +
    '{"push":{"channel":"news","pub":{"data":2,"offset":2}}}',
  ]);
  assertEquals(batch.framesFor(subscription(textProtocol)), [
    "#news:1",
    "#news:2",
  ]);
});

Deno.test("Subscribers that read alike share their frames, also when others come between", () => {
  const batch = fanOutOf(streamOf([1, 2]));
  const first = batch.framesFor(subscription());
  const other = batch.framesFor(subscription(textProtocol));
  assertStrictEquals(batch.framesFor(subscription()), first);
  assertStrictEquals(batch.framesFor(subscription(textProtocol)), other);
  const fresh = batch.framesFor(subscription(undefined, { delta: true }));
  assertStrictEquals(batch.framesFor(subscription()), first);
  assert(fresh !== first);
});

Deno.test("Joins and leaves are for those who asked for them", () => {
  const batch = fanOutOf([JOIN, ...streamOf([1])]);
  const [frame] = batch.framesFor(subscription(undefined, { joinLeave: true }));
  assertEquals(
    String(frame).split("\n").map((line) =>
      Object.keys(JSON.parse(line).push)[1]
    ),
    ["join", "pub"],
  );
  assertEquals(batch.framesFor(subscription()), [
    '{"push":{"channel":"news","pub":{"data":1,"offset":1}}}',
  ]);
  const joins = fanOutOf([JOIN, JOIN]);
  assertEquals(joins.framesFor(subscription()), []);
  assertEquals(joins.framesFor(subscription(textProtocol)), []);
});

Deno.test("The first delta is in full, unless the subscriber has what it builds upon", () => {
  const words = "a text that is long enough to have a delta worth its bytes "
    .repeat(3);
  const [before, ...rest] = streamOf([1, 2, 3]).map((publication) => ({
    ...publication,
    payload: words + publication.offset,
  }));
  const batch = fanOutOf(rest, before);
  const deltas = (state: "fresh" | "ready") => {
    const reader = subscription(undefined, { delta: true });
    reader.delta = state;
    return String(batch.framesFor(reader)[0]).split("\n").map((line) =>
      JSON.parse(line).push.pub.delta === true
    );
  };
  assertEquals(deltas("fresh"), [false, true]);
  assertEquals(deltas("ready"), [true, true]);
  assertStrictEquals(batch.last, rest[1]);
  assertStrictEquals(fanOutOf([JOIN], before).last, before);
});

Deno.test("A positioned subscriber goes along with a batch that begins right behind it", () => {
  const reader = subscription(undefined, { positioned: true });
  reader.position = { offset: 4, epoch: "e" };
  assert(
    fanOutOf([JOIN, ...streamOf(range(5, 7))]).follow(reader),
  );
  assertEquals(reader.position, { offset: 7, epoch: "e" });
  assert(fanOutOf([JOIN]).follow(reader));
  assertEquals(reader.position, { offset: 7, epoch: "e" });
});

const ELSEWHERE: readonly (readonly [string, Publication[]])[] = [
  ["begins beyond a gap", streamOf([6])],
  ["begins with what is known", streamOf([4, 5])],
  ["has a gap inside", streamOf([5, 7])],
  ["is of another epoch", streamOf([5], "f")],
  ["changes its epoch", [...streamOf([5]), ...streamOf([6], "f")]],
];

for (const [name, publications] of ELSEWHERE) {
  Deno.test(`A positioned subscriber does not go along with a batch that ${name}`, () => {
    const reader = subscription(undefined, { positioned: true });
    reader.position = { offset: 4, epoch: "e" };
    assertFalse(fanOutOf(publications).follow(reader));
    assertEquals(reader.position, { offset: 4, epoch: "e" });
    assert(fanOutOf(publications).follow(subscription()));
  });
}

Deno.test("Where offsets skip, a batch continues what is not before the publication that it names", () => {
  const sparse = streamOf([1, 2, 3]).map((publication) => ({
    ...publication,
    offset: publication.offset * 10,
    previous: publication.offset * 10 - 10,
  }));
  const epoch = sparse[0]!.epoch;
  const follow = (
    offset: number,
    { publications = sparse, from = 0 }: {
      readonly publications?: readonly Publication[];
      readonly from?: number;
    } = {},
  ) => {
    const reader = subscription(centrifugeProtocol, { positioned: true });
    reader.position = { offset, epoch };
    const fits = fanOutOf(publications).follow(reader, from);
    assertEquals(reader.offset, fits ? 30 : offset);
    return fits;
  };
  for (const offset of [0, 5, 9]) assert(follow(offset));
  for (const offset of [10, 11, 30]) assertFalse(follow(offset));
  for (const offset of [10, 15]) assert(follow(offset, { from: 1 }));
  for (const offset of [9, 20]) assertFalse(follow(offset, { from: 1 }));
  const [first, , third] = sparse;
  assertFalse(follow(0, { publications: [first!, third!] }));
  assertFalse(follow(0, { publications: [...sparse, third!] }));
});
