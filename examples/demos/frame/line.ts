/** Line of a pane: WebSockets that can be cut, as a network does it, and come back. */

/** State of a line. */
export type LineState = "connecting" | "open" | "cut";

type Handler<Event> = ((event: Event) => void) | null;

/** Makes the WebSockets of one pane, all of which end when the line is cut. */
export class Line {
  /** Replacement for the browser's `WebSocket`, for the options of a client. */
  readonly WebSocket: new (url: string, protocols?: string[]) => LineSocket;
  readonly #sockets = new Set<LineSocket>();
  readonly #onChange: () => void;
  readonly #cutMs: number;
  #mending: ReturnType<typeof setTimeout> | undefined;
  #mendsAt = 0;

  /** Makes a whole line that is mended `cutMs` after a cut; `onChange` is called when its state changes. */
  constructor(cutMs: number, onChange: () => void) {
    this.#cutMs = cutMs;
    this.#onChange = onChange;
    const attach = (socket: LineSocket) => this.#attach(socket);
    this.WebSocket = class extends LineSocket {
      constructor(url: string, protocols?: string[]) {
        super(url, protocols, attach);
      }
    };
  }

  get state(): LineState {
    if (this.#mending !== undefined) return "cut";
    const isOpen = [...this.#sockets].some((socket) => socket.readyState === 1);
    return isOpen ? "open" : "connecting";
  }

  /** Seconds until a line that was cut is whole again. */
  get secondsLeft(): number {
    return Math.max(0, Math.ceil((this.#mendsAt - Date.now()) / 1_000));
  }

  /** Ends every socket without a goodbye, and lets no other connect for some seconds. */
  cut(): void {
    clearTimeout(this.#mending);
    this.#mendsAt = Date.now() + this.#cutMs;
    this.#mending = setTimeout(() => this.mend(), this.#cutMs);
    for (const socket of this.#sockets) socket.drop();
    this.#onChange();
  }

  /** Lets sockets connect again. */
  mend(): void {
    clearTimeout(this.#mending);
    this.#mending = undefined;
    this.#onChange();
  }

  /** Takes a new socket; returns whether it may connect, and what to call when it changes. */
  #attach(socket: LineSocket): SocketLine {
    this.#sockets.add(socket);
    return {
      isWhole: this.#mending === undefined,
      onChange: () => {
        if (socket.readyState === 3) this.#sockets.delete(socket);
        this.#onChange();
      },
    };
  }
}

/** Line as one socket sees it. */
interface SocketLine {
  readonly isWhole: boolean;
  readonly onChange: () => void;
}

/** A `WebSocket` that can be dropped; the part of it that clients use. */
export class LineSocket {
  onopen: Handler<Event> = null;
  onmessage: Handler<MessageEvent> = null;
  onerror: Handler<Event> = null;
  onclose: Handler<CloseEvent> = null;
  readonly #line: SocketLine;
  /** The real one; none while the line is cut. */
  #socket: WebSocket | undefined;

  constructor(
    url: string,
    protocols: string[] | undefined,
    attach: (socket: LineSocket) => SocketLine,
  ) {
    this.#line = attach(this);
    if (!this.#line.isWhole) {
      // As a name that cannot be resolved: later, never at once.
      setTimeout(() => this.#end(new CloseEvent("close", { code: 1006 })));
      return;
    }
    const socket = new WebSocket(url, protocols);
    this.#socket = socket;
    const ifAlive = <E>(handle: (event: E) => void) => (event: E) => {
      if (this.#socket === socket) handle(event);
    };
    socket.onopen = ifAlive((event) => {
      this.#line.onChange();
      this.onopen?.(event);
    });
    socket.onmessage = ifAlive((event) => this.onmessage?.(event));
    socket.onerror = ifAlive((event) => this.onerror?.(event));
    socket.onclose = ifAlive((event) => this.#end(event));
  }

  get readyState(): number {
    return this.#socket?.readyState ?? WebSocket.CLOSED;
  }

  get bufferedAmount(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  get binaryType(): BinaryType {
    return this.#socket?.binaryType ?? "blob";
  }

  set binaryType(type: BinaryType) {
    if (this.#socket) this.#socket.binaryType = type;
  }

  send(data: string | ArrayBuffer): void {
    this.#socket?.send(data);
  }

  close(code?: number, reason?: string): void {
    this.#socket?.close(code, reason);
  }

  /** Ends it as a lost network does: what was under way is lost, and the client sees 1006. */
  drop(): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#end(new CloseEvent("close", { code: 1006 }));
    socket.close();
  }

  #end(event: CloseEvent): void {
    this.#socket = undefined;
    this.#line.onChange();
    this.onclose?.(event);
  }
}
