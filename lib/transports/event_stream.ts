/** Event streams for `EventSource` and curl: events as they happen, each with the cursor that it leads to. */

import type { Connection } from "../hub/connection.ts";
import { disconnects, shouldReconnect } from "../base/disconnect.ts";
import type { Hub } from "../hub/hub.ts";
import { CursorWriter } from "../protocol/cursor.ts";
import {
  decodeError,
  encodeFeedQuery,
  type FeedQuery,
  type HubEvent,
  streamProtocol,
} from "../protocol/events.ts";
import type { Frame } from "../protocol/types.ts";
import type { Transport } from "../base/transport.ts";
import { ByteStream } from "./byte_stream.ts";
import { type EventForm, eventForms } from "./event_forms.ts";
import { fieldLines } from "./event_lines.ts";
import type { ListenOptions, Refusal } from "./listen.ts";

/** A client that has lost its stream waits this long, and up to as much again as chance will have. */
const RETRY_MS = 1_000;
/** The same when all clients come back at once. */
const SHUTDOWN_RETRY_MS = 2_500;

const encoder = new TextEncoder();
const COMMENT = encoder.encode(":\n\n");

/** A stream that begins, or why it does not. */
export type OpenedStream =
  | { readonly body: ReadableStream<Uint8Array<ArrayBuffer>> }
  | { readonly refusal: Refusal };

/**
 * Registers a client that hears what `wish` names until it leaves. Resolves once
 * it is subscribed to all of it; a single refusal ends it. Where it has missed more
 * than may wait, the stream begins before that, and the rest follows as it is read.
 */
export async function openEventStream(
  hub: Hub,
  query: FeedQuery,
  { identity, slot, headers }: ListenOptions,
): Promise<OpenedStream> {
  let connection: Connection | undefined = undefined;
  const stream = new ByteStream(() => {
    slot.written();
    connection?.ended();
  }, () => transport.goOn());
  const transport = new EventStream(stream, hub, query);
  connection = hub.connect(transport, streamProtocol, identity, headers);
  transport.begin(connection);
  const refusal = await transport.ready;
  if (refusal === undefined) return { body: stream.body };
  // Nobody will read it.
  stream.discard();
  stream.end();
  return { refusal };
}

/** What a connection writes to. */
class EventStream implements Transport {
  /** Resolves once the client is to read, or with what was refused before. */
  readonly ready: Promise<Refusal | undefined>;
  readonly #stream: ByteStream;
  readonly #hub: Hub;
  readonly #cursor = new CursorWriter();
  readonly #since: FeedQuery["since"];
  /** Channels that are still to be asked for. */
  readonly #channels: string[];
  #connection: Connection | undefined;
  readonly #setReady: (refusal: Refusal | undefined) => void;
  #isOpen = false;
  /** Whether all channels were asked for, and all that was missed is told. */
  #isTold = false;
  /**
   * Up to where what was told is not held against the client, in bytes of the
   * stream: what it has missed. While a channel is asked for, all is.
   */
  #missed = Infinity;
  /** What the client had taken at the last ping. */
  #takenAtPing = 0;

  /** Begins where `wish` says, for a client may be cut off before it has heard of all its channels. */
  constructor(stream: ByteStream, hub: Hub, { channels, since }: FeedQuery) {
    const { promise, resolve } = Promise.withResolvers<Refusal | undefined>();
    this.ready = promise;
    this.#setReady = resolve;
    this.#stream = stream;
    this.#hub = hub;
    this.#channels = [...channels];
    this.#since = since;
    for (const channel of channels) {
      const position = since?.get(channel);
      if (position !== undefined) this.#cursor.set(channel, position);
    }
    this.#advise(RETRY_MS);
  }

  /** Asks for the first channel. */
  begin(connection: Connection): void {
    this.#connection = connection;
    this.#ask();
  }

