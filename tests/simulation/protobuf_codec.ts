/** Frames in protobuf of a simulated client, which has them as lines of JSON. */

import {
  commandFrame,
  type CommandValues,
  readReplies,
} from "../support/protobuf_frames.ts";

const decoder = new TextDecoder();

/** Commands as they are sent: those of the lines, with their data as bytes. */
export function toProtobuf(lines: string): ArrayBuffer {
  const commands = lines.split("\n").map((line): CommandValues =>
    JSON.parse(
      line,
      (name, value) =>
        name === "data" ? { json: JSON.stringify(value) } : value,
    )
  );
  return commandFrame(...commands);
}

/** Replies and pushes as they are read: a line each, with their data as JSON. */
export function fromProtobuf(frame: ArrayBuffer): string {
  const toJson = (_: string, value: unknown) =>
    value instanceof Uint8Array ? JSON.parse(decoder.decode(value)) : value;
  return readReplies(frame).map((reply) => JSON.stringify(reply, toJson))
    .join("\n");
}
