/** The stream in Redis against the one in memory: whatever is asked, both answer the same. */

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Stream } from "../../lib/broker/stream.ts";
import type { Broker, HistoryQuery } from "../../lib/broker/types.ts";
import type { StreamPosition } from "../../lib/base/publication.ts";
import type { RecoveryMode } from "../../lib/base/recovery.ts";
import { requireTool } from "../support/requirements.ts";
import { RedisCluster } from "./redis_cluster.ts";

type Step =
  | { readonly type: "keep"; readonly size: number; readonly count: number }
  | { readonly type: "count" }
  | { readonly type: "remove" }
  | { readonly type: "read"; readonly query: HistoryQuery }
  | {
    readonly type: "recover";
    readonly since: StreamPosition;
    readonly mode: RecoveryMode;
  };

/** Stands for the epoch of the stream in question. */
const OWN = "own";
const TTL_MS = 3_600_000;

const position: fc.Arbitrary<StreamPosition> = fc.record({
  offset: fc.oneof(fc.nat(40), fc.constant(Number.MAX_SAFE_INTEGER)),
  epoch: fc.constantFrom(OWN, OWN, OWN, "", "other", "_"),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("keep"),
      size: fc.nat(8),
      count: fc.integer({ min: 1, max: 12 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: "count" }) },
  { weight: 1, arbitrary: fc.constant({ type: "remove" }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("read"),
      query: fc.record({
        since: position,
        limit: fc.integer({ min: -1, max: 10 }),
        reverse: fc.boolean(),
        cap: fc.constantFrom(0, 1, 3, 300),
      }, { requiredKeys: ["limit"] }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("recover"),
      since: position,
      mode: fc.constantFrom("stream", "cache"),
    }),
  },
);

/** An answer of either, as far as they can be compared. */
function plain(
  { position, publications, ...answer }: {
    readonly position: StreamPosition;
    readonly publications?: readonly StreamPosition[];
  },
) {
  const offsets = publications?.map(({ offset }) => offset);
  return { ...answer, position, offsets };
}

/** A channel in Redis, and the same in memory. */
class Pair {
  readonly #broker: Broker;
  readonly #channel: string;
  readonly #stream: Stream<StreamPosition>;

  private constructor(broker: Broker, channel: string, epoch: string) {
    this.#broker = broker;
    this.#channel = channel;
    this.#stream = new Stream({ epoch, nowMs: 0 });
  }

  static async begin(broker: Broker, channel: string): Promise<Pair> {
    const { epoch } = await broker.position(channel);
    return new Pair(broker, channel, epoch);
  }

  async take(step: Step): Promise<void> {
    const channel = this.#channel;
    switch (step.type) {
      case "keep":
        return await this.#history(step.size, step.count);
      case "count":
        await this.#broker.publish({ channel, payload: "" });
        this.#stream.advance();
        return;
      case "remove":
        await this.#broker.removeHistory(channel);
        this.#stream.clear();
        return;
      case "read": {
        const since = step.query.since && this.#own(step.query.since);
        const query = { ...step.query, since };
        const found = await this.#broker.history(channel, query);
        assertEquals(plain(found), plain(this.#stream.read(query, 0)));
        return;
      }
      case "recover": {
        const { mode } = step;
        const since = this.#own(step.since);
        const found = await this.#broker.recover(channel, { since, mode });
        const expected = this.#stream.recover(since, { mode, nowMs: 0 });
        assertEquals(plain(found), plain(expected));
      }
    }
  }

  async #history(size: number, count: number): Promise<void> {
    const history = { size, ttlMs: TTL_MS };
    const request = { channel: this.#channel, payload: "", history };
    const published = [];
    const expected = [];
    for (let index = 0; index < count; index++) {
      published.push(this.#broker.publish(request));
      expected.push(
        this.#stream.append((position) => position, { ...history, nowMs: 0 }),
      );
    }
    const positions = (await Promise.all(published)).map(
      ({ offset, epoch }) => ({ offset, epoch }),
    );
    assertEquals(positions, expected);
  }

  #own({ offset, epoch }: StreamPosition): StreamPosition {
    return { offset, epoch: epoch === OWN ? this.#stream.epoch : epoch };
  }
}

Deno.test({
  name:
    "A stream in Redis answers as one in memory does, whatever is asked in whatever order",
  ignore: requireTool("redis-server").missing,
  async fn() {
    await using cluster = await RedisCluster.start();
    const { broker } = await cluster.join();
    let channels = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40, size: "max" }),
        async (steps) => {
          const pair = await Pair.begin(broker, `room ${channels++}`);
          for (const step of steps) await pair.take(step);
        },
      ),
      { numRuns: 100 },
    );
  },
});
