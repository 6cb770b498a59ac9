/** What clients of plain HTTP are told, whether by an event stream or by a poll: events, with the place each of them leads to. */

import type { Disconnect } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import { isInbox } from "../base/names.ts";
import {
  type ClientInfo,
  type Publication,
  type StreamPosition,
  toJson,
} from "../base/publication.ts";
import type { Cursor } from "./cursor.ts";
import type { Command, Frame, Protocol, Push, Reply } from "./types.ts";

/**
 * - `message`: a publication, or a direct message, which has no channel;
 * - `subscribed`: the client hears of a channel from its place on, nothing is missing;
 * - `lost`: the same, but what was published before is not there any more;
 * - `error`, `unsubscribed`, `disconnect`: with a code;
 * - `ready`: all that was asked for is done; `ping`: a sign of life.
 */
export type EventType =
  | "message"
  | "subscribed"
  | "lost"
  | "error"
  | "unsubscribed"
  | "disconnect"
  | "ready"
  | "ping";

/** One event of a frame. */
export interface HubEvent {
  /** What it is. */
  readonly type: EventType;
  /** Where the client stands with it; `undefined` if it is about no place. */
  readonly place: ChannelPosition | undefined;
  /** JSON on one line. */
  readonly data: string;
}

/** A place in one channel. */
export interface ChannelPosition extends StreamPosition {
  /** The channel's name. */
  readonly channel: string;
}

/** What a client wants to hear, and where it stands. */
export interface FeedQuery {
  /** The channels. */
  readonly channels: readonly string[];
  /** Where it stands in some of them; `undefined` if it comes for the first time. */
  readonly since: Cursor | undefined;
}

/** A frame that asks for all of `wish`; `ready` follows the answers. */
export function encodeFeedQuery({ channels, since }: FeedQuery): string {
  return JSON.stringify(channels.map((channel) => {
    const position = since?.get(channel);
    if (position === undefined) return [channel];
    return [channel, position.offset, position.epoch];
  }));
}

/** Takes a frame apart. It was made here: three lines for each event. */
export function decodeEvents(frame: string): readonly HubEvent[] {
  const lines = frame.split("\n");
  const events: HubEvent[] = [];
  for (let index = 0; index + 2 < lines.length; index += 3) {
    const [type, place, data] = lines.slice(index, index + 3);
    if (!isEventType(type) || place === undefined || data === undefined) {
      continue;
    }
    events.push({ type, place: decodePlace(place), data });
  }
  return events;
}

function decodePlace(line: string): ChannelPosition | undefined {
  if (line === "") return undefined;
  const [channel, offset, epoch]: unknown[] = JSON.parse(line);
  return {
    channel: String(channel),
    offset: Number(offset),
    epoch: String(epoch),
  };
}

/** What an `error` event says. */
export function decodeError({ data }: HubEvent): {
  readonly code: number;
  readonly message: string;
} {
  const { code, message }: Record<string, unknown> = JSON.parse(data);
  return { code: Number(code), message: String(message) };
}

/** For clients that hear the events as they happen; who falls behind has to come again. */
export const streamProtocol: Protocol = eventsProtocol("stream");
/** For clients that come for what has happened, and go. */
export const pollProtocol: Protocol = eventsProtocol("poll");

function eventsProtocol(lasts: "stream" | "poll"): Protocol {
  return {
    name: `events-${lasts}`,
    opening: "auth",
    pinged: false,
    oneWay: "listens",
    positions: true,
    separator: "\n",
    decode: (frame) => decodeFeedQuery(frame, lasts),
    encodePublication,
    encodeDelta: encodePublication,
    encodeReply: (reply) => encodeReply(reply, lasts),
    encodePush: (push) => encodePush(push, lasts),
    encodeDisconnect,
  };
}

