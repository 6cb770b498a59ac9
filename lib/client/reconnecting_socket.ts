/** A WebSocket that opens again by itself, over as many sockets, one after the other, as it takes. */

import type { Clock } from "../base/clock.ts";
import { GONE, readCloseReason } from "../base/disconnect.ts";
import type { TokenOptions } from "./token_keeper.ts";

/** Part of a `WebSocket` that the client uses. */
export type WebSocketLike =
  & EventTarget
  & Pick<WebSocket, "binaryType" | "bufferedAmount" | "readyState">
  & Pick<WebSocket, "close" | "send">
  & {
    /** Frames that have certainly not arrived, once it is closed. A `WebSocket` does not know. */
    readonly undelivered?: readonly string[];
  };

/** Makes WebSockets: the browser's `WebSocket`, or a replacement for it. */
export type WebSocketConstructor =
  & (new (url: string) => WebSocketLike)
  & {
    /** Takes the token of all its sockets, if they send it by themselves; such a socket is open once it is accepted. */
    readonly authenticate?: (options: TokenOptions) => void;
  };

/** The end of a connection. */
export interface SocketClose {
  /** The close code (RFC 6455, section 7.4); 1006 when the other side sent none. */
  readonly code: number;
  /** The reason that the closing side gave; often empty. */
  readonly reason: string;
  /** True if both sides agreed to close. */
  readonly wasClean: boolean;
  /** Milliseconds after which the server wants the client back, if it said so. */
  readonly retryAfterMs?: number;
}

/** Options of {@linkcode ReconnectingSocket}. */
export interface ReconnectingSocketOptions {
  /** Makes the sockets. */
  readonly WebSocket: WebSocketConstructor;
  /** Source of the time. */
  readonly clock: Clock;
  /** Milliseconds after which an attempt to connect counts as failed. */
  readonly connectTimeoutMs: number;
  /** Milliseconds to wait before the given attempt; attempt 0 is the first. */
  readonly delayMs: (attempt: number) => number;
  /** Done before each attempt, which fails if it does; nothing if left out. */
  readonly prepare?: () => Promise<void>;
  /** Decides whether another attempt may succeed. */
  readonly mayReconnect: (close: SocketClose) => boolean;
  /** Called when a socket was made. */
  readonly onAttempt: () => void;
  /** Called when a socket is open. */
  readonly onOpen: () => void;
  /** Called with every frame. */
  readonly onFrame: (data: string | ArrayBuffer) => void;
  /**
   * Called once for every connection, and every attempt at one, that ended, with
   * the frames that it took and has certainly not sent. No attempt follows a final one.
   */
  readonly onClose: (
    close: SocketClose,
    details: {
      readonly undelivered: readonly string[];
      readonly isFinal: boolean;
    },
  ) => void;
}

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;

/** Milliseconds for which a connection has to stay open before the attempts are counted anew. */
const STABLE_MS = 5_000;

/** The longest time that a server may keep a client away, in milliseconds. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/** The end of a socket from which no close frame came. */
const ABANDONED: SocketClose = { code: GONE.code, reason: "", wasClean: false };

/** Opens sockets until it is closed, or until the server closes one for good. */
export class ReconnectingSocket {
  readonly #url: string;
  readonly #options: ReconnectingSocketOptions;
  #socket: WebSocketLike | undefined;
  /** The attempt that is being prepared. */
  #preparation: Promise<void> | undefined;
  /** Removes the listeners of the current socket. */
  #detach: (() => void) | undefined;
  /** Cancels the timer that runs: for the next attempt, the handshake or a stable connection. */
  #cancelTimer: (() => void) | undefined;
  #retryCount = 0;
  #nextAttemptAt: number | undefined;

  /** Makes one that is closed. */
  constructor(url: string, options: ReconnectingSocketOptions) {
    this.#url = url;
    this.#options = options;
  }

  /** 0 connecting, 1 open, 2 closing, 3 closed; 3 also between two attempts. */
  get readyState(): number {
    const isPreparing = this.#preparation !== undefined;
    return this.#socket?.readyState ?? (isPreparing ? CONNECTING : CLOSED);
  }

