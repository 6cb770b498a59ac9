/** A stream of publications that are nothing but positions, and the time it is shown. */

import { assertEquals } from "@std/assert";
import { Stream } from "../../../lib/broker/stream.ts";
import type { HistoryQuery } from "../../../lib/broker/types.ts";
import type { StreamPosition } from "../../../lib/base/publication.ts";
import type { RecoveryMode } from "../../../lib/base/recovery.ts";

/** Asks for what the tests compare: offsets. */
export class Scene {
  nowMs = 0;
  readonly stream = new Stream<StreamPosition>({ epoch: "e", nowMs: 0 });

  append({ times = 1, size = 10, ttlMs = 60_000 } = {}): void {
    const { nowMs } = this;
    for (let time = 0; time < times; time++) {
      this.stream.append((position) => position, { size, ttlMs, nowMs });
    }
  }

  /** The offsets of the answer, or why there is none. */
  read(query: Partial<HistoryQuery> = {}): readonly number[] | string {
    const result = this.stream.read({ limit: -1, ...query }, this.nowMs);
    assertEquals(result.position, this.stream.position);
    if (result.type === "unrecoverable") return result.type;
    return result.publications.map(({ offset }) => offset);
  }

  /** The offsets that a client recovers with, or `undefined` when it does not. */
  recover(
    offset: number,
    { epoch = "e", mode = "stream" as RecoveryMode, cap = 300 } = {},
  ): readonly number[] | undefined {
    const { nowMs } = this;
    const since = { offset, epoch };
    const result = this.stream.recover(since, { mode, cap, nowMs });
    assertEquals(result.position, this.stream.position);
    if (!result.recovered) return undefined;
    return result.publications.map(({ offset }) => offset);
  }
}

/** A position; of the scene's stream unless another epoch is named. */
export function at(offset: number, epoch = "e"): StreamPosition {
  return { offset, epoch };
}
