/** Streams of the Centrifuge protocol over HTTP: replies and pushes come down, commands come as requests (§1). */

import type { Connection } from "../hub/connection.ts";
import {
  type Disconnect,
  disconnects,
  readCloseReason,
} from "../base/disconnect.ts";
import type { Hub } from "../hub/hub.ts";
import { dataLines } from "../protocol/events.ts";
import {
  centrifugeProtocol,
  encodeDisconnect as encodeJsonDisconnect,
} from "../protocol/centrifuge.ts";
import {
  encodeDisconnect,
  protobufProtocol,
} from "../protocol/centrifuge_protobuf.ts";
import type { Frame, Protocol } from "../protocol/types.ts";
import type { Transport, TransportKind } from "../base/transport.ts";
import { ByteStream } from "./byte_stream.ts";
import type { AdmissionSlot } from "./admission_slot.ts";
import { SharedFrames } from "./shared_frames.ts";

/** Format of a stream: its protocol, and its frames as bytes. */
interface Format {
  readonly kind: TransportKind;
  readonly protocol: Protocol;
  readonly frames: SharedFrames<Uint8Array<ArrayBuffer>>;
  /** Writes the last frame. */
  readonly encodeDisconnect: (
    disconnect: Omit<Disconnect, "reconnect">,
  ) => Frame;
}

const encoder = new TextEncoder();

/** JSON a line each, JSON in the events of an `EventSource`, or protobuf. */
const FORMATS = {
  lines: {
    kind: "http_stream",
    protocol: centrifugeProtocol,
    frames: new SharedFrames((frame) => encoder.encode(`${frame}\n`)),
    encodeDisconnect: encodeJsonDisconnect,
  },
  events: {
    kind: "sse",
    protocol: centrifugeProtocol,
    frames: new SharedFrames((frame) => encoder.encode(dataLines(`${frame}`))),
    encodeDisconnect: encodeJsonDisconnect,
  },
  messages: {
    kind: "http_stream",
    protocol: protobufProtocol,
    frames: new SharedFrames((frame) =>
      typeof frame === "string" ? encoder.encode(frame) : new Uint8Array(frame)
    ),
    encodeDisconnect,
  },
} as const satisfies Readonly<Record<string, Format>>;

/** Options of {@linkcode openHttpStream}. */
export interface HttpStreamOptions {
  /** Form of the stream. */
  readonly format: keyof typeof FORMATS;
  /** First commands of the client. */
  readonly commands: Frame;
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
  const { protocol } = FORMATS[format];
  const transport = new HttpStream(stream, FORMATS[format]);
  // A comment shows an EventSource that it is open. No CR: some read it as half a line end.
  if (format === "events") stream.write(encoder.encode(":\n\n"));
  connection = hub.connect(transport, protocol, undefined, headers);
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

  constructor(stream: ByteStream, format: Format) {
    this.kind = format.kind;
    this.#stream = stream;
    this.#format = format;
  }

  get bufferedAmount(): number {
    return this.#stream.bufferedAmount;
  }

  send(frame: Frame): void {
    this.#stream.write(this.#format.frames.get(frame));
  }

  /** The last frame has the reason. A slow client loses what it has not taken. */
  close(code: number, reason: string): void {
    if (code === disconnects.slow.code) this.#stream.discard();
    const disconnect = { code, ...readCloseReason(reason) };
    this.send(this.#format.encodeDisconnect(disconnect));
    this.#stream.end();
  }
}
