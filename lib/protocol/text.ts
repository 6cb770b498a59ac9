/** The text protocol of `/ws`: `uid:message`, `all:message`, `#channel:message`, `+#channel`, `ping`. */

import { disconnects } from "../disconnect.ts";
import { errors, ProtocolError } from "../errors.ts";
import { isInbox, isName, isUid } from "../names.ts";
import type { Payload, Publication } from "../publication.ts";
import type { Command, Frame, Protocol, Reply } from "./types.ts";

const PING: Command = { type: "ping" };
const PONG: Command = { type: "pong" };
const HASH = 0x23;
const PLUS = 0x2b;
const MINUS = 0x2d;
const NUL = 0;
/** The longest address before the separator of a binary frame: `#`, a name of 255 bytes, NUL. */
const MAX_ADDRESS_BYTES = 257;

const utf8 = new TextDecoder("utf-8", {
  fatal: true,
  ignoreBOM: true,
});

/** Direct messages and broadcasts arrive bare: `hello`. */
export const textProtocol: Protocol = {
  name: "chat",
  decode,
  encodePublication,
  encodeReply,
  encodeFarewell: (disconnect) =>
    disconnect === disconnects.silent ? disconnect.reason : undefined,
};

/** As {@linkcode textProtocol}, but direct messages and broadcasts name their sender: `alice>hello`. */
export const textProtocolWithSender: Protocol = {
  ...textProtocol,
  encodePublication(publication) {
    const { channel, from = "", payload } = publication;
    if (typeof payload !== "string" || !isInbox(channel)) {
      return encodePublication(publication);
    }
    return `${from}>${payload}`;
  },
};

function decode(frame: Frame): Command {
  if (typeof frame !== "string") return decodeBinary(frame);
  const first = frame.charCodeAt(0);
  if ((first === PLUS || first === MINUS) && frame.charCodeAt(1) === HASH) {
    const channel = channelName(frame.slice(2));
    return { type: first === PLUS ? "subscribe" : "unsubscribe", channel };
  }
  const colon = frame.indexOf(":");
  if (colon > 0) return address(frame.slice(0, colon), frame.slice(colon + 1));
  if (frame === "ping") return PING;
  if (frame === "pong" || frame === "") return PONG;
  throw malformed();
}

function decodeBinary(frame: ArrayBuffer): Command {
  const bytes = new Uint8Array(frame);
  const end = bytes.subarray(0, MAX_ADDRESS_BYTES).indexOf(NUL);
  if (end < 1) throw malformedBinary();
  let to: string;
  try {
    to = utf8.decode(bytes.subarray(0, end));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw malformedBinary();
  }
  return address(to, frame.slice(end + 1));
}

function address(to: string, payload: Payload): Command {
  if (to.charCodeAt(0) === HASH) {
    return { type: "publish", channel: channelName(to.slice(1)), payload };
  }
  if (isUid(to)) return { type: "direct", uid: to, payload };
  if (to === "all") return { type: "broadcast", payload };
  if (to === "auth" && typeof payload === "string") {
    return { type: "auth", token: payload };
  }
  throw malformed();
}

function channelName(name: string): string {
  if (isName(name)) return name;
  throw new ProtocolError(
    errors.malformed,
    "a channel has 1 to 255 bytes and no control characters",
  );
}

function encodePublication({ channel, payload }: Publication): Frame {
  if (typeof payload !== "string" || isInbox(channel)) return payload;
  return `#${channel}:${payload}`;
}

function encodeReply(reply: Reply): Frame {
  switch (reply.type) {
    case "subscribed":
      return `+#${reply.channel}`;
    case "unsubscribed":
      return `-#${reply.channel}`;
    case "error":
      return `error:${reply.code} ${reply.message}`;
    case "ping":
    case "pong":
      return reply.type;
  }
}

function malformed(): ProtocolError {
  return new ProtocolError(
    errors.malformed,
    'expected "uid:message", "all:message" or "#channel:message"',
  );
}

function malformedBinary(): ProtocolError {
  return new ProtocolError(
    errors.malformed,
    "expected a uid, all or #channel in UTF-8, a zero byte and the message",
  );
}
