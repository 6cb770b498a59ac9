/** The plain protocol, for programs with frames of their own: every frame is a message. */

import { toText } from "../base/publication.ts";
import type { Protocol } from "./types.ts";

/** Passes each frame to the program, and sends payloads as they are. */
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
