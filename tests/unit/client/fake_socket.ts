/** A WebSocket that a test opens, feeds and closes by hand. */

import type { WebSocketLike } from "../../../lib/client/mod.ts";

/** The calls of all sockets of one test, in order, and the sockets themselves. */
export interface SocketJournal {
  readonly lines: string[];
  readonly sockets: FakeSocket[];
}

/** One fake connection; its number in the journal starts at 1. */
export class FakeSocket extends EventTarget implements WebSocketLike {
  readyState: WebSocket["readyState"] = WebSocket.CONNECTING;
  bufferedAmount = 0;
  binaryType: BinaryType = "blob";
  readonly sent: string[] = [];
  /** Reported at its end as not arrived. */
  undelivered: readonly string[] = [];
  /** Whether `close` reports the end before it returns, as a replacement for `WebSocket` may. */
  closesAtOnce = false;
  readonly #listeners = new Map<string, Set<unknown>>();
  readonly #journal: SocketJournal;
  readonly #number: number;

  constructor(readonly url: string, journal: SocketJournal) {
    super();
    this.#journal = journal;
    this.#number = journal.sockets.push(this);
    this.#note("connect");
  }

  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    this.sent.push(String(data));
  }

  close(code?: number, reason?: string): void {
    this.readyState = WebSocket.CLOSING;
    this.#note(`close ${code} ${reason ?? ""}`.trim());
    if (this.closesAtOnce) this.end(code ?? 1005, reason);
  }

  /** The server accepts. */
  accept(): void {
    this.readyState = WebSocket.OPEN;
    this.dispatchEvent(new Event("open"));
  }

  /** The server sends. */
  receive(data: string | ArrayBuffer): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  /** The connection ends, as a server's close frame or (`wasClean` false) the network ends it. */
  end(code: number, reason = "", wasClean = true): void {
    this.readyState = WebSocket.CLOSED;
    if (!wasClean) this.dispatchEvent(new Event("error"));
    this.dispatchEvent(new CloseEvent("close", { code, reason, wasClean }));
  }

  override addEventListener(
    ...args: Parameters<EventTarget["addEventListener"]>
  ): void {
    const [type, listener] = args;
    this.#listeners.set(
      type,
      (this.#listeners.get(type) ?? new Set()).add(listener),
    );
    super.addEventListener(...args);
  }

  override removeEventListener(
    ...args: Parameters<EventTarget["removeEventListener"]>
  ): void {
    this.#listeners.get(args[0])?.delete(args[1]);
    super.removeEventListener(...args);
  }

  /** Number of listeners for events of this type. */
  listeners(type: string): number {
    return this.#listeners.get(type)?.size ?? 0;
  }

  #note(what: string): void {
    this.#journal.lines.push(`${this.#number} ${what}`);
  }
}
