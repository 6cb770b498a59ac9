/** The broker port: one order per channel, on all nodes. */

import type { Payload, Publication, StreamPosition } from "../publication.ts";

/** What is published, before it has its place in the channel's order. */
export interface Draft {
  /** The channel's name, or an inbox. */
  readonly channel: string;
  /** The message itself. */
  readonly payload: Payload;
  /** The uid of the sender, where it has one. */
  readonly from?: string;
}

/** What the publisher learns. */
export interface Published extends StreamPosition {
  /** Whether any node has a subscriber of the channel. */
  readonly heard: boolean;
}

/** Hands a publication to this node's subscribers; says whether there was one. */
export type Deliver = (publication: Publication) => boolean;

/**
 * Gives every channel one order on all nodes. `publish` resolves with the
 * position once it is taken; every subscribed node gets every publication, the
 * publisher's own node included, in that order, each once. A lost position is
 * reported, never skipped.
 */
export interface Broker {
  /** Begins to call `deliver` for every publication of the subscribed channels. */
  start(deliver: Deliver): void;
  /** Resolves once this node receives what is published to `channel` from then on. */
  subscribe(channel: string): Promise<void>;
  /** Says that this node has no subscriber of `channel` any more. */
  unsubscribe(channel: string): Promise<void>;
  /**
   * Puts a draft in its place: at once where this node gives the order, else as a
   * promise. Drafts of one caller keep the order of the calls.
   */
  publish(draft: Draft): Published | Promise<Published>;
  /** Ends the broker; nothing of it keeps the process alive. */
  close(): Promise<void>;
}
