/** The Centrifuge client protocol in JSON, which its official SDKs speak. */

import { decodeCommands } from "./centrifuge_commands.ts";
import {
  encodeDelta,
  encodePublication,
  encodePush,
  encodeReply,
} from "./centrifuge_replies.ts";
import type { Frame, Protocol } from "./types.ts";

/** Reads and writes commands, replies and pushes as lines of JSON; a frame may hold several. */
export const centrifugeProtocol: Protocol = {
  name: "centrifuge-json",
  opening: "connect",
  pinged: true,
  positions: true,
  join: (frames) => frames.join("\n"),
  countMessages: countLines,
  decode: decodeCommands,
  encodePublication,
  encodeDelta,
  encodeReply,
  encodePush,
  // The close frame of a WebSocket has the code: a push before it would hide that
  // from some SDKs. A stream has no close frame, and writes the push itself.
  encodeDisconnect: () => undefined,
};

/** Number of lines of a frame: no message has a line end. */
function countLines(frame: Frame): number {
  let lines = 1;
  if (typeof frame !== "string") return lines;
  for (
    let at = frame.indexOf("\n");
    at >= 0;
    at = frame.indexOf("\n", at + 1)
  ) {
    lines++;
  }
  return lines;
}
