/** Counters of a pane: publications that came live, that were recovered after a cut, and that are lost. */

import type { Subscription } from "centrifuge";

/** Kinds of counted publications. */
export type Count = "received" | "recovered" | "lost";

/** Recovery of a subscription. */
export interface Recovery {
  /** True while publications come that were missed in a cut. */
  readonly isOn: boolean;
}

/** Counts the publications of a pane. */
export class Tally {
  readonly #counts: Record<Count, number> = {
    received: 0,
    recovered: 0,
    lost: 0,
  };
  readonly #onChange: () => void;

  /** Begins at zero; `onChange` is called with each change. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The number so far. */
  get(count: Count): number {
    return this.#counts[count];
  }

  /** Counts what the demo itself knows, where a subscription does not show it. */
  add(count: Count, number = 1): void {
    this.#counts[count] += number;
    this.#onChange();
  }

  /** Counts every publication of a subscription; a gap between offsets is a loss, unless each is a whole state. */
  follow(
    subscription: Subscription,
    { isState = false }: { readonly isState?: boolean } = {},
  ): Recovery {
    let last: number | undefined;
    const recovery = { isOn: false };
    subscription.on("subscribed", (context) => {
      const { wasRecovering, recovered, streamPosition } = context;
      const top = streamPosition?.offset;
      if (wasRecovering && !recovered && top !== undefined) {
        this.add("lost", Math.max(0, top - (last ?? top)));
      }
      if (!wasRecovering || !recovered) last = top;
      // The SDK hands over what was recovered before this turn of the event loop ends.
      recovery.isOn = wasRecovering && recovered;
      queueMicrotask(() => recovery.isOn = false);
    });
    subscription.on("publication", ({ offset }) => {
      this.add(recovery.isOn ? "recovered" : "received");
      // Without an offset it was not kept, and cannot be missed.
      if (!offset) return;
      if (!isState && last !== undefined && offset > last + 1) {
        this.add("lost", offset - last - 1);
      }
      last = offset;
    });
    return recovery;
  }
}
