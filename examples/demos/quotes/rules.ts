/** Rules of the quotes: a board of prices four times a second, while there is a reader. */

import type { Demo } from "../frame/demo.ts";
import { denied } from "../frame/refusals.ts";
import { Ticker } from "../frame/ticker.ts";
import { boardOf, KEPT, TICK_MS } from "./market.ts";

const CHANNEL = "quotes:board";

/** A board that is a whole state each time. */
export const quotes: Demo = {
  name: "quotes",
  title: "Live quotes",
  summary:
    "A board of prices that changes four times a second; the chart begins with the last minute.",
  hint:
    "Choose a share on each side. Cut a line: the board stops, and the gap in the chart is filled when it is back.",
  shows: ["history", "deltas", "keep the latest", "recovery of a state"],
  channels: {
    "quotes:*": {
      recoveryMode: "cache",
      autoCacheRecover: true,
      delta: ["fossil"],
      // A reader that is too slow skips boards: only the newest counts.
      slowPolicy: "keepLatest",
      historySize: KEPT,
      allow: ["subscribe", "history"],
    },
  },
  sources: ["page.tsx", "chart.tsx", "market.ts", "rules.ts"],
  rules({ hub, log }) {
    let newest = 0;
    /** Publishes the boards up to now, a minute of them at most. */
    const publish = async () => {
      const now = Math.floor(Date.now() / TICK_MS);
      let delivered = false;
      for (let tick = Math.max(newest + 1, now - KEPT); tick <= now; tick++) {
        newest = tick;
        // Every isolate with a reader makes the same board, and one of them is published.
        const options = { idempotencyKey: String(tick) };
        ({ delivered } = await hub.publish(CHANNEL, boardOf(tick), options));
      }
      return delivered;
    };
    const deps = { hub, log, channel: CHANNEL, periodMs: TICK_MS };
    const ticker = new Ticker({ ...deps, publish });
    return {
      async onSubscribe({ channel }) {
        if (channel !== CHANNEL) throw denied(`subscribe to ${CHANNEL}`);
        if (ticker.isRunning) return;
        const { publications } = await hub.history(CHANNEL, {
          limit: 1,
          reverse: true,
        });
        newest = Math.max(newest, Object(publications[0]?.data).tick ?? 0);
        // The first reader sees the last minute, too.
        await ticker.start();
      },
    };
  },
};
