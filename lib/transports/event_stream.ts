/** Event streams for `EventSource` and curl: events as they happen, each with the cursor that it leads to. */

import { deferred } from "../base/deferred.ts";
import { concat } from "../base/bytes.ts";
import type { Connection } from "../hub/connection.ts";
import { disconnects, GONE, readCloseReason } from "../base/disconnect.ts";
import type { Hub } from "../hub/hub.ts";
import { CursorWriter } from "../protocol/cursor.ts";
import {
  type ChannelPosition,
  dataLines,
  type FeedEvent,
  type FeedFrame,
  fieldLines,
} from "../protocol/events.ts";
import { feedProtocol } from "../protocol/feed.ts";
import type { Transport } from "../base/transport.ts";
import { ByteStream } from "./byte_stream.ts";
import {
  type FeedOptions,
  type FeedQuery,
  type Refusal,
  subscribeCommand,
} from "./plain_http.ts";

/** A client that has lost its stream waits this long, and up to as much again at random. */
const RETRY_MS = 1_000;

const encoder = new TextEncoder();
const COMMENT = encoder.encode(":\n\n");
/** End of an event without data: a reader keeps its id, and its program gets no event. */
const NO_DATA = encoder.encode("\n");

/** A stream that begins, or the reason why it does not. */
export type OpenedStream =
  | { readonly body: ReadableStream<Uint8Array<ArrayBuffer>> }
  | { readonly refusal: Refusal };

/**
 * Registers a client that receives what `query` names until it leaves. Resolves once
 * it is subscribed to all of it; a single refusal ends it. Where it has missed more
 * than may wait, the stream begins before that, and the rest follows as it is read.
 */
export async function openEventStream(
  hub: Hub,
  query: FeedQuery,
  { identity, slot, headers, signal }: FeedOptions,
): Promise<OpenedStream> {
  let connection: Connection | undefined = undefined;
  const stream = new ByteStream(() => {
    slot.written();
    connection?.ended();
  }, () => transport.onTaken());
  const transport = new EventStream(stream, hub, query);
  const leave = () => transport.close(GONE.code, GONE.reason);
  signal?.addEventListener("abort", leave);
  let isOpen = false;
  try {
    connection = hub.connect(transport, feedProtocol, identity, headers);
    connection.countFor(slot.group);
    if (signal?.aborted) leave();
    else transport.subscribe(connection);
    const refusal = await transport.opened;
    if (refusal !== undefined) return { refusal };
    isOpen = true;
    return { body: stream.body };
  } finally {
    signal?.removeEventListener("abort", leave);
    // Nothing of it is read.
    if (!isOpen) {
      stream.discard();
      stream.end();
    }
  }
}

/** Transport of an event stream's connection. */
class EventStream implements Transport<FeedFrame> {
  readonly kind = "sse";
  /** Resolves once the client is to read, or with what was refused before. */
  readonly opened: Promise<Refusal | undefined>;
  readonly #stream: ByteStream;
  readonly #hub: Hub;
  readonly #query: FeedQuery;
  readonly #cursor: CursorWriter;
  readonly #open: (refusal: Refusal | undefined) => void;
  #isOpen = false;
  /** All channels are subscribed to, and all that was missed is written. */
  #isComplete = false;
  /**
   * Bytes of the stream that do not count as a backlog: all up to the end of the
   * missed publications, and every byte while a channel is being subscribed to, until
   * other channels have brought more than may wait.
   */
  #missed = Infinity;
  /** Value of it before that, and bytes that other channels have brought since. */
  #missedBefore = 0;
  #live = 0;
  /** Bytes that the client had taken at the last ping. */
  #takenAtPing = 0;
  /** Called when the client has taken something. */
  #onRoom: (() => void) | undefined;

  /** The cursor begins where `query` says: a client may be cut off before it has got anything of some channel. */
  constructor(stream: ByteStream, hub: Hub, query: FeedQuery) {
    const { promise, resolve } = deferred<Refusal | undefined>();
    this.opened = promise;
    this.#open = resolve;
    this.#stream = stream;
    this.#hub = hub;
    this.#query = query;
    this.#cursor = new CursorWriter(query.since);
    this.#writeRetry(RETRY_MS * (1 + hub.random.number()));
  }

