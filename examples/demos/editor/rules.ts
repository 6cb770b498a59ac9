/** Rules of the shared text on the server, which passes updates on and does not read them. */

import type { Demo } from "../frame/demo.ts";
import { invalid } from "../frame/refusals.ts";

/** Characters of an update: a whole text has room. */
const MAX_LENGTH = 60_000;

/** A text for all. */
export const editor: Demo = {
  name: "editor",
  title: "Collaborative editing",
  summary:
    "A text that everyone writes at once. Yjs merges what is written, the hub carries and keeps it.",
  hint:
    "Write on both sides. Cut a line, go on writing on both, and see how the two texts become one again.",
  shows: ["Yjs", "history", "recovery", "presence"],
  channels: {
    "editor:*": {
      // One in a hundred updates has the whole text, so that older ones are not needed.
      historySize: 250,
      historyTtlMs: 3_600_000,
      allow: ["subscribe", "publish", "presence", "history"],
    },
  },
  sources: ["page.tsx", "shared_text.ts", "rules.ts"],
  rules: () => ({
    onPublish({ data }) {
      const { update, line } = Object(data);
      if (Number.isInteger(line)) return { data: { line }, skipHistory: true };
      if (typeof update === "string" && update.length <= MAX_LENGTH) {
        return { data: { update } };
      }
      throw invalid("publish an update or a line");
    },
  }),
};
