/** Every frame is a message: for programs that give their frames a meaning of their own. */

import type { Protocol } from "./types.ts";

/** Hands each frame to the program as it came, and sends payloads as they are. */
export const plainProtocol: Protocol = {
  name: "plain",
  decode: (frame) => ({ type: "message", payload: frame }),
  encodePublication: (publication) => publication.payload,
  encodeReply: () => undefined,
  encodeFarewell: () => undefined,
};
