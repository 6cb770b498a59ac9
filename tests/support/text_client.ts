/** A WebSocket client whose frames are awaited one by one. */

import { deadline } from "./deadline.ts";

// The DOM's types, which the pages are checked with, hide Deno's options.
const DenoWebSocket = WebSocket as unknown as new (
  url: string | URL,
  options: WebSocketOptions,
) => WebSocket;

/** A text frame, or the bytes of a binary one. */
export type Frame = string | Uint8Array<ArrayBuffer>;

/** How the connection ended. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

/** What to offer in the handshake. */
export interface TextClientOptions {
  readonly protocols?: string | string[];
  readonly headers?: HeadersInit;
  /** Client that trusts the certificate of a test. */
  readonly client?: Deno.HttpClient;
  /** How long each wait may take. @default {5_000} */
  readonly timeoutMs?: number;
}

/** An open connection; disposing of it closes it and waits for the end. */
export class TextClient implements AsyncDisposable {
  /** Resolves when the connection has ended, however it ended. */
  readonly closed: Promise<Closed>;
  #socket: WebSocket;
  #timeoutMs: number | undefined;
  #pending: Frame[] = [];
  /** Frames at its beginning that were taken: to shift a long array each time takes long. */
  #taken = 0;
  #arrived = Promise.withResolvers<void>();
  #end: Closed | undefined;
  #failure = "";

  private constructor(url: string | URL, options: TextClientOptions) {
    const { protocols = [], headers, client, timeoutMs } = options;
    this.#timeoutMs = timeoutMs;
    this.#socket = new DenoWebSocket(url, {
      protocols: [protocols].flat(),
      headers,
      client,
    });
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      this.#pending.push(
        typeof data === "string" ? data : new Uint8Array(data),
      );
      this.#wake();
    };
    this.#socket.onerror = (event) => {
      if (event instanceof ErrorEvent) this.#failure = event.message;
    };
    this.closed = new Promise((resolve) => {
      this.#socket.onclose = ({ code, reason, wasClean }) => {
        this.#end = { code, reason, wasClean };
        resolve(this.#end);
        this.#wake();
      };
    });
  }

  /** Resolves when the socket is open; rejects when the handshake fails. */
  static async open(
    url: string | URL,
    options: TextClientOptions | string | string[] = {},
  ): Promise<TextClient> {
    const client = new TextClient(
      url,
      typeof options === "string" || Array.isArray(options)
        ? { protocols: options }
        : options,
    );
    const opened = new Promise<void>((resolve) => {
      client.#socket.onopen = () => resolve();
    });
    await client.#within(
      Promise.race([opened, client.closed]),
      `the handshake with ${url}`,
    );
    if (client.#end) {
      throw new Error(`Cannot open ${url}: ${client.#describeEnd()}`);
    }
    return client;
  }

  /** The subprotocol the server chose. */
  get protocol(): string {
    return this.#socket.protocol;
  }

  /** Frames that arrived and were not yet taken. */
  get pending(): readonly Frame[] {
    return this.#taken === 0 ? this.#pending : this.#pending.slice(this.#taken);
  }

  send(frame: string | ArrayBuffer | Uint8Array<ArrayBuffer>): void {
    this.#socket.send(frame);
  }

  /** Takes the next frame; throws when none comes in time or the connection has ended. */
  async next(awaited = "the next frame"): Promise<Frame> {
    for (;;) {
      const frame = this.#pending[this.#taken];
      if (frame !== undefined) {
        this.#taken++;
        if (this.#taken * 2 >= this.#pending.length) this.#forgetTaken();
        return frame;
      }
      if (this.#end) {
        throw new Error(`Cannot await ${awaited}: ${this.#describeEnd()}`);
      }
      await this.#within(this.#arrived.promise, awaited);
    }
  }

  /** Asks the server to close, and resolves when it has. */
  close(code?: number, reason?: string): Promise<Closed> {
    if (!this.#end) this.#socket.close(code, reason);
    return this.#within(this.closed, "the connection to close");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #within<T>(promise: Promise<T>, awaited: string): Promise<T> {
    return deadline(promise, { awaited, timeoutMs: this.#timeoutMs });
  }

  #forgetTaken(): void {
    this.#pending = this.#pending.slice(this.#taken);
    this.#taken = 0;
  }

  #wake(): void {
    this.#arrived.resolve();
    this.#arrived = Promise.withResolvers();
  }

  #describeEnd(): string {
    const { code, reason } = this.#end ?? {};
    return `the connection ended with ${code} ${reason}${this.#failure}`;
  }
}
