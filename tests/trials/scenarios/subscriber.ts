/** A subscriber of the SDKs' protocol on plain TCP: cheap enough for thousands, it checks what it gets, and it can be cut. */

import { clientFrame } from "../../../bench/client_frame.ts";
import { FrameCounter, type OtherFrame } from "../../../bench/frame_counter.ts";
import { readCloseReason } from "../../../lib/base/disconnect.ts";
import { DEFAULT_CHANNEL_OPTIONS } from "../../../lib/channel/channel_options.ts";
import { deadline } from "../../support/deadline.ts";
import { OPCODE, parseClose } from "../../support/frame.ts";
import { formatRequest } from "../../support/raw_http.ts";

/** What a subscriber has found out since it was made. */
export interface Counts {
  /** Publications, live and recovered. */
  received: number;
  /** Publications that were skipped, without notice. */
  missing: number;
  /** Publications that came again. */
  twice: number;
  /** Publications with the data of another place. */
  misplaced: number;
  /** Returns after which the hub said that all was recovered. */
  recovered: number;
  /** Returns after which it said that this was not possible. */
  unrecovered: number;
  /** Those of them that missed no more than {@linkcode SubscriberOptions.window}. */
  denied: number;
}

/** The close frame of the server. */
export interface ServerClose {
  readonly code: number;
  readonly retryAfterMs?: number;
}

/** Where and how a subscriber connects. */
export interface SubscriberOptions {
  readonly channel: string;
  /** The `http:` URL of a server, asked for each connection. */
  readonly url: () => string;
  /** Whether the offsets of its channel are 1, 2, 3 and so on; else they rise. @default {true} */
  readonly isDense?: boolean;
  /** Missed publications that it has to recover. @default {the hub's `recoverySize`} */
  readonly window?: number;
  /** Bytes of the read buffer. @default {16_384} */
  readonly readBufferBytes?: number;
  /** Called once when a connection ends that was not cut here. */
  readonly onEnd?: (close: ServerClose | undefined) => void;
}

interface Push {
  readonly id?: number;
  readonly error?: unknown;
  readonly push?: { readonly pub?: Publication };
  readonly subscribe?: {
    readonly recovered?: boolean;
    readonly epoch?: string;
    readonly offset?: number;
    readonly publications?: readonly Publication[];
  };
}

interface Publication {
  readonly offset: number;
  readonly data: number;
}

const TIMEOUT_MS = 60_000;
const CONNECT_ID = 1;
const SUBSCRIBE_ID = 2;
const PONG = clientFrame("{}");
const HEAD_END = "\r\n\r\n";
const decoder = new TextDecoder();

/** One subscriber of one channel, whose n-th publication has the data n. */
export class Subscriber {
  readonly counts: Counts = {
    received: 0,
    missing: 0,
    twice: 0,
    misplaced: 0,
    recovered: 0,
    unrecovered: 0,
    denied: 0,
  };
  /** Number of the newest publication that it has: 1 is the first of the channel. */
  newest = 0;
  readonly #options: SubscriberOptions;
  #offset = 0;
  #epoch = "";
  #conn: Deno.TcpConn | undefined;
  #close: ServerClose | undefined;
  #subscribed = Promise.withResolvers<void>();

  constructor(options: SubscriberOptions) {
    this.#options = options;
  }

  /** The channel that it is subscribed to. */
  get channel(): string {
    return this.#options.channel;
  }

  /** True while its connection is open. */
  get isOpen(): boolean {
    return this.#conn !== undefined;
  }

