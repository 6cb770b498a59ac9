/** Recognizes the messages that two overlapping feeds of the same channels both carry. */

import type { FeedMessage } from "./feeds.ts";

/**
 * Messages that an old feed has delivered since a new one was requested. The new
 * one begins somewhere among them, and has them in the same order; the first
 * message that it alone has ends the overlap of that channel. In a channel without
 * history, whose messages have no offset, one text sent twice at that moment
 * counts once.
 */
export class Deduplicator {
  readonly #delivered = new Map<string, string[]>();

  /** Remembers a message that the old feed has delivered. */
  add(message: FeedMessage): void {
    const { channel = "" } = message;
    const delivered = this.#delivered.get(channel) ?? [];
    delivered.push(JSON.stringify(message));
    this.#delivered.set(channel, delivered);
  }

  /** Recognizes a message of the new feed that was delivered already, and forgets those before it. */
  isDuplicate(message: FeedMessage): boolean {
    const { channel = "" } = message;
    const delivered = this.#delivered.get(channel);
    if (delivered === undefined) return false;
    const index = delivered.indexOf(JSON.stringify(message));
    delivered.splice(0, index + 1);
    if (index < 0 || delivered.length === 0) this.#delivered.delete(channel);
    return index >= 0;
  }
}
