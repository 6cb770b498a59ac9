/** Rules of the notifications: the topics, and that the history keeps what one has missed while away. */

import { errors, ProtocolError } from "@thrum/thrum";
import type { Demo } from "../frame/demo.ts";
import { requireText } from "../frame/refusals.ts";
import { TOPICS } from "./topics.ts";

/** News of the topics that one has subscribed to. */
export const notifications: Demo = {
  name: "notifications",
  title: "Notifications",
  summary:
    "News of the topics that one has chosen, with a badge; what was missed while away is there on return.",
  hint:
    "Announce something on the left. Cut the right line, announce more, and see what it says when it is back.",
  shows: ["topics", "recovery", "history", "data checked by the server"],
  channels: {
    "notifications:*": {
      allow: ["subscribe", "publish", "history"],
      historySize: 50,
      historyTtlMs: 3_600_000,
    },
  },
  sources: ["page.tsx", "notices.ts", "topics.ts", "rules.ts"],
  rules: () => ({
    onSubscribe({ channel }) {
      const topic = channel.split(".").at(-1);
      if (topic !== undefined && TOPICS.includes(topic)) return;
      throw new ProtocolError(errors.unknownChannel, "there is no such topic");
    },
    onPublish({ data }) {
      const rule = { name: "an announcement", maxLength: 140 };
      const text = requireText(Object(data).text, rule);
      return { data: { text, at: Date.now() } };
    },
  }),
};