  /** Connects, and subscribes from where it stands; rejects if that is refused. */
  async connect(timeoutMs: number = TIMEOUT_MS): Promise<void> {
    const url = new URL("/connection/websocket", this.#options.url());
    const conn = await Deno.connect({
      hostname: url.hostname,
      port: Number(url.port),
    });
    this.#conn = conn;
    this.#close = undefined;
    this.#subscribed = Promise.withResolvers();
    // It may be cut before anything waits for it.
    this.#subscribed.promise.catch(() => {});
    void this.#read(conn);
    const awaited = `a subscription to ${this.#options.channel}`;
    try {
      // Small messages would wait for the acknowledgement of the one before.
      conn.setNoDelay(true);
      const hello = clientFrame(this.#commands());
      const head = new TextEncoder().encode(formatRequest(url, {}));
      await writeAll(conn, Uint8Array.from([...head, ...hello]));
      await deadline(this.#subscribed.promise, { awaited, timeoutMs });
    } catch (error) {
      if (this.#conn === conn) this.cut();
      throw error;
    }
  }

  /** Ends the connection without a word. */
  cut(): void {
    const conn = this.#conn;
    this.#conn = undefined;
    conn?.close();
    this.#subscribed.reject(new Error("cut"));
  }

  get #isDense(): boolean {
    return this.#options.isDense ?? true;
  }

  #commands(): string {
    const { channel } = this.#options;
    const since = this.#epoch === ""
      ? {}
      : { recover: true, offset: this.#offset, epoch: this.#epoch };
    const connect = { id: CONNECT_ID, connect: {} };
    const subscribe = { id: SUBSCRIBE_ID, subscribe: { channel, ...since } };
    return `${JSON.stringify(connect)}\n${JSON.stringify(subscribe)}`;
  }

  async #read(conn: Deno.TcpConn): Promise<void> {
    const counter = new FrameCounter({
      onOther: (frame) => this.#take(frame, conn),
    });
    const buffer = new Uint8Array(this.#options.readBufferBytes ?? 16_384);
    let head: string | undefined = "";
    try {
      for (let count; (count = await conn.read(buffer)) !== null;) {
        if (this.#conn !== conn) return;
        let chunk = buffer.subarray(0, count);
        if (head !== undefined) {
          const before = head.length;
          head += String.fromCharCode(...chunk);
          const end = head.indexOf(HEAD_END);
          if (end < 0) continue;
          if (!head.startsWith("HTTP/1.1 101")) break;
          chunk = chunk.subarray(end + HEAD_END.length - before);
          head = undefined;
        }
        counter.push(chunk);
      }
    } catch (error) {
      if (this.#conn === conn && !isConnectionError(error)) throw error;
    }
    this.#end(conn, head);
  }

  #end(conn: Deno.TcpConn, head: string | undefined): void {
    if (this.#conn !== conn) return;
    this.#conn = undefined;
    conn.close();
    const text = head ?? JSON.stringify(this.#close);
    this.#subscribed.reject(new Error(`the server ended with ${text}`));
    this.#options.onEnd?.(this.#close);
  }

  #take({ opcode, payload }: OtherFrame, conn: Deno.TcpConn): void {
    if (opcode === OPCODE.close) {
      const { code, reason } = parseClose(payload);
      this.#close = { code, ...readCloseReason(reason) };
      return;
    }
    for (const line of decoder.decode(payload).split("\n")) {
      if (line === "{}") void writeAll(conn, PONG).catch(() => {});
      else this.#takeLine(JSON.parse(line));
    }
  }

  #takeLine({ id, error, push, subscribe }: Push): void {
    if (push?.pub !== undefined) this.#note(push.pub);
    if (error !== undefined) {
      this.#subscribed.reject(new Error(JSON.stringify(error)));
    }
    if (id !== SUBSCRIBE_ID || subscribe === undefined) return;
    const { recovered, offset = 0, epoch = "", publications = [] } = subscribe;
    if (this.#epoch !== "") {
      if (recovered === true) this.counts.recovered++;
      else {
        this.counts.unrecovered++;
        const { window = DEFAULT_CHANNEL_OPTIONS.recoverySize } = this.#options;
        if (offset - this.#offset <= window) this.counts.denied++;
      }
    }
    this.#epoch = epoch;
    if (recovered !== true) this.#skip(offset);
    publications.forEach((publication) => this.#note(publication));
    this.#subscribed.resolve();
  }

  /** Stands at a position, without what is before it. */
  #skip(offset: number): void {
    this.#offset = offset;
    if (this.#isDense) this.newest = offset;
  }

  #note({ offset, data }: Publication): void {
    const { counts } = this;
    const number = this.#isDense ? offset : data;
    const isNew = number > this.newest;
    const isInPlace = this.#isDense
      ? data === offset
      : isNew === offset > this.#offset;
    if (!isInPlace) counts.misplaced++;
    if (!isNew) {
      counts.twice++;
      return;
    }
    counts.missing += number - this.newest - 1;
    counts.received++;
    this.newest = number;
    this.#offset = offset;
  }
}

/** The sum of one count over many subscribers. */
export function sumOf(
  subscribers: readonly Subscriber[],
  name: keyof Counts,
): number {
  return subscribers.reduce((sum, { counts }) => sum + counts[name], 0);
}

async function writeAll(
  conn: Deno.TcpConn,
  bytes: Uint8Array,
): Promise<void> {
  for (let rest = bytes; rest.length > 0;) {
    rest = rest.subarray(await conn.write(rest));
  }
}

/** Whether a connection ended in one of the ways that a network has. */
export function isConnectionError(error: unknown): boolean {
  return error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.BadResource ||
    error instanceof Deno.errors.Interrupted ||
    error instanceof Deno.errors.UnexpectedEof;
}
