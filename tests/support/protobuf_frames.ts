/** Frames of clients and servers of the Centrifuge protocol in protobuf. */

import { concat } from "../../lib/base/bytes.ts";
import { COMMAND, REPLY } from "../../lib/protocol/centrifuge_messages.ts";
import type { ReadValues, Values } from "../../lib/protocol/message_type.ts";
import { ProtobufReader } from "../../lib/protocol/protobuf_reader.ts";
import { ProtobufWriter } from "../../lib/protocol/protobuf_writer.ts";

/** Values of a command, by the names that they have in JSON. */
export type CommandValues = Values<typeof COMMAND>;

/** A frame of commands. */
export function commandFrame(...commands: CommandValues[]): ArrayBuffer {
  const writer = new ProtobufWriter();
  const messages = commands.map((command) => {
    writer.begin();
    COMMAND.writeDelimited(writer, command);
    return new Uint8Array(writer.take());
  });
  return concat(messages).buffer;
}

/** Replies and pushes of a frame; data are bytes. */
export function readReplies(frame: ArrayBuffer | Uint8Array): ReadValues[] {
  const reader = new ProtobufReader(new Uint8Array(frame));
  const replies: ReadValues[] = [];
  while (!reader.done) replies.push(REPLY.read(reader, undefined));
  return replies;
}
