/** A WebSocket that opens again by itself: `partysocket/ws` without its surprises. */

import ReconnectingWebSocket, {
  CloseEvent as LocalCloseEvent,
} from "partysocket/ws";
import type { Clock } from "../base/clock.ts";
import { shouldReconnect } from "../base/disconnect.ts";
import { Pause } from "./pause.ts";

const OPEN = 1;

/** As much of a `WebSocket` as a link uses. */
export type WebSocketLike =
  & EventTarget
  & Pick<WebSocket, "binaryType" | "bufferedAmount" | "readyState">
  & Pick<WebSocket, "close" | "send">
  & {
    /** Frames that have certainly not arrived, once it is closed. A `WebSocket` cannot tell. */
    readonly undelivered?: readonly string[];
  };

/** Makes WebSockets: the browser's `WebSocket`, or anything that stands in for it. */
export type WebSocketConstructor = new (url: string) => WebSocketLike;

/** How a connection ended. */
export interface LinkClose {
  /** The close code (RFC 6455, section 7.4); 1006 when the other side sent none. */
  readonly code: number;
  /** What the side that closed had to say about it. */
  readonly reason: string;
  /** Whether both sides agreed to close. */
  readonly wasClean: boolean;
}

/** What a {@linkcode Link} is told. */
export interface LinkOptions {
  readonly WebSocket: WebSocketConstructor;
  readonly clock: Clock;
  /** Milliseconds after which an attempt to connect counts as failed. */
  readonly connectTimeoutMs: number;
  /** Milliseconds to wait before the given attempt; attempt 0 is the first. */
  readonly delayMs: (attempt: number) => number;
  readonly onAttempt: () => void;
  readonly onOpen: () => void;
  readonly onFrame: (data: string | ArrayBuffer) => void;
  /** Called once for every connection, and every attempt at one, that ended. */
  readonly onClose: (close: LinkClose) => void;
}

/** One link to a server, over as many sockets, one after the other, as it takes. */
export class Link {
  readonly #socket: ReconnectingWebSocket;
  readonly #pause: Pause;
  #ending: LinkClose | undefined;
  #latest: WebSocketLike | undefined;

  constructor(url: string, options: LinkOptions) {
    this.#pause = new Pause(options.clock);
    const nextUrl = async () => {
      const delayMs = options.delayMs(this.retryCount);
      if (delayMs > 0) await this.#pause.wait(delayMs);
      return url;
    };
    const socket = new ReconnectingWebSocket(nextUrl, null, {
      WebSocket: withoutErrors(options.WebSocket, (attempt) => {
        this.#latest = attempt;
        options.onAttempt();
      }),
      startClosed: true,
      connectionTimeout: options.connectTimeoutMs,
      // Its own delays have no chance in them and cannot be cut short: nextUrl waits instead.
      minReconnectionDelay: 0,
      // Its queue is written before the open event, thus before a token could be.
      maxEnqueuedMessages: 0,
      shouldReconnectOnClose: ({ code }) => shouldReconnect(code),
    });
    socket.binaryType = "arraybuffer";
    // Handlers, not listeners: for those it copies events, and loses close codes on the way.
    socket.onopen = () => options.onOpen();
    socket.onmessage = ({ data }) => options.onFrame(data);
    socket.onclose = (event) => {
      const close = event instanceof LocalCloseEvent ? this.#ending : event;
      if (close) options.onClose(plain(close));
    };
    // Only what never became a socket: no answer in time, or a URL that may not be opened.
    socket.onerror = ({ message }) => {
      const reason = message === "TIMEOUT" ? "handshake timeout" : message;
      options.onClose({ code: 1006, reason, wasClean: false });
    };
    this.#socket = socket;
  }

  /** 0 connecting, 1 open, 2 closing, 3 closed; 3 also between two attempts. */
  get readyState(): number {
    return this.#socket.readyState;
  }

  /** Bytes handed to the socket that the network has not taken yet. */
  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  /** Attempts since the link was last open for five seconds; the first is 0. */
  get retryCount(): number {
    return this.#socket.retryCount;
  }

  /** When the next attempt is due, in milliseconds since 1970; undefined if none waits. */
  get nextAttemptAt(): number | undefined {
    return this.#pause.endsAt;
  }

  /** Connects now, without waiting for the next attempt; an open link stays as it is. */
  open(): void {
    if (this.readyState <= OPEN) return;
    this.#socket.reconnect();
    this.#pause.end();
  }

  /** Closes the socket and connects anew, in this order. */
  drop(code: number, reason: string): void {
    this.#end({ code, reason, wasClean: false }, "reconnect");
  }

  /** Closes the socket, or gives up the attempt, and stays closed until {@linkcode Link.open}. */
  close(close: LinkClose): void {
    this.#end(close, "close");
    this.#pause.end();
  }

  /** Whether the frame was handed to an open socket. */
  send(data: string): boolean {
    return this.#socket.send(data);
  }

  /** The frames that the last socket took and has certainly not sent, each once. */
  takeUndelivered(): readonly string[] {
    const { undelivered = [] } = this.#latest ?? {};
    this.#latest = undefined;
    return undelivered;
  }

  #end(close: LinkClose, how: "reconnect" | "close"): void {
    this.#ending = close;
    this.#socket[how](close.code, close.reason);
    this.#ending = undefined;
  }
}

/**
 * The library answers an `error` by forgetting the socket, and reports 1000 in
 * place of the code in the `close` that always follows. So it gets no errors.
 */
function withoutErrors(
  Socket: WebSocketConstructor,
  onAttempt: (attempt: WebSocketLike) => void,
): WebSocketConstructor {
  return class extends Socket {
    constructor(url: string) {
      super(url);
      this.addEventListener("error", (e) => e.stopImmediatePropagation());
      onAttempt(this);
    }
  };
}

function plain({ code, reason, wasClean }: LinkClose): LinkClose {
  return { code, reason, wasClean };
}
