/** Event streams for `EventSource` and curl: events as they happen, each with the cursor that it leads to. */

import type { Connection } from "../connection.ts";
import { disconnects, shouldReconnect } from "../disconnect.ts";
import type { Hub } from "../hub.ts";
import { encodeCursor } from "../protocol/cursor.ts";
import {
  decodeError,
  encodeWish,
  type HubEvent,
  streamProtocol,
  type Wish,
} from "../protocol/events.ts";
import type { Frame } from "../protocol/types.ts";
import type { StreamPosition } from "../publication.ts";
import type { Transport } from "../transport.ts";
import { ByteStream } from "./byte_stream.ts";
import { type EventForm, eventForms } from "./event_forms.ts";
import { fieldLines } from "./event_lines.ts";
import type { ListenOptions, Refusal } from "./listen.ts";
import { takePlace } from "./place.ts";

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
 * it is subscribed to all of it; a single refusal ends it.
 */
export async function openEventStream(
  hub: Hub,
  wish: Wish,
  { identity, completed }: ListenOptions,
): Promise<OpenedStream> {
  const place = takePlace(hub, completed);
  let connection: Connection | undefined = undefined;
  const stream = new ByteStream(() => {
    place.transportEnded();
    connection?.ended();
  });
  const { refusal: full } = place;
  if (full !== undefined) {
    place.transportEnded();
    return { refusal: { code: full.code, message: full.reason } };
  }
  const transport = new EventStream(stream, hub);
  connection = hub.connect(transport, streamProtocol, identity);
  connection.receive(encodeWish(wish));
  const refusal = await transport.ready;
  if (refusal === undefined) return { body: stream.body };
  // Nobody will read it.
  stream.discard();
  stream.end();
  return { refusal };
}

/** What a connection writes to. */
class EventStream implements Transport {
  /** Resolves once all that was asked for is done, or with what was refused first. */
  readonly ready: Promise<Refusal | undefined>;
  readonly #stream: ByteStream;
  readonly #hub: Hub;
  readonly #cursor = new Map<string, StreamPosition>();
  readonly #setReady: (refusal: Refusal | undefined) => void;

  constructor(stream: ByteStream, hub: Hub) {
    const { promise, resolve } = Promise.withResolvers<Refusal | undefined>();
    this.ready = promise;
    this.#setReady = resolve;
    this.#stream = stream;
    this.#hub = hub;
    this.#advise(RETRY_MS);
  }

  get bufferedAmount(): number {
    return this.#stream.bufferedAmount;
  }

  send(frame: Frame): void {
    const { forms, whole } = eventForms.get(frame);
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
      const farewell = streamProtocol.encodeFarewell(told);
      if (farewell !== undefined) this.send(farewell);
    }
    if (code === disconnects.shutdown.code) this.#advise(SHUTDOWN_RETRY_MS);
    this.#stream.end();
  }

  #send({ event, bytes }: EventForm): void {
    this.#keep(event);
    switch (event.type) {
      case "ready":
        return this.#setReady(undefined);
      case "ping":
        return this.#stream.write(COMMENT);
      case "error":
        return this.#setReady(decodeError(event));
    }
    if (event.place === undefined) return this.#stream.write(bytes);
    // In front of the data, so that an event counts with its place or not at all.
    const id = encoder.encode(fieldLines("id", encodeCursor(this.#cursor)));
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
    const ms = Math.round(leastMs * (1 + this.#hub.chance.random()));
    this.#stream.write(encoder.encode(`${fieldLines("retry", String(ms))}\n`));
  }
}
