/** Way to a client over its WebSocket. */

import type { Clock } from "../base/clock.ts";
import { lengthOf } from "../base/publication.ts";
import type { Transport } from "../base/transport.ts";

/** Milliseconds for which a close looks at what comes in, at first and in a burst, and for which it waits for a frame. */
const LOOK_MS = 20;
const BURST_LOOK_MS = 100;
const NEXT_FRAME_MS = 60;
/** Frames in one look above which they are a burst: some may be unread. */
const FEW_FRAMES = 40;
/** Milliseconds for which a close waits at most for the end of a burst: less than a drain has. */
const MAX_WAIT_MS = 500;
/** Frames, and KiB of them, that may come in while it waits: a client that floods the server is closed at once. */
const MAX_BEHIND = 1_536;

/** Time and callback of a {@linkcode SocketTransport}. */
export interface SocketTransportOptions {
  readonly clock: Clock;
  /** Called when the socket cannot be closed. */
  onError(error: unknown): void;
}

/** Sends the frames of one connection. Its close waits for its moment: see {@linkcode PendingClose}. */
export class SocketTransport implements Transport {
  readonly #socket: Transport;
  readonly #options: SocketTransportOptions;
  #close: PendingClose | undefined;

  /** Sends over an open socket. */
  constructor(socket: Transport, options: SocketTransportOptions) {
    this.#socket = socket;
    this.#options = options;
  }

  /** Bytes queued and not yet taken by the network. */
  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  /** Queues one frame. */
  send(frame: string | ArrayBuffer): void {
    this.#socket.send(frame);
  }

  /** Notes that a frame has come in. */
  received(frame: string | ArrayBuffer): void {
    this.#close?.received(frame);
  }

  /** Closes the socket in a moment. */
  close(code: number, reason: string): void {
    this.ended();
    this.#close = new PendingClose(this.#options.clock, () => {
      this.#close = undefined;
      try {
        this.#socket.close(code, reason);
      } catch (error) {
        // A throw at a timer would end the process.
        this.#options.onError(error);
      }
    });
  }

  /** Notes that the socket has ended. */
  ended(): void {
    this.#close?.cancel();
    this.#close = undefined;
  }
}

/**
 * Close that waits for a moment in which no frame of the client is likely to be unread:
 * one that comes in behind a close ends the TCP connection at once, by Deno and by the
 * kernel, and the client does not get the code. That is after a burst, and right behind
 * a frame of a client that goes on sending.
 */
class PendingClose {
  readonly #clock: Clock;
  readonly #close: () => void;
  /** Time from which a burst is not waited for any more. */
  readonly #deadline: number;
  /** Frames that have come in since the last look. */
  #received = 0;
  /** Frames and KiB that have come in since the close was asked for. */
  #behind = 0;
  /** True if the next frame is the moment. */
  #awaitsFrame = false;
  #cancelLook: (() => void) | undefined;

  constructor(clock: Clock, close: () => void) {
    this.#clock = clock;
    this.#close = close;
    this.#deadline = clock.now + MAX_WAIT_MS;
    this.#lookAfter(LOOK_MS);
  }

  received(frame: string | ArrayBuffer): void {
    this.#received++;
    this.#behind += 1 + lengthOf(frame) / 1_024;
    if (this.#behind > MAX_BEHIND) return this.#closeNow();
    if (!this.#awaitsFrame) return;
    this.#awaitsFrame = false;
    this.#received = 0;
    this.cancel();
    this.#cancelLook = this.#clock.soon(this.#look);
  }

  cancel(): void {
    this.#cancelLook?.();
  }

  #lookAfter(ms: number): void {
    this.#received = 0;
    this.#cancelLook = this.#clock.after(ms, this.#look);
  }

  readonly #look = (): void => {
    const lateMs = this.#clock.now - this.#deadline;
    if (this.#received === 0 || lateMs > NEXT_FRAME_MS) {
      return this.#closeNow();
    }
    if (this.#received > FEW_FRAMES && lateMs < 0) {
      return this.#lookAfter(BURST_LOOK_MS);
    }
    this.#awaitsFrame = true;
    this.#lookAfter(NEXT_FRAME_MS);
  };

  #closeNow(): void {
    this.cancel();
    this.#close();
  }
}
