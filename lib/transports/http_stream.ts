/** Streams of the Centrifuge protocol over HTTP: replies and pushes come down, commands come as requests (§1). */

import type { Connection } from "../hub/connection.ts";
import { disconnects, readCloseReason } from "../base/disconnect.ts";
import type { Hub } from "../hub/hub.ts";
import { encodeDisconnect } from "../protocol/centrifuge_replies.ts";
import { dataLines } from "../protocol/events.ts";
import { centrifugeProtocol } from "../protocol/centrifuge.ts";
import type { Frame } from "../protocol/types.ts";
import type { Transport, TransportKind } from "../base/transport.ts";
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
  { format, commands, slot, headers }: HttpStreamOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let connection: Connection | undefined = undefined;
  const stream = new ByteStream(() => {
    slot.written();
    connection?.ended();
  });
  const transport = new HttpStream(stream, format);
  // A comment shows an EventSource that it is open. No CR: some read it as half a line end.
  if (format === "events") stream.write(encoder.encode(":\n\n"));
  connection = hub.connect(transport, centrifugeProtocol, undefined, headers);
  connection.countFor(slot.group);
  hub.openSession(connection);
  connection.receive(commands);
  return stream.body;
}

/** Transport of such a stream's connection. */
class HttpStream implements Transport {
  readonly kind: TransportKind;
  readonly #stream: ByteStream;
  readonly #format: Format;

  constructor(stream: ByteStream, format: keyof typeof FORMATS) {
    this.kind = format === "lines" ? "http_stream" : "sse";
    this.#stream = stream;
    this.#format = FORMATS[format];
  }

  get bufferedAmount(): number {
    return this.#stream.bufferedAmount;
  }

  send(frame: Frame): void {
    // The protocols of streams write text.
    this.#stream.write(this.#format.get(String(frame)));
  }

  /** The last line has the reason. A slow client loses what it has not taken. */
  close(code: number, reason: string): void {
    if (code === disconnects.slow.code) this.#stream.discard();
    this.send(encodeDisconnect({ code, ...readCloseReason(reason) }));
    this.#stream.end();
  }
}