  /** Subscribes to one channel after the other, each once the client has read enough of those before. */
  async subscribe(connection: Connection): Promise<void> {
    for (const channel of this.#query.channels) {
      await this.#room();
      this.#missedBefore = this.#end;
      this.#missed = Infinity;
      this.#live = 0;
      await connection.execute(
        subscribeCommand(channel, this.#query, "stream"),
      );
      // A refusal has ended it.
      if (connection.closed) return;
      this.#missed = this.#end;
    }
    await connection.idle();
    if (connection.closed) return;
    this.#isComplete = true;
    // One id for all channels; a cursor each would be a cursor times the channels.
    if (this.#cursor.size > 0) this.#writeWithId(NO_DATA);
    this.#missed = this.#end;
    this.#begin();
  }

  /** Takes note that the client has read something. */
  onTaken(): void {
    this.#onRoom?.();
  }

  /**
   * Unread bytes of what came since the client could read. What it has missed may be
   * more than a slow client's bound: it is no sign of a slow client unless it stays.
   */
  get bufferedAmount(): number {
    const { bufferedAmount, taken } = this.#stream;
    const early = Math.max(this.#missed - taken, 0);
    return Math.max(bufferedAmount - early, 0);
  }

  send(frame: FeedFrame): void {
    if (this.#missed === Infinity) this.#countLive(frame);
    const { position } = frame;
    // Most clients have one channel: all of them get the very same bytes.
    if (position !== undefined && this.#isOnly(position)) {
      this.#cursor.set(position.channel, position);
      return this.#stream.write(frame.lines);
    }
    for (const event of frame.events) this.#write(event);
  }

  /** A slow client loses what it has not taken, and is still sent the reason. */
  close(code: number, text: string): void {
    const { reason: message, ...advice } = readCloseReason(text);
    this.#open({ code, message, ...advice });
    if (code === disconnects.slow.code) {
      this.#stream.discard();
      this.#write({ type: "disconnect", ...disconnects.slow });
    }
    const { retryAfterMs } = advice;
    if (retryAfterMs !== undefined) this.#writeRetry(retryAfterMs);
    this.#stream.end();
  }

  #write(event: FeedEvent): void {
    switch (event.type) {
      case "message": {
        const { position, lines } = event;
        if (position === undefined) return this.#stream.write(lines);
        this.#cursor.set(position.channel, position);
        return this.#writeWithId(lines);
      }
      case "subscribed": {
        const { lost, position } = event;
        const { channel } = position;
        this.#cursor.set(channel, position);
        const lines = lost ? eventLines("lost", { channel }) : NO_DATA;
        if (this.#isComplete) this.#writeWithId(lines);
        else if (lost) this.#stream.write(lines);
        return;
      }
      case "unsubscribed": {
        const { type, channel, code, reason } = event;
        const data = { channel, code, reason };
        return this.#stream.write(eventLines(type, data));
      }
      case "disconnect": {
        const { type, code, reason, reconnect, retryAfterMs } = event;
        const data = { code, reason, reconnect, retry_after_ms: retryAfterMs };
        return this.#stream.write(eventLines(type, data));
      }
      case "error":
        return this.#refuse(event);
      case "ping":
        return this.#ping();
    }
  }

  /** Number of the byte that is written next. */
  get #end(): number {
    return this.#stream.taken + this.#stream.bufferedAmount;
  }

  /** Counts what a channel brings while another is being subscribed to, which may take as long as the program wants. */
  #countLive({ events }: FeedFrame): void {
    if (events.some(({ type }) => type === "subscribed")) return;
    for (const event of events) {
      if (event.type === "message") this.#live += event.lines.byteLength;
    }
    if (this.#live <= this.#hub.limits.maxBufferedBytes) return;
    this.#missed = this.#missedBefore;
    this.#begin();
  }

  /** Resolves once little enough waits to be read; until then the client has to read. */
  async #room(): Promise<void> {
    const { maxBufferedBytes } = this.#hub.limits;
    while (this.#stream.bufferedAmount > maxBufferedBytes) {
      const { promise, resolve } = deferred<void>();
      this.#onRoom = resolve;
      this.#begin();
      await promise;
    }
  }

  /** Lets the client read. */
  #begin(): void {
    this.#isOpen = true;
    this.#open(undefined);
  }

  /** Ends a stream that is being read: its client comes back, and gets the refusal then. */
  #refuse(refusal: Refusal): void {
    if (this.#isOpen) this.#stream.end();
    else this.#open(refusal);
  }

  #ping(): void {
    const { taken } = this.#stream;
    // The client took nothing for the whole time: what it has missed counts like the rest.
    const isStuck = taken === this.#takenAtPing && this.#missed !== Infinity;
    if (isStuck) this.#missed = 0;
    this.#takenAtPing = taken;
    this.#stream.write(COMMENT);
  }

  /** The id is in front of the data, so that an event counts with its position or not at all. */
  #writeWithId(lines: Uint8Array<ArrayBuffer>): void {
    const id = encoder.encode(`id: ${this.#cursor}\n`);
    this.#stream.write(concat([id, lines]));
  }

  #isOnly({ channel }: ChannelPosition): boolean {
    return this.#cursor.size === 1 && this.#cursor.has(channel);
  }

  #writeRetry(ms: number): void {
    const retry = fieldLines("retry", String(Math.round(ms)));
    this.#stream.write(encoder.encode(`${retry}\n`));
  }
}

function eventLines(
  type: FeedEvent["type"] | "lost",
  data: Readonly<Record<string, unknown>>,
): Uint8Array<ArrayBuffer> {
  return encoder.encode(
    `${fieldLines("event", type)}${dataLines(JSON.stringify(data))}`,
  );
}
