/** Streams of the Centrifuge protocol over HTTP: replies and pushes come down, commands come as requests (§1). */

import type { Connection } from "../hub/connection.ts";
import { disconnects } from "../base/disconnect.ts";
import type { Hub } from "../hub/hub.ts";
import { dataLines } from "../protocol/events.ts";
import type { Frame, Protocol } from "../protocol/types.ts";
import type { Transport } from "../base/transport.ts";
import { ByteStream } from "./byte_stream.ts";
import type { AdmissionSlot } from "./admission_slot.ts";
import { SharedFrames } from "./shared_frames.ts";

/** Bytes of frames in one format. */
type Format = SharedFrames<Uint8Array<ArrayBuffer>>;

const encoder = new TextEncoder();

const FORMATS: Readonly<Record<"lines" | "events", Format>> = {
  lines: new SharedFrames((frame) => encoder.encode(`${frame}\n`)),
  events: new SharedFrames((frame) => encoder.encode(dataLines(frame))),
};

/** Options of {@linkcode openHttpStream}. */
export interface HttpStreamOptions {
  /** Protocol of the client. */
  readonly protocol: Protocol;
  /** One message a line, or the events of an `EventSource`. */
  readonly format: "lines" | "events";
  /** First commands of the client. */
  readonly commands: string;
  /** Slot of the response; see `takeSlot`. */
  readonly slot: AdmissionSlot;
  /** Headers of its request, where they are kept. */
  readonly headers?: Headers;
}

/**
 * Registers a client that reads the returned stream, and sends its later commands to
 * a session.
 */
export function openHttpStream(
  hub: Hub,
  { protocol, format, commands, slot, headers }: HttpStreamOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let connection: Connection | undefined = undefined;
  const stream = new ByteStream(() => {
    slot.written();
    connection?.ended();
  });
  const transport = new HttpStream(stream, FORMATS[format], protocol);
  // A comment shows an EventSource that it is open. No CR: some read it as half a line end.
  if (format === "events") stream.write(encoder.encode(":\n\n"));
  connection = hub.connect(transport, protocol, undefined, headers);
  connection.rates.shareByAddress(slot.party);
  hub.openSession(connection);
  connection.receive(commands);
  return stream.body;
}

/** Transport of such a stream's connection. */
class HttpStream implements Transport {
  readonly #stream: ByteStream;
  readonly #format: Format;
  readonly #protocol: Protocol;

  constructor(stream: ByteStream, format: Format, protocol: Protocol) {
    this.#stream = stream;
    this.#format = format;
    this.#protocol = protocol;
  }

  get bufferedAmount(): number {
    return this.#stream.bufferedAmount;
  }

  send(frame: Frame): void {
    // The protocols of streams write text.
    this.#stream.write(this.#format.get(String(frame)));
  }

  /** A slow client loses what it has not taken, and is still sent the reason. */
  close(code: number): void {
    if (code === disconnects.slow.code) {
      this.#stream.discard();
      const disconnectFrame = this.#protocol.encodeDisconnect(disconnects.slow);
      if (disconnectFrame !== undefined) this.send(disconnectFrame);
    }
    this.#stream.end();
  }
}
