/** Parts of a channel that its registry gives it: options, bounds and callbacks. */

import type { Sampler } from "../base/histogram.ts";
import type { Publication } from "../base/publication.ts";
import type { ChannelOptions } from "../channel/channel_options.ts";
import type { Subscription } from "./subscription.ts";

/** Bounds and callbacks of a channel. */
export interface ChannelOwner<C> {
  /** So many more publications wait to be joined with others: {@linkcode Channel.advance} sends them. */
  readonly onCollect: (channel: C, count: number) => void;
  /** A fan-out has more recipients than a turn has: {@linkcode Channel.advance} goes on with it. */
  readonly onUnfinished: (channel: C) => void;
  /** A fan-out has ended: the channel is not {@linkcode Channel.crowded} any more. */
  readonly onSent: () => void;
  /** Recipients that are sent to in one turn. */
  readonly recipientsPerTurn: number;
  /** Bytes of publications that are held back for a subscription at most. */
  readonly maxHeldBytes: number;
  /** Times some of the fan-outs. */
  readonly fanOuts: Sampler;
  /** A positioned subscription has missed something. */
  onGap(subscription: Subscription): void;
  /** A publication cannot be encoded. Those after it are sent. */
  onError(channel: C, error: unknown): void;
  /** More is held back for a subscription than is allowed: it must end. */
  onOverflow(subscription: Subscription): void;
}

/** Options of a channel that say what its subscribers get. */
export type DeliveryOptions = Pick<
  ChannelOptions,
  "slowPolicy" | "conflationKey" | "historySize" | "historyTtlMs"
>;

/** Function that gets the events of a channel, for a trace. */
export type Observer = (publication: Publication) => void;

/** Key of the publications of which a slow subscriber gets the newest alone: by a tag, or of them all; `undefined` where it gets all. */
export function conflationOf(
  { tags = {} }: Publication,
  { slowPolicy, conflationKey = "" }: Partial<DeliveryOptions> = {},
): string | undefined {
  if (slowPolicy !== "keepLatest") return undefined;
  if (conflationKey === "") return "";
  return Object.hasOwn(tags, conflationKey) ? tags[conflationKey] : undefined;
}
