/** Rules of the video call on the server, which carries the signals of two people and sees no picture. */

import { errors, ProtocolError } from "@thrum/thrum";
import type { Demo } from "../frame/demo.ts";
import { invalid } from "../frame/refusals.ts";

/** A call between two. */
export const call: Demo = {
  name: "call",
  title: "Video call",
  summary:
    "Two people see each other by WebRTC; the hub carries the direct messages by which their browsers agree.",
  hint:
    "Call the other side. Cut a line: the pictures go on, and the two agree anew when it is back.",
  shows: ["direct messages", "presence", "RPC"],
  channels: { "call:*": { allow: ["subscribe", "presence"] } },
  sources: [
    "page.tsx",
    "phone.ts",
    "call.ts",
    "peer.ts",
    "media.ts",
    "rules.ts",
  ],
  rules: ({ hub }) => ({
    async onRpc({ connection, data }) {
      const { to, signal } = Object(data);
      if (typeof to !== "string") throw invalid("name a person");
      const message = { from: connection?.uid, signal };
      const { delivered } = await hub.sendTo(to, message);
      // A direct message is not kept: its sender learns that it is lost.
      if (!delivered) {
        throw new ProtocolError(errors.unreachable, `${to} is not here`);
      }
    },
  }),
};