  /** Bytes handed to the socket that the network has not taken yet. */
  get bufferedAmount(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  /** Attempts since the connection was last open for five seconds; the first is 0. */
  get retryCount(): number {
    return this.#retryCount;
  }

  /** Time of the next attempt, in milliseconds since 1970; undefined if none is scheduled. */
  get nextAttemptAt(): number | undefined {
    return this.#nextAttemptAt;
  }

  /** Connects now, without waiting for the next attempt; an open connection stays as it is. */
  open(): void {
    if (this.readyState <= OPEN) return;
    if (this.#socket !== undefined) return this.#replace(ABANDONED);
    this.#retryCount = 0;
    this.#attempt();
  }

  /** Closes the socket and connects anew, in this order. */
  reopen(close: SocketClose): void {
    this.#shut(close);
    this.#replace(close);
  }

  /** Closes the socket, or cancels the attempt, and stays closed until {@linkcode ReconnectingSocket.open}. */
  close(close: SocketClose): void {
    this.#stopTimer();
    if (this.readyState === CLOSED && this.#socket === undefined) return;
    this.#shut(close);
    this.#end(close);
  }

  /** Hands the frame to an open socket, or returns false. */
  send(data: string): boolean {
    if (this.#socket?.readyState !== OPEN) return false;
    this.#socket.send(data);
    return true;
  }

  #attempt(): void {
    const { connectTimeoutMs, prepare } = this.#options;
    this.#startTimer(connectTimeoutMs, () => {
      this.#shut({ code: 1000, reason: "timeout" });
      this.#lost({ ...ABANDONED, reason: "handshake timeout" });
    });
    if (prepare === undefined) return this.#connect();
    const preparation = prepare();
    this.#preparation = preparation;
    preparation.then(() => {
      if (this.#preparation === preparation) this.#connect();
    }, (error) => {
      if (this.#preparation !== preparation) return;
      this.#lost({ ...ABANDONED, reason: String(error) });
    });
  }

  #connect(): void {
    const { WebSocket, onAttempt } = this.#options;
    this.#preparation = undefined;
    try {
      this.#socket = new WebSocket(this.#url);
    } catch (error) {
      // A page may not open this URL, such as ws: on a page of https:.
      return this.#lost({ ...ABANDONED, reason: String(error) });
    }
    this.#socket.binaryType = "arraybuffer";
    this.#listen(this.#socket);
    onAttempt();
  }

  /** Listens to all but `error`, which carries no reason and is always followed by `close`. */
  #listen(socket: WebSocketLike): void {
    const { onOpen, onFrame } = this.#options;
    const listeners = Object.entries({
      open: () => {
        this.#startTimer(STABLE_MS, () => this.#retryCount = 0);
        onOpen();
      },
      message: ({ data }: Event & { data?: string | ArrayBuffer }) => {
        if (data !== undefined) onFrame(data);
      },
      // Packages for WebSockets bring a class `CloseEvent` of their own.
      close: (event: Event & Partial<SocketClose>) => {
        const { code = GONE.code, wasClean = false, retryAfterMs } = event;
        const advice = readCloseReason(event.reason ?? "");
        const known = retryAfterMs === undefined ? {} : { retryAfterMs };
        this.#lost({ code, wasClean, ...known, ...advice });
      },
    });
    for (const [type, each] of listeners) socket.addEventListener(type, each);
    this.#detach = () => {
      for (const [type, each] of listeners) {
        socket.removeEventListener(type, each);
      }
    };
  }

  /** Schedules the next attempt, unless there is to be none, and then reports the end. */
  #lost(close: SocketClose): void {
    const isFinal = !this.#options.mayReconnect(close);
    if (isFinal) this.#stopTimer();
    else this.#schedule(this.#retryCount + 1, close.retryAfterMs);
    this.#end(close, isFinal);
  }

  #replace(close: SocketClose): void {
    this.#schedule(0);
    this.#end(close);
  }

  /** A server's appointment is kept to; one that refuses again and again is given more time. */
  #schedule(attempt: number, retryAfterMs?: number): void {
    const { clock, delayMs } = this.#options;
    const backoffMs = delayMs(attempt);
    const leastMs = attempt > 1 ? backoffMs : 0;
    const waitMs = retryAfterMs === undefined
      ? backoffMs
      : Math.max(Math.min(retryAfterMs, MAX_RETRY_AFTER_MS), leastMs);
    this.#retryCount = attempt;
    this.#startTimer(waitMs, () => this.#attempt());
    this.#nextAttemptAt = clock.wallTime + waitMs;
  }

  /** Closes the socket; its own `close` event is ignored, whether it comes now, later or never. */
  #shut({ code, reason }: Pick<SocketClose, "code" | "reason">): void {
    this.#detach?.();
    this.#socket?.close(code, reason);
  }

  #end(close: SocketClose, isFinal = false): void {
    const { undelivered = [] } = this.#socket ?? {};
    this.#detach?.();
    this.#socket = this.#preparation = undefined;
    this.#options.onClose(close, { undelivered, isFinal });
  }

  #startTimer(ms: number, callback: () => void): void {
    this.#stopTimer();
    this.#cancelTimer = this.#options.clock.after(ms, callback);
  }

  #stopTimer(): void {
    this.#cancelTimer?.();
    this.#nextAttemptAt = undefined;
  }
}
