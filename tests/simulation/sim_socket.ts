/** Socket between a simulated client and a hub: delays, cuts, readers that are stuck and links that are half open. */

import { disconnects } from "../../lib/base/disconnect.ts";
import type { Ledger } from "./ledger.ts";
import { fromProtobuf, toProtobuf } from "./protobuf_codec.ts";
import type { SeededRandom } from "./seeded_random.ts";
import type { Process, Timeline } from "./timeline.ts";

/** Bytes that the kernel takes before they count as buffered. */
const KERNEL_BYTES = 1_500;
/** Frames that end a connection may come on top of the budget. */
const FAREWELL = /"disconnect":|^Network connection timeout!$/;
const GAP_MS = 0.001;
const SLOW = disconnects.slow.code;
/** Close code of a connection that ended without a close frame. */
export const CUT = 1006;

/** Callbacks of a client. */
export interface SocketClient {
  /** True if its frames are protobuf; it has them as lines of JSON. */
  readonly isProtobuf: boolean;
  onOpen(): void;
  onFrame(frame: string): void;
  onClose(code: number): void;
}

/** Parts that a socket needs. */
export interface SocketOptions {
  readonly timeline: Timeline;
  readonly random: SeededRandom;
  /** Isolate of the hub. */
  readonly process: Process;
  readonly client: SocketClient;
  readonly ledger: Ledger;
  /** Unsent bytes up to which the hub may send; a single longer frame only where nothing is unsent. */
  readonly budgetBytes: number;
  /** Called once the hub has accepted it, or refused it. */
  readonly onAccept: () => void;
  /** Called with each frame that the hub sends. */
  readonly onSend: (frame: string) => void;
  /** Called when the hub closes a client as slow that has always read. */
  readonly onUnjustlySlow: () => void;
  /** Called with the code when the hub closes it. */
  readonly onClosing: (code: number) => void;
  /** Called when both sides have ended. */
  readonly onEnd: () => void;
}

/** One thing on its way to the client: a frame, or the close frame with its code. */
interface Departure {
  readonly at: number;
  readonly frame: string;
  readonly bytes: number;
  readonly code?: number;
}

/**
 * Both ends of one connection. The hub's end has what `acceptWebSocket` uses of a
 * WebSocket; each direction keeps its order, as TCP does.
 */
