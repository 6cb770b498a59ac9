/** Fan-out to subscribers with filters: what they share, and what each filter costs. */

import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  parseTagsFilter,
  type TagsFilter,
} from "../../../lib/channel/tags_filter.ts";
import { Sampler } from "../../../lib/base/histogram.ts";
import { Channel } from "../../../lib/hub/channel.ts";
import {
  Subscription,
  type SubscriptionOptions,
} from "../../../lib/hub/subscription.ts";
import type { Publication } from "../../../lib/base/publication.ts";
import { centrifugeProtocol } from "../../../lib/protocol/centrifuge.ts";
import { fanOutOf } from "../../support/fan_out_of.ts";
import { scene } from "../../support/connection_scene.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { range, streamOf } from "../../support/stream_of.ts";

/** Publications with their offset as the tag `n`. */
function tagged(first: number, last: number): Publication[] {
  return streamOf(range(first, last)).map((publication) => ({
    ...publication,
    tags: { n: String(publication.offset) },
  }));
}

/** A filter that counts how often it is evaluated. */
function counted(filter: unknown): TagsFilter & { count: number } {
  const { text, matches } = parseTagsFilter(filter);
  const counting = {
    text,
    count: 0,
    matches(tags: Publication["tags"]) {
      counting.count++;
      return matches(tags);
    },
  };
  return counting;
}

function subscription(
  filter: TagsFilter | undefined,
  options: SubscriptionOptions = {},
  protocol = centrifugeProtocol,
): Subscription {
  const { connection } = scene({ protocol });
  return new Subscription(connection, "news", { ...options, filter });
}

function offsetsOf(frames: readonly unknown[]): number[] {
  return frames.flatMap((frame) => String(frame).split("\n"))
    .map((line) => JSON.parse(line).push.pub?.offset ?? 0);
}

const BELOW_3 = { key: "n", cmp: "lt", val: "3" };

Deno.test("A filter is evaluated once for each publication, for all subscribers that have it", () => {
  const batch = fanOutOf(tagged(1, 4));
  const filters = range(1, 100).map(() => counted(BELOW_3));
  const frames = filters.map((filter) => batch.framesFor(subscription(filter)));
  assertEquals(filters.reduce((sum, { count }) => sum + count, 0), 4);
  for (const each of frames) assertStrictEquals(each, frames[0]);
  assertEquals(offsetsOf(frames[0]!), [1, 2]);
  assertEquals(frames[0]!.length, 1);
});

Deno.test("Filters that choose alike share their frames, and one that chooses all shares those of no filter", () => {
  const batch = fanOutOf(tagged(1, 4));
  const framesFor = (filter?: unknown) =>
    batch.framesFor(
      subscription(filter === undefined ? undefined : parseTagsFilter(filter)),
    );
  const below = framesFor(BELOW_3);
  assertStrictEquals(
    framesFor({ key: "n", cmp: "in", vals: ["1", "2"] }),
    below,
  );
  const all = framesFor();
  assertStrictEquals(framesFor({ key: "n", cmp: "ex" }), all);
  assertEquals(offsetsOf(all), [1, 2, 3, 4]);
  assertEquals(framesFor({ key: "n", cmp: "nex" }), []);
  assertStrictEquals(framesFor(BELOW_3), below);
});

Deno.test("A publication is encoded once, however many filters choose it", () => {
  let count = 0;
  const protocol = {
    ...centrifugeProtocol,
    encodePublication(publication: Publication) {
      count++;
      return centrifugeProtocol.encodePublication(publication);
    },
  };
  const batch = fanOutOf(tagged(1, 5));
  for (const val of ["1", "2", "3", "4", "5"]) {
    const filter = parseTagsFilter({ key: "n", cmp: "gte", val });
    const frames = batch.framesFor(subscription(filter, {}, protocol));
    assertEquals(offsetsOf(frames), range(Number(val), 5));
  }
  assertEquals(count, 5);
});

Deno.test("What is added to a batch is chosen, too, also where some of it was read before", () => {
  const batch = fanOutOf(tagged(1, 2));
  const filter = parseTagsFilter({ key: "n", cmp: "in", vals: ["2", "3"] });
  const all = parseTagsFilter({ key: "n", cmp: "ex" });
  const read = () =>
    [filter, all, undefined].map((each) =>
      offsetsOf(batch.framesFor(subscription(each)))
    );
  assertEquals(offsetsOf(batch.framesFor(subscription(filter))), [2]);
  batch.add(tagged(3, 3)[0]!);
  assertEquals(read(), [[2, 3], [1, 2, 3], [1, 2, 3]]);
  batch.add(tagged(4, 4)[0]!);
  assertEquals(read(), [[2, 3], [1, 2, 3, 4], [1, 2, 3, 4]]);
});

Deno.test("Joins and leaves pass every filter, to those who asked for them", () => {
  const join: Publication = {
    type: "join",
    channel: "news",
    payload: "",
    info: { user: "u", client: "c" },
    offset: 0,
    epoch: "",
  };
  const batch = fanOutOf([join, ...tagged(1, 3), join]);
  const filter = parseTagsFilter(BELOW_3);
  const frames = batch.framesFor(subscription(filter, { joinLeave: true }));
  assertEquals(offsetsOf(frames), [0, 1, 2, 0]);
  assertEquals(offsetsOf(batch.framesFor(subscription(filter))), [1, 2]);
});

Deno.test("A subscriber with a filter that came late gets what fits from there on", () => {
  const batch = fanOutOf(tagged(1, 4));
  const filter = parseTagsFilter({ key: "n", cmp: "neq", val: "3" });
  const skipped = range(0, 4).map((skip) =>
    offsetsOf(batch.framesFor(subscription(filter), skip))
  );
  assertEquals(skipped, [[1, 2, 4], [2, 4], [4], [4], []]);
});

Deno.test("A filter holds in a protocol that joins no frames, too", () => {
  const channel: Channel = new Channel("news", undefined, {
    onCollect: () => {},
    onUnfinished: () => {},
    onSent: () => {},
    recipientsPerTurn: 60,
    maxHeldBytes: Infinity,
    fanOuts: new Sampler(new FakeClock()),
    onError: (_, error) => {
      throw error;
    },
    onGap: () => {},
    onOverflow: () => {},
  });
  const protocol = { ...centrifugeProtocol, join: undefined };
  const { connection, transport } = scene({ protocol });
  const filter = parseTagsFilter(BELOW_3);
  const subscribed = new Subscription(connection, "news", { filter });
  channel.add(subscribed);
  channel.begin(subscribed);
  for (const publication of tagged(1, 4)) channel.deliver(publication);
  channel.flush();
  assertEquals(offsetsOf(transport.sent), [1, 2]);
});
