/** State of the page: one client, the channels that it joins, and the log of frames. */

import { systemClock } from "../../lib/base/clock.ts";
import {
  type FrameData,
  httpSocket,
  type HttpTransport,
  TextClient,
} from "../../lib/client/mod.ts";
import { appendRow, frameText, type Row } from "./frame_rows.ts";

/** WebSocket, or plain HTTP where a network lets no WebSocket through. */
export type Transport = "websocket" | HttpTransport;

/** Transports with their labels, the preferred one first. */
export const TRANSPORTS: readonly (readonly [Transport, string])[] = [
  ["websocket", "WebSocket"],
  ["sse", "SSE + POST"],
  ["poll", "Long polling"],
];

/** The server, the transport and the identity to connect with. */
export interface Destination {
  readonly url: string;
  readonly transport: Transport;
  readonly uid: string;
  /** Empty to connect without one. */
  readonly token: string;
}

/** Close code of a refused token, with notes for the user. */
const INVALID_TOKEN = 3500;
const TOKEN_ADVICE = {
  open:
    "the server does not accept this token; one that has neither TOKEN_SECRET nor JWKS_URL accepts none: connect with a uid alone",
  closed:
    "the server does not accept this token: it has expired, or was signed with another key, or for another server; the part Why of the inspector says which",
};

/** One user's visit; every connect makes a new client, which joins the same channels. */
export class Session {
  readonly #listeners = new Set<() => void>();
  /** First step of a newcomer. */
  readonly firstStep: string;
  readonly #tokenAdvice: string;
  #client: TextClient | undefined;
  #channels: readonly string[] = [];
  #rows: readonly Row[] = [];
  #transport: Transport = "websocket";
  #isMeasuring = false;
  #nextId = 0;
  #version = 0;

  /** Begins a visit; `isOpen` where everybody may connect, with a uid alone. */
  constructor({ isOpen }: { readonly isOpen: boolean }) {
    this.#tokenAdvice = isOpen ? TOKEN_ADVICE.open : TOKEN_ADVICE.closed;
    this.firstStep = isOpen
      ? "Connect, then send a message."
      : "Connect with a token, then send a message.";
  }

  /** URL of the server that the page comes from. */
  get ownUrl(): string {
    // http becomes ws, and https wss; the page's own query does not belong to the socket.
    return new URL("ws", location.href.replace(/^http/, "ws")).href;
  }

  /** The current client; undefined before the first connect. */
  get client(): TextClient | undefined {
    return this.#client;
  }

  /** Transport of the current client. */
  get transport(): Transport {
    return this.#transport;
  }

  /** Names of channels, without their `#`, in the order in which they were joined. */
  get channels(): readonly string[] {
    return this.#channels;
  }

  /** The log, newest row last. */
  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** Grows with every change, those inside the client included. */
  get version(): number {
    return this.#version;
  }

  /** Calls back after every change; the returned function stops it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Replaces the client by one for `destination`; an invalid URL becomes a note. */
  connect(destination: Destination): void {
    const { url, transport } = destination;
    this.#client?.close();
    try {
      this.#client = this.#newClient(destination);
      this.#transport = transport;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return this.#note(error.message);
    }
    for (const channel of this.#channels) this.#client.join(channel);
    this.#note(`connecting to ${url}`);
    this.#client.connect();
  }

  /** Closes the connection, if there is one, and does not connect again. */
  disconnect(): void {
    this.#client?.close();
  }

  /** Sends `text` to a uid, to `all` or to a `#channel`. */
  send(to: string, text: string): void {
    switch (this.#client?.send(`${to}:${text}`)) {
      case "sent":
        return;
      case "queued":
        return this.#note(`waits for the connection: ${to}:${text}`);
      default:
        return this.#note(`not connected, not sent: ${to}:${text}`);
    }
  }

  /** Joins a channel, now or as soon as there is a connection. */
  join(channel: string): void {
    if (this.#channels.includes(channel)) return;
    this.#channels = [...this.#channels, channel];
    this.#client?.join(channel);
    this.#changed();
  }

  /** Leaves a channel. */
  leave(channel: string): void {
    this.#channels = this.#channels.filter((name) => name !== channel);
    this.#client?.leave(channel);
    this.#changed();
  }

  /** Empties the log. */
  clear(): void {
    this.#rows = [];
    this.#changed();
  }

  #newClient({ url, transport, uid, token }: Destination): TextClient {
    const sockets = transport === "websocket"
      ? {}
      : { WebSocket: httpSocket(transport) };
    return new TextClient(url, {
      ...sockets,
      uid,
      token,
      showSender: true,
      onFrame: (kind, data) => {
        if (!this.#isMeasurement(data)) this.#append(kind, frameText(data));
      },
      onOpen: () => {
        this.#note("open");
        this.#isMeasuring = true;
        this.#client?.send("ping");
      },
      onClose: ({ code, reason, wasClean }) => {
        const manner = wasClean ? "closed" : "lost";
        this.#note(`${manner}: ${[code, reason].join(" ").trim()}`);
        if (code === INVALID_TOKEN && token !== "") {
          this.#note(this.#tokenAdvice);
        }
      },
      onChange: () => this.#changed(),
    });
  }

  /** Recognizes the first ping and its answer, which measure the round trip and are not logged. */
  #isMeasurement(data: FrameData): boolean {
    const isOne = this.#isMeasuring && (data === "ping" || data === "pong");
    if (isOne && data === "pong") this.#isMeasuring = false;
    return isOne;
  }

  #note(text: string): void {
    this.#append("note", text);
  }

  #append(kind: Row["kind"], text: string): void {
    const row = { id: this.#nextId++, time: systemClock.wallTime, kind, text };
    this.#rows = appendRow(this.#rows, row);
    this.#changed();
  }

  #changed(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }
}
