/** A stream against a model of it: a list that is filtered anew for every question. */

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Stream } from "../../../lib/broker/stream.ts";
import type { HistoryQuery, HistoryResult } from "../../../lib/broker/types.ts";
import type { StreamPosition } from "../../../lib/base/publication.ts";
import type { Recovery, RecoveryMode } from "../../../lib/base/recovery.ts";

type Step =
  | { readonly type: "append"; readonly size: number; readonly ttlMs: number }
  | { readonly type: "clear" }
  | { readonly type: "expire" }
  | { readonly type: "read"; readonly query: HistoryQuery }
  | {
    readonly type: "recover";
    readonly since: StreamPosition;
    readonly mode: RecoveryMode;
    readonly cap: number;
  };

const EPOCH = "e";

/** Model of a stream: the rules of the protocol without a thought of speed. */
class Model {
  #offset = 0;
  #kept: StreamPosition[] = [];
  #expiresAtMs = 0;

  get position(): StreamPosition {
    return { offset: this.#offset, epoch: EPOCH };
  }

  append(size: number, ttlMs: number, nowMs: number): StreamPosition {
    const kept = this.#keptAt(nowMs);
    this.#offset++;
    this.#kept = [...kept, this.position].slice(-Math.max(size, 1));
    if (size === 0) this.#kept = [];
    this.#expiresAtMs = nowMs + ttlMs;
    return this.position;
  }

  clear(): void {
    this.#kept = [];
  }

  read(query: HistoryQuery, nowMs: number): HistoryResult<StreamPosition> {
    const { since, limit, reverse = false, cap = Infinity } = query;
    const { position } = this;
    const kept = this.#keptAt(nowMs);
    if (since !== undefined) {
      const isUnrecoverable = since.epoch !== "" && since.epoch !== EPOCH;
      if (isUnrecoverable) return { type: "unrecoverable", position };
    }
    const asked = kept.filter(({ offset }) =>
      since === undefined ||
      (reverse ? offset < since.offset : offset > since.offset)
    );
    if (reverse) asked.reverse();
    const count = Math.min(limit === -1 ? Infinity : limit, cap);
    return { type: "history", position, publications: asked.slice(0, count) };
  }

  recover(
    since: StreamPosition,
    mode: RecoveryMode,
    { cap, nowMs }: { readonly cap: number; readonly nowMs: number },
  ): Recovery<StreamPosition> {
    const { position } = this;
    const kept = this.#keptAt(nowMs);
    const missed = kept.filter(({ offset }) => offset > since.offset);
    const failed = { recovered: false, position, publications: [] };
    if (mode === "stream") {
      const recovered = ["", EPOCH].includes(since.epoch) &&
        missed.length <= cap && this.#hasAllAfter(since.offset, kept);
      return recovered ? { recovered, position, publications: missed } : failed;
    }
    if (since.epoch === "_") return failed;
    const recovered = true;
    if (since.offset > 0 && since.epoch === EPOCH) {
      if (since.offset === this.#offset) {
        return { recovered, position, publications: [] };
      }
    }
    if (kept.length === 0) return failed;
    return { recovered, position, publications: kept.slice(-1) };
  }

  #keptAt(nowMs: number): StreamPosition[] {
    return nowMs < this.#expiresAtMs ? this.#kept : [];
  }

  /** Checks that an offset was given and every publication after it is stored. */
  #hasAllAfter(offset: number, kept: readonly StreamPosition[]): boolean {
    if (offset > this.#offset) return false;
    const after = kept.filter((publication) => publication.offset > offset);
    return after.length === this.#offset - offset;
  }
}

const position: fc.Arbitrary<StreamPosition> = fc.record({
  offset: fc.nat(40),
  epoch: fc.constantFrom(EPOCH, EPOCH, EPOCH, "", "other", "_"),
});

const cap = fc.constantFrom(0, 1, 2, 5, 300);

const append: fc.Arbitrary<Step> = fc.record({
  type: fc.constant("append"),
  size: fc.oneof(fc.nat(4), fc.nat(40)),
  ttlMs: fc.oneof(fc.nat(20), fc.constant(1_000)),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: append },
  { weight: 1, arbitrary: fc.constant({ type: "clear" }) },
  { weight: 1, arbitrary: fc.constant({ type: "expire" }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("read"),
      query: fc.record({
        since: position,
        limit: fc.integer({ min: -1, max: 10 }),
        reverse: fc.boolean(),
        cap,
      }, { requiredKeys: ["limit"] }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("recover"),
      since: position,
      mode: fc.constantFrom("stream", "cache"),
      cap,
    }),
  },
);

/** Takes a step in both, and compares what they answer. */
function compare(
  step: Step,
  { stream, model, nowMs }: {
    readonly stream: Stream<StreamPosition>;
    readonly model: Model;
    readonly nowMs: number;
  },
): void {
  switch (step.type) {
    case "append": {
      const { size, ttlMs } = step;
      const own = stream.append((position) => position, { size, ttlMs, nowMs });
      assertEquals(own, model.append(size, ttlMs, nowMs));
      break;
    }
    case "clear":
      stream.clear();
      model.clear();
      break;
    case "expire":
      stream.expire(nowMs);
      break;
    case "read":
      assertEquals(
        stream.read(step.query, nowMs),
        model.read(step.query, nowMs),
      );
      break;
    case "recover": {
      const { since, mode, cap } = step;
      assertEquals(
        stream.recover(since, { mode, cap, nowMs }),
        model.recover(since, mode, { cap, nowMs }),
      );
    }
  }
  assertEquals(stream.position, model.position);
}

Deno.test("A stream answers as its model does, whatever is asked in whatever order", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ step, afterMs: fc.oneof(fc.constant(0), fc.nat(30)) }),
        {
          maxLength: 80,
          size: "max",
        },
      ),
      (steps) => {
        const stream = new Stream<StreamPosition>({ epoch: EPOCH, nowMs: 0 });
        const model = new Model();
        let nowMs = 0;
        for (const { step, afterMs } of steps) {
          nowMs += afterMs;
          compare(step, { stream, model, nowMs });
        }
      },
    ),
    { numRuns: 500 },
  );
});
