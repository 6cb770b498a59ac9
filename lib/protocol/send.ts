/** The protocol of `POST /send`: a frame of the text protocol that publishes, and its reply as an object. */

import { malformed, textProtocol } from "./text.ts";
import type { Command, Protocol, Reply } from "./types.ts";

const COMMANDS: ReadonlySet<Command["type"]> = new Set<Command["type"]>([
  "direct",
  "broadcast",
  "publish",
  "ping",
]);

/** For clients that only send: the status of an HTTP response carries the reply. */
export const sendProtocol: Protocol<Reply> = {
  name: "send",
  opening: "auth",
  pinged: false,
  oneWay: "speaks",
  positions: false,
  decode(frame, isNamespace) {
    const commands = textProtocol.decode(frame, isNamespace);
    if (commands.every(({ type }) => COMMANDS.has(type))) return commands;
    throw malformed();
  },
  encodePublication: () => undefined,
  encodeDelta: () => undefined,
  encodeReply: (reply) => reply,
  encodePush: () => undefined,
  encodeDisconnect: () => undefined,
};
