/** The text protocol of `/ws`: `uid:message`, `all:message`, `#channel:message`, `+#channel`, `ping`. */

import { disconnects } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import { isInbox, isName, isUid, NAME_RULE } from "../base/names.ts";
import { type Payload, type Publication, toText } from "../base/publication.ts";
import type { Command, Frame, Protocol, Push, Reply } from "./types.ts";

const PING: readonly Command[] = [{ type: "ping", id: 0 }];
const PONG: readonly Command[] = [{ type: "pong", id: 0 }];
const HASH = 0x23;
const PLUS = 0x2b;
const MINUS = 0x2d;
const NUL = 0;
const LF = 0x0a;
const CR = 0x0d;
/** Longest address of a binary frame with its separator: `#`, a name of 255 bytes, NUL. */
const MAX_ADDRESS_BYTES = 257;

const utf8 = new TextDecoder("utf-8", {
  fatal: true,
  ignoreBOM: true,
});

/** Sends direct messages and broadcasts without an address: `hello`. */
export const textProtocol: Protocol = {
  name: "chat",
  opening: "auth",
  pinged: false,
  positions: false,
  decode,
  encodePublication,
  encodeDelta: encodePublication,
  encodeReply,
  encodePush,
  encodeDisconnect: (disconnect) =>
    disconnect === disconnects.silent ? disconnect.reason : undefined,
};

/**
 * As {@linkcode textProtocol}, but with the sender of direct messages and broadcasts:
 * `alice>hello`. Characters of a uid that would make the frame another one are
 * percent-encoded, so that `decodeURIComponent` of all before the first `>` is the uid.
 */
export const textProtocolWithSender: Protocol = {
  ...textProtocol,
  encodePublication(publication) {
    const { channel, info } = publication;
    const frame = encodePublication(publication);
    if (typeof frame !== "string" || !isInbox(channel)) return frame;
    return `${escapeUid(info?.user ?? "")}>${frame}`;
  },
};

/**
 * Escapes the end of a uid, the marks of other frames (`#room:`, `+#room`, `error:`),
 * line separators, and marks that change the direction of the text behind them.
 */
function escapeUid(uid: string): string {
  return uid.replace(
    /[%>#:\u2028\u2029\p{Bidi_Control}]/gu,
    encodeURIComponent,
  );
}

type IsNamespace = (name: string) => boolean;

function decode(
  received: Frame,
  isNamespace: IsNamespace = () => false,
): readonly Command[] {
  if (typeof received !== "string") {
    return received.byteLength === 0 ? PONG : [decodeBinary(received)];
  }
  const frame = withoutLineEnd(received);
  const first = frame.charCodeAt(0);
  if ((first === PLUS || first === MINUS) && frame.charCodeAt(1) === HASH) {
    const channel = channelName(frame.slice(2));
    if (first === MINUS) return [unsubscribe(channel)];
    requireAddressable(channel, isNamespace);
    return [subscribe(channel)];
  }
  const end = addressEnd(frame, isNamespace);
  if (end > 0) return [address(frame.slice(0, end), frame.slice(end + 1))];
  if (frame === "ping") return PING;
  if (frame === "pong" || frame === "") return PONG;
  throw malformed();
}

/**
 * Index of the colon behind the address: the first one, or the second one of
 * `#namespace:channel:message`; -1 without one.
 */
function addressEnd(frame: string, isNamespace: IsNamespace): number {
  const colon = frame.indexOf(":");
  if (colon < 0 || frame.charCodeAt(0) !== HASH) return colon;
  const namespace = namespaceIn(frame.slice(1, colon));
  if (!isNamespace(namespace)) return colon;
  const end = frame.indexOf(":", colon + 1);
  if (end < 0) throw noChannel(namespace);
  return end;
}

/**
 * Refuses a channel that no text frame can name, so that neither its members nor its
 * publications are taken for those of another one.
 */
function requireAddressable(channel: string, isNamespace: IsNamespace): void {
  const [first = "", ...rest] = channel.split(":");
  const namespace = namespaceIn(first);
  if (rest.length === 0 && isNamespace(namespace)) throw noChannel(namespace);
  const isNamed = rest.length < 2 && !first.includes("#");
  if (rest.length === 0 || isNamed) return;
  throw new ProtocolError(
    errors.malformed,
    "expected a channel name without a colon, but for the one behind its namespace",
  );
}

/** The namespace of a channel, by what stands before its first colon: that of a private channel begins with a `$`. */
function namespaceIn(start: string): string {
  return start.startsWith("$") ? start.slice(1) : start;
}

function noChannel(namespace: string): ProtocolError {
  return new ProtocolError(
    errors.malformed,
    `"${namespace}" is a namespace: expected a channel in it, "#${namespace}:channel"`,
  );
}

/** Drops one CR, LF or CR LF at the end: many a client sends lines. */
function withoutLineEnd(frame: string): string {
  const last = frame.charCodeAt(frame.length - 1);
  if (last !== LF && last !== CR) return frame;
  return frame.slice(0, last === LF && frame.endsWith("\r\n") ? -2 : -1);
}

function subscribe(channel: string): Command {
  return {
    type: "subscribe",
    id: 0,
    channel,
    token: "",
    since: undefined,
    positioned: false,
    joinLeave: false,
    delta: false,
    rejectUnrecovered: false,
    data: undefined,
  };
}

function unsubscribe(channel: string): Command {
  return { type: "unsubscribe", id: 0, channel };
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
    const channel = channelName(to.slice(1));
    return { type: "publish", id: 0, channel, payload };
  }
  if (isUid(to)) return { type: "direct", id: 0, uid: to, payload };
  if (to === "all") return { type: "broadcast", id: 0, payload };
  if (to === "auth" && typeof payload === "string") {
    return { type: "auth", id: 0, token: payload };
  }
  throw malformed();
}

function channelName(name: string): string {
  if (isName(name)) return name;
  throw new ProtocolError(
    errors.malformed,
    `expected a channel name of ${NAME_RULE}`,
  );
}

function encodePublication(
  { type, channel, payload }: Publication,
): Frame | undefined {
  if (type !== "publication") return undefined;
  const text = typeof payload === "string" ? payload : toText(payload);
  if (typeof text !== "string" || isInbox(channel)) return text;
  return `#${channel}:${text}`;
}

function encodeReply(reply: Reply): Frame | undefined {
  switch (reply.type) {
    case "subscribed":
      return `+#${reply.channel}`;
    case "unsubscribed":
      return `-#${reply.channel}`;
    case "error":
      return `error:${reply.code} ${reply.message}`;
    case "pong":
      return "pong";
  }
}

function encodePush(push: Push): Frame | undefined {
  switch (push.type) {
    case "ping":
      return "ping";
    case "subscribed":
      return `+#${push.channel}`;
    case "unsubscribed":
      return `-#${push.channel}`;
  }
}

/** The error of a text frame that cannot be understood. */
export function malformed(): ProtocolError {
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
