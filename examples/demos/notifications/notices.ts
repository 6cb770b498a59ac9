/** Notices of a topic, from its channel. */

import type { PublicationContext, Subscription } from "centrifuge";
import { readChannel, type Recovery } from "../frame/mod.ts";

/** News of a topic. */
export interface Notice {
  readonly id: string;
  readonly topic: string;
  readonly text: string;
  readonly at: number;
  readonly isNew: boolean;
  /** True if it came while the line was cut. */
  readonly isMissed: boolean;
}

/** A topic and its channel. */
export interface Topic {
  readonly topic: string;
  readonly subscription: Subscription;
  readonly recovery: Recovery;
}

/** Shows what a topic brings: what was there at first as read, the rest as new. */
export function listen(
  { topic, subscription, recovery }: Topic,
  show: (notice: Notice) => void,
): void {
  const showAs = (
    { data, offset }: PublicationContext,
    state: Pick<Notice, "isNew" | "isMissed">,
  ) => show({ id: `${topic} ${offset} ${data.at}`, topic, ...data, ...state });
  let isBack = false;
  readChannel(subscription, {
    limit: 50,
    onHistory(kept) {
      for (const publication of kept) {
        showAs(publication, { isNew: isBack, isMissed: isBack });
      }
      isBack = true;
    },
    onPublication(publication) {
      showAs(publication, { isNew: true, isMissed: recovery.isOn });
    },
  });
}
