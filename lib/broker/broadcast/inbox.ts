/** What came from the other side of a link: which batch is next, and what is owed for it. */

import { decode } from "./codec.ts";
import type { Message } from "./messages.ts";
import type { Batch } from "./outbox.ts";
import { join, unpack } from "./packing.ts";

/** So many batches are acknowledged at once. */
const ACK_EVERY = 4;

/** What a batch is to a side that has all before the next one. */
export type Arrival = "next" | "known" | "gap";

/** The state of the other direction of a link. */
export class Inbox {
  /** The number of the last batch in order. */
  #received = 0;
  /** The beginning of content that goes on in the next batch. */
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  /** Batches since the last acknowledgement. */
  #owed = 0;
  #isDue = false;
  /** What was received when a missing batch was asked for. */
  #askedAt = -1;

  /** The number of the last batch that arrived, with all before it. */
  get received(): number {
    return this.#received;
  }

  /** Whether something is to be acknowledged some time. */
  get isOwing(): boolean {
    return this.#owed > 0;
  }

  /** Whether that is to be now. */
  get isDue(): boolean {
    return this.#isDue;
  }

  /** Takes note of a batch. */
  accept({ number }: Batch): Arrival {
    if (number > this.#received + 1) return "gap";
    if (number <= this.#received) {
      // Its acknowledgement was lost.
      this.#isDue = true;
      return "known";
    }
    this.#received = number;
    this.#isDue ||= ++this.#owed >= ACK_EVERY;
    return "next";
  }

  /** The messages that end with a batch; none if it is not the last piece of them. */
  read({ content, more, lengths, others }: Batch): readonly Message[] {
    this.#pieces.push(content);
    if (more) return [];
    const parts = unpack({ content: join(this.#pieces), lengths });
    this.#pieces = [];
    return decode({ ...parts, others });
  }

  /** Whether to ask for what is missing: once for each gap. */
  shouldAsk(): boolean {
    if (this.#askedAt === this.#received) return false;
    this.#askedAt = this.#received;
    return true;
  }

  /** Takes note that all is acknowledged. */
  acknowledged(): void {
    this.#owed = 0;
    this.#isDue = false;
  }

  /** Takes note that nothing else came to go with the acknowledgement. */
  becomeDue(): void {
    this.#isDue = true;
  }
}
