/** Events of feeds over plain HTTP. A publication is written once, as JSON for polls and as lines for event streams. */

import { toBase64 } from "../base/bytes.ts";
import { isInbox } from "../base/names.ts";
import type {
  Payload,
  Publication,
  StreamPosition,
} from "../base/publication.ts";
import { encodeCursor } from "./cursor.ts";

/** A position in one channel. */
export interface ChannelPosition extends StreamPosition {
  /** The channel's name. */
  readonly channel: string;
}

/** Event of a feed, without those that carry a message. */
export type FeedNotice =
  | {
    /** The client gets the channel's publications from `position` on. */
    readonly type: "subscribed";
    readonly position: ChannelPosition;
    /** The client asked for what it missed, and some of it is gone. */
    readonly lost: boolean;
    /** The channel keeps a history. */
    readonly kept: boolean;
  }
  | {
    readonly type: "unsubscribed";
    readonly channel: string;
    readonly code: number;
    readonly reason: string;
  }
  | {
    /** A command failed. */
    readonly type: "error";
    readonly code: number;
    readonly message: string;
  }
  | {
    /** The connection ends. */
    readonly type: "disconnect";
    readonly code: number;
    readonly reason: string;
    /** The client should come back by itself. */
    readonly reconnect: boolean;
    /** Milliseconds that it should wait before it does. */
    readonly retryAfterMs?: number;
  }
  | {
    /** A sign of life. */
    readonly type: "ping";
  };

/** Event of a feed. */
export type FeedEvent = FeedMessage | FeedNotice;

const encoder = new TextEncoder();

/** A publication; or a direct message, which has no channel. */
export class FeedMessage {
  /** Kind of the event. */
  readonly type = "message";
  /** Position of a client that has it; `undefined` if it cannot be recovered. */
  readonly position: ChannelPosition | undefined;
  /** The publication as JSON on one line. */
  readonly json: string;
  #lines: Uint8Array<ArrayBuffer> | undefined;

  /** Writes the JSON. */
  constructor(publication: Publication) {
    const { channel, offset, epoch } = publication;
    // An inbox has no history to come back for.
    const isKept = offset > 0 && !isInbox(channel);
    this.position = isKept ? { channel, offset, epoch } : undefined;
    this.json = writeJson(publication);
  }

  /** The message in an event stream, without an id. The bytes are shared by all recipients: they must not be changed. */
  get lines(): Uint8Array<ArrayBuffer> {
    return this.#lines ??= encoder.encode(dataLines(this.json));
  }
}

/** Events that are sent together, the same object for all their recipients. */
export class FeedFrame {
  /** In their order. */
  readonly events: readonly FeedEvent[];
  /** Position of the last event, if all are messages of one channel with a position. */
  readonly position: ChannelPosition | undefined;
  /** Length of the messages, about, in bytes. */
  readonly size: number;
  #lines: Uint8Array<ArrayBuffer> | undefined;

  /** Takes the events. */
  constructor(events: readonly FeedEvent[]) {
    this.events = events;
    const last = positionOf(events.at(-1));
    const isOfOne = events.every((event) =>
      positionOf(event)?.channel === last?.channel
    );
    this.position = isOfOne ? last : undefined;
    this.size = events.reduce(
      (sum, event) => sum + (event.type === "message" ? event.json.length : 0),
      0,
    );
  }

  /** The messages in an event stream that has no other channel, with their ids; shared as {@linkcode FeedMessage.lines}. */
  get lines(): Uint8Array<ArrayBuffer> {
    return this.#lines ??= encoder.encode(
      this.events.map((event) => {
        if (event.type !== "message" || event.position === undefined) return "";
        const { position, json } = event;
        const id = encodeCursor(new Map([[position.channel, position]]));
        return `${fieldLines("id", id)}${dataLines(json)}`;
      }).join(""),
    );
  }
}

function positionOf(event: FeedEvent | undefined): ChannelPosition | undefined {
  return event?.type === "message" ? event.position : undefined;
}

/** The member that stands in for a JSON payload while the rest is written. */
const DATA = '"data":0';

function writeJson(
  { channel, offset, payload, info, tags }: Publication,
): string {
  const isNamed = !isInbox(channel);
  const json = JSON.stringify({
    channel: isNamed ? channel : undefined,
    offset: isNamed && offset > 0 ? offset : undefined,
    data: textOf(payload) ?? 0,
    info: info && { user: info.user, client: info.client },
    tags,
  });
  if (typeof payload === "string" || payload instanceof ArrayBuffer) {
    return json;
  }
  // Parsed, the payload would lose the digits of large numbers. The first match is
  // the member, for within the channel's name a quotation mark is escaped.
  const start = json.indexOf(DATA);
  // Line ends stand between its values only.
  const data = payload.json.replace(/[\r\n]/g, " ");
  return `${json.slice(0, start)}"data":${data}` +
    json.slice(start + DATA.length);
}

/** A payload that is a string in JSON: text, or bytes in base64. */
function textOf(payload: Payload): string | undefined {
  if (typeof payload === "string") return payload;
  return payload instanceof ArrayBuffer
    ? toBase64(new Uint8Array(payload))
    : undefined;
}

const LINE_END = /\r\n|\r|\n/;

/** An event with these data in an event stream (HTML, "Server-sent events"), in which no text can begin a line of its own. */
export function dataLines(data: string): string {
  return `${fieldLines("data", data)}\n`;
}

/** A field of such an event; what has several lines becomes several fields, which a reader joins again. */
export function fieldLines(name: string, value: string): string {
  return value.split(LINE_END).map((line) => `${name}: ${line}\n`).join("");
}
