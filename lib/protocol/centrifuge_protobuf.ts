/** The Centrifuge client protocol in protobuf, which all of its official SDKs speak. */

import { concat } from "../base/bytes.ts";
import type { Disconnect } from "../base/disconnect.ts";
import { fromBytes, type Publication } from "../base/publication.ts";
import { isRecord } from "../base/record.ts";
import { decodeCommand, invalid } from "./centrifuge_commands.ts";
import { COMMAND, REPLY, type ReplyValues } from "./centrifuge_messages.ts";
import {
  type DeltaData,
  deltaPush,
  disconnectPush,
  publicationPush,
  pushValues,
  replyValues,
} from "./centrifuge_replies.ts";
import { MalformedError, ProtobufReader } from "./protobuf_reader.ts";
import { ProtobufWriter } from "./protobuf_writer.ts";
import type { Command, Frame, Protocol } from "./types.ts";

const writer = new ProtobufWriter();
const encoder = new TextEncoder();

/** Reads and writes commands, replies and pushes as messages, each behind its length; a frame may hold several. */
export const protobufProtocol: Protocol = {
  name: "centrifuge-protobuf",
  opening: "connect",
  pinged: true,
  positions: true,
  join: (frames) => concat(frames.map(bytesOf)).buffer,
  countMessages,
  decode,
  encodePublication: (publication) => encode(publicationPush(publication)),
  encodeDelta: (publication, previous) =>
    encode(deltaPush(publication, previous, bytesOfDelta)),
  encodeReply(reply) {
    const values = replyValues(reply, bytesOfDelta);
    return values && encode(values);
  },
  encodePush: (push) => encode(pushValues(push)),
  // As in JSON.
  encodeDisconnect: () => undefined,
};

/** Writes the last message of a stream. */
export function encodeDisconnect(
  disconnect: Omit<Disconnect, "reconnect">,
): ArrayBuffer {
  return encode(disconnectPush(disconnect));
}

function encode(values: ReplyValues): ArrayBuffer {
  writer.begin();
  REPLY.writeDelimited(writer, values);
  return writer.take();
}

/**
 * A delta is the bytes of its text. It is searched in JSON, where bytes are another
 * text: they are sent in full, and so is what follows them.
 */
const bytesOfDelta: DeltaData = (publication, previous, search) => {
  const { payload } = publication;
  const delta = previous === undefined || isBytes(previous) ||
      isBytes(publication)
    ? undefined
    : search.find(previous, publication);
  if (delta === undefined) return { data: payload };
  return { data: encoder.encode(delta).buffer, delta: true };
};

function isBytes({ payload }: Publication): boolean {
  return payload instanceof ArrayBuffer;
}

/** The protocol writes bytes alone. */
function bytesOf(frame: Frame): Uint8Array<ArrayBuffer> {
  return typeof frame === "string"
    ? encoder.encode(frame)
    : new Uint8Array(frame);
}

/** Reads a frame of one or more messages. Malformed bytes become the command `invalid`, which ends the list. */
function decode(frame: Frame): readonly Command[] {
  if (typeof frame === "string") {
    return [invalid("expected bytes, but got text")];
  }
  const reader = new ProtobufReader(new Uint8Array(frame));
  const commands: Command[] = [];
  while (!reader.done) {
    const command = decodeNext(reader);
    commands.push(command);
    if (command.type === "invalid") return commands;
  }
  return commands.length > 0 ? commands : [invalid("expected a command")];
}

function decodeNext(reader: ProtobufReader): Command {
  let command: Readonly<Record<string, unknown>>;
  try {
    command = COMMAND.read(reader, undefined);
  } catch (error) {
    if (error instanceof MalformedError) {
      return invalid("expected a message of protobuf");
    }
    throw error;
  }
  return decodeCommand(command, (method) => {
    const fields = command[method];
    const data = isRecord(fields) ? fields.data : undefined;
    if (data instanceof Uint8Array && data.length > 0) return fromBytes(data);
    // Protobuf cannot tell no data from no bytes, which are a message like any other.
    return method === "send" ? new ArrayBuffer(0) : undefined;
  });
}

/** Number of messages of a frame, by their lengths; what is malformed counts as one. */
function countMessages(frame: Frame): number {
  const reader = new ProtobufReader(bytesOf(frame));
  let messages = 0;
  try {
    for (; !reader.done; messages++) reader.bytes();
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    messages++;
  }
  return messages;
}
