/** What two feeds of the same channels have both heard, so that it is told once. */

import type { FeedMessage } from "./feeds.ts";

/**
 * What an old feed has told since a new one was asked for. The new one begins
 * somewhere among it, and has it in the same order; the first message that it
 * alone has ends the overlap of that channel. In a channel that keeps nothing,
 * whose messages have no offset, one text said twice at that moment counts once.
 */
export class Overlap {
  readonly #told = new Map<string, string[]>();

  /** The old feed has told this. */
  note(message: FeedMessage): void {
    const { channel = "" } = message;
    const told = this.#told.get(channel) ?? [];
    told.push(JSON.stringify(message));
    this.#told.set(channel, told);
  }

  /** Whether what the new feed has was told already. */
  has(message: FeedMessage): boolean {
    const { channel = "" } = message;
    const told = this.#told.get(channel);
    if (told === undefined) return false;
    const index = told.indexOf(JSON.stringify(message));
    told.splice(0, index + 1);
    if (index < 0 || told.length === 0) this.#told.delete(channel);
    return index >= 0;
  }
}
