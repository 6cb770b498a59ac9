/** Publications of one channel that fall together, encoded once for all subscribers that read alike. */

import type { Outgoing, Protocol } from "../protocol/types.ts";
import type { Publication } from "../base/publication.ts";
import type { DeltaState, Subscription } from "./subscription.ts";

/** Frames for one kind of subscriber, and what such subscribers have in common. */
interface Reading {
  readonly protocol: Protocol<Outgoing>;
  readonly joinLeave: boolean;
  readonly delta: DeltaState;
  readonly frames: readonly Outgoing[];
}

/** One fan-out: its publications, and their frames for each kind of subscriber. */
export class FanOut {
  /** The publications, in the order of the channel. */
  readonly publications: readonly Publication[];
  /** Base of the next delta: the newest publication that is no join or leave. */
  readonly last: Publication | undefined;
  readonly #before: Publication | undefined;
  /** Of the publications with an offset: their epoch, the first offset and the last, and whether none is missing. */
  #epoch = "";
  #first = 0;
  #top = 0;
  #isWhole = true;
  /** The reading of the last subscriber: the next one mostly reads alike. */
  #reading: Reading | undefined;
  readonly #readings: Reading[] = [];

  /** Takes the publications, and the last one before them, the base of their first delta. */
  constructor(
    publications: readonly Publication[],
    before: Publication | undefined,
  ) {
    this.publications = publications;
    this.#before = before;
    let last = before;
    for (const publication of publications) {
      if (publication.type !== "publication") continue;
      last = publication;
      if (publication.offset > 0) this.#place(publication);
    }
    this.last = last;
  }

  /** Moves `subscription` to the end of this batch, if the batch continues its position. */
  follow(subscription: Subscription): boolean {
    if (!subscription.positioned || this.#top === 0) return true;
    const fits = this.#isWhole && this.#epoch === subscription.epoch &&
      this.#first === subscription.offset + 1;
    if (fits) subscription.offset = this.#top;
    return fits;
  }

  /** Frames for a subscriber like this one. */
  framesFor(
    { connection, joinLeave, delta }: Subscription,
  ): readonly Outgoing[] {
    const { protocol } = connection;
    const last = this.#reading;
    if (
      last !== undefined && last.protocol === protocol &&
      last.delta === delta && last.joinLeave === joinLeave
    ) return last.frames;
    const reading =
      this.#readings.find((known) =>
        known.protocol === protocol && known.delta === delta &&
        known.joinLeave === joinLeave
      ) ?? this.#read(protocol, joinLeave, delta);
    this.#reading = reading;
    return reading.frames;
  }

  #place({ offset, epoch }: Publication): void {
    if (this.#top === 0) {
      this.#first = offset;
      this.#epoch = epoch;
    } else if (offset !== this.#top + 1 || epoch !== this.#epoch) {
      this.#isWhole = false;
    }
    this.#top = offset;
  }

  #read(
    protocol: Protocol<Outgoing>,
    joinLeave: boolean,
    delta: DeltaState,
  ): Reading {
    const frames: Outgoing[] = [];
    let before = delta === "ready" ? this.#before : undefined;
    for (const publication of this.publications) {
      const isPublication = publication.type === "publication";
      if (!isPublication && !joinLeave) continue;
      const frame = delta === "off"
        ? protocol.encodePublication(publication)
        : protocol.encodeDelta(publication, before);
      if (frame !== undefined) frames.push(frame);
      if (isPublication) before = publication;
    }
    const joined = protocol.join === undefined || frames.length < 2
      ? frames
      : [protocol.join(frames)];
    const reading = { protocol, joinLeave, delta, frames: joined };
    this.#readings.push(reading);
    return reading;
  }
}