function decodeFeedQuery(
  frame: Frame,
  lasts: "stream" | "poll",
): readonly Command[] {
  const query: unknown = JSON.parse(String(frame));
  if (!Array.isArray(query)) throw new ProtocolError(errors.badRequest);
  const commands = query.map(([channel, offset, epoch]): Command => ({
    type: "subscribe",
    id: 1,
    channel: String(channel),
    token: "",
    since: offset === undefined
      ? undefined
      : { offset: Number(offset), epoch: String(epoch) },
    positioned: true,
    joinLeave: false,
    delta: false,
    rejectUnrecovered: false,
    data: undefined,
    lasts,
  }));
  return [...commands, { type: "ping", id: 1 }];
}

function encodePublication(publication: Publication): string | undefined {
  if (publication.type !== "publication") return undefined;
  return event("message", messageData(publication), placeOf(publication));
}

function encodeReply(
  reply: Reply,
  lasts: "stream" | "poll",
): string | undefined {
  switch (reply.type) {
    case "subscribed": {
      const { channel, result } = reply;
      const { position, recovered, publications } = result;
      const { offset, epoch } = position ?? { offset: 0, epoch: "" };
      // Where nothing is kept, a poll has missed something each time; only a stream is whole while it lasts.
      const isLost = recovered === false &&
        (position !== undefined || lasts === "stream");
      const type = isLost ? "lost" : "subscribed";
      const place = { channel, offset, epoch };
      return [
        event(type, JSON.stringify({ channel }), place),
        ...publications.map((each) => encodePublication(each) ?? ""),
      ].join("\n");
    }
    case "error": {
      const { code, message, temporary } = reply;
      return event("error", JSON.stringify({ code, message, temporary }));
    }
    case "pong":
      return event("ready", "{}");
  }
}

function encodePush(
  push: Push,
  lasts: "stream" | "poll",
): string | undefined {
  switch (push.type) {
    case "ping":
      return event("ping", "{}");
    case "unsubscribed": {
      const { channel, code, reason } = push;
      return event("unsubscribed", JSON.stringify({ channel, code, reason }));
    }
    case "subscribed": {
      // By a token's channels: as if it had been asked for.
      const { channel, result } = push;
      return encodeReply({ type: "subscribed", id: 1, channel, result }, lasts);
    }
  }
}

function encodeDisconnect({ code, reason, reconnect }: Disconnect): string {
  return event("disconnect", JSON.stringify({ code, reason, reconnect }));
}

function event(
  type: EventType,
  data: string,
  place?: ChannelPosition,
): string {
  const line = place === undefined
    ? ""
    : JSON.stringify([place.channel, place.offset, place.epoch]);
  return `${type}\n${line}\n${data}`;
}

/** Nobody can come back for what was in an inbox. */
function placeOf(publication: Publication): ChannelPosition | undefined {
  const { channel, offset } = publication;
  return offset > 0 && !isInbox(channel) ? publication : undefined;
}

function messageData(publication: Publication): string {
  const { channel, offset, info, tags, payload } = publication;
  const fields: string[] = [];
  if (!isInbox(channel)) {
    fields.push(`"channel":${JSON.stringify(channel)}`);
    if (offset > 0) fields.push(`"offset":${offset}`);
  }
  // A JSON value may have been sent on several lines; within strings there is no line end.
  fields.push(`"data":${toJson(payload).replace(/[\r\n]/g, " ")}`);
  if (info !== undefined) fields.push(`"info":${infoData(info)}`);
  if (tags !== undefined) fields.push(`"tags":${JSON.stringify(tags)}`);
  return `{${fields.join(",")}}`;
}

function infoData({ user, client }: ClientInfo): string {
  return JSON.stringify({ user, client });
}

const TYPES: ReadonlySet<string> = new Set<EventType>([
  "message",
  "subscribed",
  "lost",
  "error",
  "unsubscribed",
  "disconnect",
  "ready",
  "ping",
]);

function isEventType(word: string | undefined): word is EventType {
  return word !== undefined && TYPES.has(word);
}
