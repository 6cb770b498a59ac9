/** Rules of the bullet comments: what a comment is, and a crowd of a thousand of them per second. */

import {
  type EmbeddedHub,
  errors,
  type Log,
  ProtocolError,
} from "@thrum/thrum";
import type { Demo } from "../frame/demo.ts";
import { requireText } from "../frame/refusals.ts";

/** The crowd: comments per second, and milliseconds for which it watches. */
const RATE = 1_000;
const CROWD_MS = 10_000;
/** Crowds of one isolate at a time, each in a room of its own. */
const MAX_CROWDS = 3;
/** Milliseconds between two handfuls of comments. */
const PERIOD_MS = 20;

const SHOUTS =
  "Wow!|Here it comes|First!|so good|again, again|Look at that|haha|Bravo!|beautiful|what a save|more!|I was there"
    .split("|");

/** Comments that fly across a video. */
export const danmaku: Demo = {
  name: "danmaku",
  title: "Bullet comments",
  summary:
    "Comments of the audience fly across the video, a thousand of them per second.",
  hint:
    "Write one, then call the crowd. What flies by while a line is cut has flown by, and is counted.",
  shows: ["fan-out", "joined frames", "slow viewers skip", "server publishes"],
  channels: {
    "danmaku:*": {
      allow: ["subscribe", "publish"],
      historySize: 0,
      // A viewer who reads too slowly misses the oldest comments, and stays.
      slowPolicy: "dropOldest",
    },
  },
  sources: ["page.tsx", "rules.ts", "stage.ts"],
  rules({ hub, log }) {
    const crowds = new Set<string>();
    return {
      onPublish({ data }) {
        const rule = { name: "a comment", maxLength: 60 };
        return { data: { text: requireText(Object(data).text, rule) } };
      },
      async onRpc({ data }) {
        const channel = `danmaku:${Object(data).room}`;
        if (crowds.has(channel)) return;
        const { clients } = await hub.presenceStats(channel);
        if (clients === 0) return;
        if (crowds.size >= MAX_CROWDS) {
          throw new ProtocolError(errors.limitExceeded, "too many crowds");
        }
        crowds.add(channel);
        shout(hub, { channel, log, onEnd: () => crowds.delete(channel) });
      },
    };
  },
};

interface Crowd {
  readonly channel: string;
  readonly log: Log;
  readonly onEnd: () => void;
}

/** Publishes the comments of a crowd, each with its number. */
function shout(hub: EmbeddedHub, { channel, log, onEnd }: Crowd): void {
  const start = performance.now();
  const crowd = crypto.randomUUID();
  let count = 0;
  const timer = setInterval(() => {
    const passed = Math.min(performance.now() - start, CROWD_MS);
    const due = Math.floor(passed * RATE / 1_000);
    while (count < due) {
      const text = SHOUTS[count % SHOUTS.length];
      hub.publish(channel, { text, crowd, number: ++count }).catch((error) =>
        log.warn("crowd_failed", { channel, error })
      );
    }
    if (passed < CROWD_MS) return;
    clearInterval(timer);
    onEnd();
  }, PERIOD_MS);
}