  /** Asks for the next channel, once what waits is little and no other is asked for. */
  goOn(): void {
    if (this.#missed === Infinity || this.#channels.length === 0) return;
    const { maxBufferedBytes } = this.#hub.limits;
    if (this.#stream.bufferedAmount <= maxBufferedBytes) this.#ask();
  }

  /**
   * What came since the client could read. What it has missed may be more than is
   * borne later: it is no sign of a slow client unless it stays.
   */
  get bufferedAmount(): number {
    const { bufferedAmount, taken } = this.#stream;
    const early = Math.max(this.#missed - taken, 0);
    return Math.max(bufferedAmount - early, 0);
  }

  send(frame: Frame): void {
    // The protocol of streams writes text.
    const { forms, whole } = eventForms.get(String(frame));
    const [first] = forms;
    // Most hear one channel: theirs is the very same stream.
    if (whole !== undefined && this.#isOnly(first?.event)) {
      this.#keep(forms.at(-1)?.event);
      return this.#stream.write(whole);
    }
    for (const form of forms) this.#send(form);
  }

  /** A slow client loses what it has not taken, and is still told why. */
  close(code: number, reason: string): void {
    this.#setReady({ code, message: reason });
    if (code === disconnects.slow.code) {
      this.#stream.discard();
      const reconnect = shouldReconnect(code);
      const told = { code, reason, reconnect };
      const disconnectFrame = streamProtocol.encodeDisconnect(told);
      if (disconnectFrame !== undefined) this.send(disconnectFrame);
    }
    if (code === disconnects.shutdown.code) this.#advise(SHUTDOWN_RETRY_MS);
    this.#stream.end();
  }

  #send({ event, bytes }: EventForm): void {
    this.#keep(event);
    switch (event.type) {
      case "ready":
        return this.#answered(bytes);
      case "ping":
        return this.#ping();
      case "error":
        return this.#refuse(decodeError(event));
      case "subscribed":
        // One id for all that was asked for; a cursor each would be a cursor times the channels.
        if (this.#isTold) this.#writeWithId(bytes);
        return;
      case "lost":
        if (!this.#isTold) return this.#stream.write(bytes);
    }
    if (event.place === undefined) this.#stream.write(bytes);
    else this.#writeWithId(bytes);
  }

  #ask(): void {
    this.#missed = Infinity;
    const channels = this.#channels.splice(0, 1);
    this.#connection?.receive(
      encodeFeedQuery({ channels, since: this.#since }),
    );
  }

  /** A channel is told; after the last one comes the id of all. */
  #answered(bytes: Uint8Array<ArrayBuffer>): void {
    this.#isTold = this.#channels.length === 0;
    if (this.#isTold && this.#cursor.size > 0) this.#writeWithId(bytes);
    this.#missed = this.#stream.taken + this.#stream.bufferedAmount;
    this.goOn();
    // The next one waits for the client to read, or there is none.
    if (this.#missed !== Infinity) this.#open();
  }

  #open(): void {
    this.#isOpen = true;
    this.#setReady(undefined);
  }

  /** A client that reads already learns why when it comes back: then there is less to tell before. */
  #refuse(refusal: Refusal): void {
    if (this.#isOpen) this.#stream.end();
    else this.#setReady(refusal);
  }

  #ping(): void {
    const { taken } = this.#stream;
    // Nothing was taken for the whole time: what was missed counts like all the rest.
    const isStuck = taken === this.#takenAtPing && this.#missed !== Infinity;
    if (isStuck) this.#missed = 0;
    this.#takenAtPing = taken;
    this.#stream.write(COMMENT);
  }

  /** The id is in front of the data, so that an event counts with its place or not at all. */
  #writeWithId(bytes: Uint8Array<ArrayBuffer>): void {
    const id = encoder.encode(`id: ${this.#cursor}\n`);
    const joined = new Uint8Array(id.byteLength + bytes.byteLength);
    joined.set(id);
    joined.set(bytes, id.byteLength);
    this.#stream.write(joined);
  }

  #keep(event: HubEvent | undefined): void {
    const place = event?.place;
    if (place !== undefined) this.#cursor.set(place.channel, place);
  }

  #isOnly(event: HubEvent | undefined): boolean {
    return this.#cursor.size === 1 && event?.place !== undefined &&
      this.#cursor.has(event.place.channel);
  }

  #advise(leastMs: number): void {
    const ms = Math.round(leastMs * (1 + this.#hub.random.number()));
    this.#stream.write(encoder.encode(`${fieldLines("retry", String(ms))}\n`));
  }
}
