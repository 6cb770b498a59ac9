/** What a channel carries: a payload, who sent it, and its place in the channel's order. */

/** A message as it was sent: text, or bytes. */
export type Payload = string | ArrayBuffer;

/** A place in a channel's order. Positions of different epochs cannot be compared. */
export interface StreamPosition {
  /** 1 for the first publication of the epoch, then one more each; 0 before the first. */
  readonly offset: number;
  /** Names one life of the stream; a new one starts when its past is lost. */
  readonly epoch: string;
}

/** One message on its way to the subscribers of a channel. */
export interface Publication extends StreamPosition {
  /** The channel's name, or an inbox (see `names.ts`). */
  readonly channel: string;
  /** The message itself. */
  readonly payload: Payload;
  /** The uid of the sender, where it has one. */
  readonly from: string | undefined;
}
