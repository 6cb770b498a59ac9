/** Every frame is a message: for programs that give their frames a meaning of their own. */

import { toText } from "../base/publication.ts";
import type { Protocol } from "./types.ts";

/** Hands each frame to the program as it came, and sends payloads as they are. */
export const plainProtocol: Protocol = {
  name: "plain",
  opening: "auth",
  pinged: false,
  positions: false,
  decode: (frame) => [{ type: "message", id: 0, payload: frame }],
  encodePublication: ({ type, payload }) =>
    type === "publication" ? toText(payload) : undefined,
  encodeDelta: ({ payload }) => toText(payload),
  encodeReply: () => undefined,
  encodePush: () => undefined,
  encodeDisconnect: () => undefined,
};
