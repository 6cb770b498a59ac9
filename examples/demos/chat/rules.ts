/** Rules of the chat on the server: what a message is, and that typing is not kept. */

import type { Demo } from "../frame/demo.ts";
import { requireText } from "../frame/refusals.ts";

/** A room with a history. */
export const chat: Demo = {
  name: "chat",
  title: "Chat",
  summary:
    "A room where everyone sees who is here, who types, and what was said before they came.",
  hint:
    "Type on the left and look to the right; then cut a line, go on talking, and watch it catch up.",
  shows: ["channels", "presence", "history", "recovery"],
  channels: {
    "chat:*": { allow: ["subscribe", "publish", "presence", "history"] },
  },
  sources: ["page.tsx", "rules.ts"],
  rules: () => ({
    onPublish({ data }) {
      const { text, typing } = Object(data);
      // A sign that someone types is for those who see it now: it gets no place in the history.
      if (typing === true) return { data: { typing }, skipHistory: true };
      const rule = { name: "a message", maxLength: 500 };
      return { data: { text: requireText(text, rule) } };
    },
  }),
};
