/** Reading of a channel: what its history keeps, and then what comes. */

import type { PublicationContext, Subscription } from "centrifuge";

/** Milliseconds after which a history is asked for again. */
const RETRY_MS = 1_000;

/** Properties of a reading. */
export interface Reading {
  /** Publications of the history that are wanted. */
  readonly limit: number;
  /** True for the newest ones of a longer history, the newest first. */
  readonly reverse?: boolean;
  /** Takes what the channel keeps, in place of all before: on entry, and after an absence that was too long to be recovered. */
  readonly onHistory: (
    publications: readonly PublicationContext[],
    offset: number,
  ) => void;
  /** Takes each publication that the history did not have. */
  readonly onPublication: (publication: PublicationContext) => void;
}

/** Listens to a channel that the caller then subscribes to: an answer that comes before the listeners is lost. */
export function readChannel(
  subscription: Subscription,
  { limit, reverse, onHistory, onPublication }: Reading,
): void {
  /** Publications that come while the history is on its way. */
  let waiting: PublicationContext[] | undefined;
  let loads = 0;
  const load = async () => {
    const number = ++loads;
    const isOver = () => number !== loads;
    const query = { limit, reverse };
    const found = await subscription.history(query).catch(() => undefined);
    // The next subscription has asked again, or will once the line is back.
    if (isOver() || subscription.state !== "subscribed") return;
    if (found === undefined) {
      return void setTimeout(() => isOver() || load(), RETRY_MS);
    }
    const { publications, offset: top } = found;
    const newer = waiting?.filter(({ offset }) => !offset || offset > top);
    waiting = undefined;
    onHistory(publications, top);
    newer?.forEach(onPublication);
  };
  subscription.on("publication", (publication) => {
    if (waiting === undefined) onPublication(publication);
    else waiting.push(publication);
  });
  subscription.on("subscribed", ({ recovered }) => {
    if (recovered && waiting === undefined) return;
    waiting = [];
    load();
  });
}
