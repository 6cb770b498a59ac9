/** Publications of one channel that fall together, encoded once for everybody who reads them alike. */

import type { Outgoing, Protocol } from "../protocol/types.ts";
import type { Publication } from "../base/publication.ts";
import type { DeltaState, Subscription } from "./subscription.ts";

/** What two subscribers must have in common to be sent the same frames. */
interface Reading {
  readonly protocol: Protocol<Outgoing>;
  readonly joinLeave: boolean;
  readonly delta: DeltaState;
  readonly frames: readonly Outgoing[];
}

/** One fan-out: its publications, and their frames for each kind of subscriber. */
export class FanOut {
  /** In the order of the channel. */
  readonly publications: readonly Publication[];
  /** What the next delta builds upon: the newest publication that is no join or leave. */
  readonly last: Publication | undefined;
  readonly #before: Publication | undefined;
  /** Those with a place in the order: their epoch, and the offsets of the first and the last. */
  #epoch = "";
  #first = 0;
  #top = 0;
  #isWhole = true;
  /** The reading of the last subscriber: most have a neighbour like themselves. */
  #reading: Reading | undefined;
  readonly #readings: Reading[] = [];

  /** Takes the publications, and the last one before them, which deltas build upon. */
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

  /** Takes `subscription` to the end of this batch, if the batch goes on where it stands. */
  follow(subscription: Subscription): boolean {
    if (!subscription.positioned || this.#top === 0) return true;
    const fits = this.#isWhole && this.#epoch === subscription.epoch &&
      this.#first === subscription.offset + 1;
    if (fits) subscription.offset = this.#top;
    return fits;
  }

  /** The frames for a subscriber like this one. */
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
