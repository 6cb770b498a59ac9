/** The Centrifuge client protocol in JSON, which its official SDK for JavaScript speaks by default. */

import type { Disconnect } from "../base/disconnect.ts";
import { toJson } from "../base/publication.ts";
import { decodeCommand, invalid } from "./centrifuge_commands.ts";
import { REPLY } from "./centrifuge_messages.ts";
import {
  type DeltaData,
  deltaPush,
  disconnectPush,
  publicationPush,
  pushValues,
  replyValues,
} from "./centrifuge_replies.ts";
import { rawValue } from "./raw_json.ts";
import type { Command, Frame, Protocol } from "./types.ts";

/** Reads and writes commands, replies and pushes as lines of JSON; a frame may hold several. */
export const centrifugeProtocol: Protocol = {
  name: "centrifuge-json",
  opening: "connect",
  pinged: true,
  positions: true,
  join: (frames) => frames.join("\n"),
  countMessages: countLines,
  decode,
  encodePublication: (publication) =>
    REPLY.toJson(publicationPush(publication)),
  encodeDelta: (publication, previous) =>
    REPLY.toJson(deltaPush(publication, previous, stringOf)),
  encodeReply(reply) {
    const values = replyValues(reply, stringOf);
    return values && REPLY.toJson(values);
  },
  encodePush: (push) => REPLY.toJson(pushValues(push)),
  // The close frame of a WebSocket has the code: a push before it would hide that
  // from some SDKs. A stream has no close frame, and writes the push itself.
  encodeDisconnect: () => undefined,
};

/** Writes the last line of a stream. */
export function encodeDisconnect(
  disconnect: Omit<Disconnect, "reconnect">,
): string {
  return REPLY.toJson(disconnectPush(disconnect));
}

/** With deltas, all data are strings: of the delta, or of the JSON (client protocol §9). */
const stringOf: DeltaData = (publication, previous, search) => {
  const delta = previous && search.find(previous, publication);
  const text = delta ?? toJson(publication.payload);
  return {
    data: { json: JSON.stringify(text) },
    delta: delta === undefined ? undefined : true,
  };
};

/** Reads a frame of one or more lines. An invalid line becomes the command `invalid`, which ends the list. */
function decode(frame: Frame): readonly Command[] {
  if (typeof frame !== "string") {
    return [invalid("expected text, but got bytes")];
  }
  const commands: Command[] = [];
  for (const line of frame.split("\n")) {
    if (line.trim() === "") continue;
    const command = decodeLine(line);
    commands.push(command);
    if (command.type === "invalid") return commands;
  }
  return commands.length > 0 ? commands : [invalid("expected a command")];
}

function decodeLine(line: string): Command {
  let command: unknown;
  try {
    command = JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return invalid("expected JSON");
    throw error;
  }
  return decodeCommand(command, (method) => {
    const json = rawValue(line, [method, "data"]);
    return json === undefined ? undefined : { json };
  });
}

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
