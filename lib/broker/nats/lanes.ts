/** Order of one node's publications: those that must not overtake others wait. */

import { deferred } from "../../base/deferred.ts";

/**
 * Manner in which a publication begins: `beside` those of its channel that are being
 * stored, which keep their order by themselves; `after` them, without holding up later
 * ones; or `alone`.
 */
export type Pace = "beside" | "after" | "alone";

interface Lane {
  /** Publications that are being stored. */
  storing: number;
  isAlone: boolean;
  /** Those that wait, in the order of the calls. */
  readonly waiting: { readonly pace: Pace; readonly start: () => void }[];
}

/** Runs publications, by channel. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();

  /** Begins a publication when its turn comes, which may be at once. */
  run<T>(channel: string, pace: Pace, begin: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = deferred<T>();
    const lane = this.#laneOf(channel);
    const start = () => {
      if (pace === "after") return void begin().then(resolve, reject);
      lane.storing++;
      lane.isAlone = pace === "alone";
      begin().then(resolve, reject).finally(() => {
        lane.storing--;
        lane.isAlone = false;
        this.#advance(channel, lane);
      });
    };
    lane.waiting.push({ pace, start });
    this.#advance(channel, lane);
    return promise;
  }

  #laneOf(channel: string): Lane {
    const known = this.#lanes.get(channel);
    if (known !== undefined) return known;
    const lane = { storing: 0, isAlone: false, waiting: [] };
    this.#lanes.set(channel, lane);
    return lane;
  }

  #advance(channel: string, lane: Lane): void {
    for (;;) {
      const [next] = lane.waiting;
      if (next === undefined || !isFree(lane, next.pace)) break;
      lane.waiting.shift();
      next.start();
    }
    if (lane.storing === 0 && lane.waiting.length === 0) {
      this.#lanes.delete(channel);
    }
  }
}

function isFree({ storing, isAlone }: Lane, pace: Pace): boolean {
  return pace === "beside" ? !isAlone : storing === 0;
}
