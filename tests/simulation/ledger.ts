/** Truth about all publications: the place of each, and which were acknowledged. */

import type {
  Payload,
  Publication,
  StreamPosition,
} from "../../lib/base/publication.ts";
import { toText } from "../../lib/base/publication.ts";

/** Bytes of a frame beside the payload of its publication. */
const FRAME_BYTES = 100;

/** A promise that does not hold. */
export class Violation extends Error {
  /** `"Violation"`. */
  override readonly name = "Violation";
}

/** A publication that was tried. */
export interface Tried {
  readonly id: string;
  readonly channel: string;
  readonly calledAt: number;
  readonly length: number;
  /** Position that the broker has acknowledged. */
  acknowledged?: StreamPosition;
}

/** A publication with its place in an order. */
export interface Placed extends StreamPosition {
  readonly channel: string;
}

/** Id of a publication: the first word of its payload. */
export function idOf(payload: Payload): string {
  const text = String(toText(payload));
  return text.slice(0, text.indexOf(" "));
}

/** Knows every publication of a world. A place holds one publication for ever, and each publication has one place. */
export class Ledger {
  readonly tried = new Map<string, Tried>();
  readonly #places = new Map<string, Placed>();
  readonly #ids = new Map<string, string>();
  /** Acknowledged publications by channel and epoch, in the order of their acknowledgements. */
  readonly #acknowledged = new Map<string, Tried[]>();
  /** The first promise that did not hold: thrown, the code under test might catch it. */
  violation: Violation | undefined;
  /** Number of acknowledgements. */
  acknowledgements = 0;
  #count = 0;

  /** Reports a promise that does not hold. */
  report(message: string): void {
    this.violation ??= new Violation(message);
  }

  /** Makes a payload that no other publication has. */
  payload(channel: string, now: number, length: number): string {
    const id = `${++this.#count}`;
    this.tried.set(id, { id, channel, calledAt: now, length });
    return `${id} ${"x".repeat(length)}`;
  }

  /** Bytes of all publications since then, about as many as their frames have. */
  bytesSince(time: number): number {
    let bytes = 0;
    for (const { calledAt, length } of this.tried.values()) {
      if (calledAt >= time) bytes += length + FRAME_BYTES;
    }
    return bytes;
  }

  /** Notes that a publication was seen at a place. */
  place(
    { channel, epoch, offset, payload }: Pick<
      Publication,
      "channel" | "epoch" | "offset" | "payload"
    >,
  ): void {
    if (offset === 0) return;
    const id = idOf(payload);
    const key = `${channel} ${epoch} ${offset}`;
    const known = this.#ids.get(key);
    if (known !== undefined && known !== id) {
      this.report(`${key} holds ${known} and ${id}`);
    }
    const place = this.#places.get(id);
    if (
      place !== undefined &&
      (place.epoch !== epoch || place.offset !== offset ||
        place.channel !== channel)
    ) {
      this.report(
        `${id} is at ${place.channel} ${place.epoch} ${place.offset} and at ${key}`,
      );
    }
    this.#ids.set(key, id);
    if (place === undefined) this.#places.set(id, { channel, epoch, offset });
  }

  /** Place of a publication, as soon as one was seen. */
  find(id: string): Placed | undefined {
    return this.#places.get(id);
  }

  /** Notes that a broker has acknowledged a publication. */
  acknowledge(payload: Payload, { offset, epoch }: StreamPosition): void {
    const tried = this.tried.get(idOf(payload));
    if (tried === undefined || offset === 0) return;
    const { channel } = tried;
    this.acknowledgements++;
    this.place({ channel, payload, offset, epoch });
    tried.acknowledged = { offset, epoch };
    const key = `${channel} ${epoch}`;
    const list = this.#acknowledged.get(key) ?? [];
    this.#acknowledged.set(key, list);
    list.push(tried);
  }

  /** Acknowledged publications of a channel's epoch. */
  acknowledged(channel: string, epoch: string): readonly Tried[] {
    return this.#acknowledged.get(`${channel} ${epoch}`) ?? [];
  }
}
