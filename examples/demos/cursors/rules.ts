/** Rules of the cursors: a position goes through the server, which says whose it is and by what it is conflated. */

import type { Demo } from "../frame/demo.ts";
import { invalid } from "../frame/refusals.ts";

/** Positions of pointers, of which only the newest counts. */
export const cursors: Demo = {
  name: "cursors",
  title: "Cursors",
  summary:
    "Pointers of all people, sixty times a second, without a history: only the newest position counts.",
  hint:
    "Move over the left field and look to the right, or let one dance. One who reads too slowly skips positions, and is not cut off.",
  shows: ["high rate", "conflation by tag", "presence", "RPC"],
  channels: {
    "cursors:*": {
      allow: ["subscribe", "presence"],
      historySize: 0,
      slowPolicy: "keepLatest",
      conflationKey: "who",
    },
  },
  sources: ["page.tsx", "pointer.ts", "rules.ts"],
  rules: ({ hub }) => ({
    async onRpc({ connection, data }) {
      const { room, x, y, step } = Object(data);
      const who = connection?.uid;
      if (who === undefined || ![x, y, step].every(Number.isFinite)) {
        throw invalid("a position is x, y and step");
      }
      await hub.publish(`cursors:${room}`, { who, x, y, step }, {
        tags: { who },
      });
    },
  }),
};