export class SimSocket {
  binaryType = "blob";
  onopen: () => void = () => {};
  onmessage: (event: { readonly data: string | ArrayBuffer }) => void =
    () => {};
  onclose: () => void = () => {};
  /** Time until which the client does not read. */
  #stuckUntil = 0;
  /** True if there was a time in which it did not read. */
  #wasStuck = false;
  /** True if nothing arrives any more, and neither side is notified. */
  isHalfOpen = false;
  readonly #options: SocketOptions;
  readonly #departures: Departure[] = [];
  readonly #delayMs: number;
  #queuedBytes = 0;
  #lastDown = 0;
  #lastUp = 0;
  #isServerClosed = false;
  #isServerNotified = false;
  #isClientClosed = false;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#delayMs = options.random.pick([0.2, 2, 15]);
  }

  /** True until the client has noticed the end. */
  get isOpen(): boolean {
    return !this.#isClientClosed;
  }

  /** True while the client does not read. */
  get isStuck(): boolean {
    return this.#stuckUntil > this.#options.timeline.now;
  }

  /** Lets the client read nothing for a while. */
  stick(ms: number): void {
    const { timeline } = this.#options;
    this.#wasStuck = true;
    this.#stuckUntil = Math.max(timeline.now + ms, this.#stuckUntil);
    timeline.at(this.#stuckUntil, () => this.#deliver());
  }

  /** Lets the client read again. */
  unstick(): void {
    this.#stuckUntil = 0;
    this.#deliver();
  }

  /** True once the hub has closed it. */
  get isClosedByHub(): boolean {
    return this.#isServerClosed;
  }

  get bufferedAmount(): number {
    if (this.#isServerClosed) return 0;
    return Math.max(0, this.#queuedBytes - KERNEL_BYTES);
  }

  /** Opens both ends after the handshake. */
  open(): void {
    const { client, onAccept } = this.#options;
    this.#up(() => {
      this.onopen();
      onAccept();
      if (!this.isHalfOpen) this.#down(() => client.onOpen());
    });
  }

  /** The hub's `send`. */
  send(frame: string | ArrayBuffer): void {
    if (this.#isServerClosed) return;
    const { budgetBytes, ledger, onSend } = this.#options;
    const isText = typeof frame === "string";
    const text = isText ? frame : fromProtobuf(frame);
    const bytes = isText ? frame.length : frame.byteLength;
    const unsent = this.bufferedAmountOf();
    const isAbove = unsent > 0 && unsent + bytes > budgetBytes;
    if (isAbove && !FAREWELL.test(text)) {
      ledger.report(
        `sent ${bytes} bytes above the budget: ${unsent} are unsent`,
      );
    }
    onSend(text);
    this.#queuedBytes += bytes;
    this.#depart({ at: this.#nextDown(), frame: text, bytes });
  }

  /** True count of the buffered bytes, also where `bufferedAmount` was replaced. */
  bufferedAmountOf(): number {
    return Math.max(0, this.#queuedBytes - KERNEL_BYTES);
  }

  /** The hub's `close`. */
  close(code: number): void {
    if (this.#isServerClosed) return;
    this.#isServerClosed = true;
    const hasRead = !this.#wasStuck && !this.isHalfOpen;
    if (code === SLOW && hasRead) this.#options.onUnjustlySlow();
    this.#options.onClosing(code);
    this.#depart({ at: this.#nextDown(), frame: "", bytes: 0, code });
  }

  /** The client's `send`. */
  clientSend(frame: string): void {
    if (this.#isClientClosed || this.isHalfOpen) return;
    this.#up(() => {
      if (this.isHalfOpen || this.#isServerClosed) return;
      const { isProtobuf } = this.#options.client;
      this.onmessage({ data: isProtobuf ? toProtobuf(frame) : frame });
    });
  }

  /** The client's end: it forgets the connection; the hub is notified unless the link is half open. */
  clientClose(): void {
    if (this.#isClientClosed) return;
    this.#isClientClosed = true;
    if (!this.isHalfOpen) this.#endServer();
  }

  /** Breaks the link: what is on its way is lost, and both sides are notified. */
  cut(): void {
    this.#departures.length = 0;
    this.isHalfOpen = true;
    this.#endServer();
    this.#endClient(CUT);
  }

  /** Ends the client's side at the death of the isolate. */
  reset(): void {
    this.#isServerClosed = true;
    this.#isServerNotified = true;
    this.#departures.length = 0;
    this.#endClient(CUT);
  }

  #endServer(): void {
    this.#up(() => {
      if (this.#isServerNotified) return;
      this.#isServerNotified = true;
      this.#isServerClosed = true;
      if (this.#isClientClosed) this.#options.onEnd();
      this.onclose();
    });
  }

  #endClient(code: number): void {
    if (this.#isClientClosed) return;
    this.#isClientClosed = true;
    if (this.#isServerNotified) this.#options.onEnd();
    this.#options.timeline.at(this.#nextDown(), () => {
      this.#options.client.onClose(code);
    });
  }

  #depart(departure: Departure): void {
    this.#departures.push(departure);
    this.#options.timeline.at(departure.at, () => this.#deliver());
  }

  #deliver(): void {
    const { timeline, client } = this.#options;
    for (;;) {
      const first = this.#departures[0];
      if (first === undefined || first.at > timeline.now) return;
      if (this.isStuck || this.isHalfOpen) return;
      this.#departures.shift();
      this.#queuedBytes -= first.bytes;
      if (this.#isClientClosed) continue;
      if (first.code === undefined) client.onFrame(first.frame);
      else {
        // The close frame is answered.
        this.#endClient(first.code);
        this.#endServer();
      }
    }
  }

  #nextDown(): number {
    const at = this.#options.timeline.now + this.#delay();
    return this.#lastDown = Math.max(at, this.#lastDown + GAP_MS);
  }

  #down(callback: () => void): void {
    this.#options.timeline.at(this.#nextDown(), () => {
      if (!this.#isClientClosed) callback();
    });
  }

  #up(callback: () => void): void {
    const { timeline, process } = this.#options;
    const at = timeline.now + this.#delay();
    this.#lastUp = Math.max(at, this.#lastUp + GAP_MS);
    timeline.at(this.#lastUp, callback, process);
  }

  #delay(): number {
    return this.#delayMs * this.#options.random.between(0.5, 2);
  }
}
