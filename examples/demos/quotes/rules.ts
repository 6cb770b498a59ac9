/** Rules of the quotes: a board of prices four times a second, while there is a reader. */

import { errors, ProtocolError } from "@thrum/thrum";
import type { Demo } from "../frame/demo.ts";
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
  sources: ["page.tsx", "rules.ts", "market.ts"],
  rules({ hub, log }) {
    let timer: ReturnType<typeof setInterval> | undefined;
    let newest = 0;
    let isBusy = false;
    const stop = () => {
      clearInterval(timer);
      timer = undefined;
    };
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
      const isTime = now % 20 === 0 && !delivered;
      if (isTime && (await hub.channels(CHANNEL)).size === 0) stop();
    };
    const run = async () => {
      if (isBusy) return;
      isBusy = true;
      try {
        await publish();
      } catch (error) {
        stop();
        log.warn("quotes_failed", { error });
      } finally {
        isBusy = false;
      }
    };
    return {
      async onSubscribe({ channel }) {
        if (channel !== CHANNEL) {
          throw new ProtocolError(errors.permissionDenied);
        }
        if (timer !== undefined) return;
        timer = setInterval(run, TICK_MS);
        // The first reader sees the last minute, too.
        const { publications } = await hub.history(CHANNEL, {
          limit: 1,
          reverse: true,
        });
        newest = Math.max(newest, Object(publications[0]?.data).tick ?? 0);
        await run();
      },
    };
  },
};
