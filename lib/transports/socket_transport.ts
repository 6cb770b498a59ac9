/** Way to a client over its WebSocket. */

import type { Clock } from "../base/clock.ts";
import { lengthOf } from "../base/publication.ts";
import type { Transport } from "../base/transport.ts";

/** Milliseconds without a frame after which a client counts as quiet: at first, and once one has come. */
const FIRST_QUIET_MS = 20;
const QUIET_MS = 100;
/** Milliseconds for which a close waits at most for that. */
const MAX_WAIT_MS = 1_000;
/** Frames, and KiB of them, that may come in while it waits: a client that floods the server is closed at once. */
const MAX_BEHIND = 1_536;

/**
 * Sends the frames of one connection. Its close waits until the client is quiet, for a
 * frame that comes in behind a close ends the TCP connection at once: Deno does so, and
 * the kernel where bytes are unread. The client would not get the code.
 */
export class SocketTransport implements Transport {
  readonly #socket: Transport;
  readonly #clock: Clock;
  /** True if a frame has come in since the last look. */
  #isNew = false;
  #stopLooking: (() => void) | undefined;
  /** Closes at once; `undefined` until the close. */
  #close: (() => void) | undefined;
  /** Frames and KiB that have come in since then. */
  #behind = 0;

  /** Sends over an open socket. */
  constructor(socket: Transport, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
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
    this.#isNew = true;
    if (this.#close === undefined) return;
    this.#behind += 1 + lengthOf(frame) / 1_024;
    if (this.#behind > MAX_BEHIND) this.#close();
  }

  /** Closes the socket once its client is quiet, or does not become so. */
  close(code: number, reason: string): void {
    const deadline = this.#clock.now + MAX_WAIT_MS;
    const closeNow = this.#close = () => {
      this.#close = undefined;
      this.#stopLooking?.();
      this.#socket.close(code, reason);
    };
    const look = () => {
      if (!this.#isNew || this.#clock.now >= deadline) return closeNow();
      this.#isNew = false;
      this.#stopLooking = this.#clock.after(QUIET_MS, look);
    };
    this.#isNew = false;
    this.#stopLooking = this.#clock.after(FIRST_QUIET_MS, look);
  }

  /** Notes that the socket has ended. */
  ended(): void {
    this.#stopLooking?.();
  }
}
