/** The replacement for a WebSocket on requests that a test answers by hand, and fake time. */

import { assert } from "@std/assert";
import {
  httpSocket,
  type HttpSocketOptions,
  type HttpTransport,
  type SocketClose,
  type WebSocketConstructor,
  type WebSocketLike,
} from "../../../lib/client/mod.ts";
import { FakeClock } from "../../support/fake_clock.ts";

const encoder = new TextEncoder();

/** One request, which waits for its answer. */
export class FakeRequest {
  readonly url: URL;
  readonly init: RequestInit;
  readonly response: Promise<Response>;
  isAnswered = false;
  readonly #settle: PromiseWithResolvers<Response>;
  #stream: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(input: Parameters<typeof fetch>[0], init: RequestInit = {}) {
    this.url = new URL(input instanceof Request ? input.url : input);
    this.init = init;
    this.#settle = Promise.withResolvers();
    this.response = this.#settle.promise;
    init.signal?.addEventListener(
      "abort",
      () => this.fail(init.signal?.reason),
    );
  }

  /** The channels that it names. */
  get channels(): string[] {
    return this.url.searchParams.getAll("channel");
  }

  /** Where it goes on. */
  get since(): string | null {
    return this.url.searchParams.get("since");
  }

  /** Whether the client has aborted it. */
  get left(): boolean {
    return this.init.signal?.aborted === true;
  }

  /** Answers with a status and a text. */
  answer(status: number, text = "", headers: HeadersInit = {}): void {
    this.isAnswered = true;
    const body = status === 204 ? null : text;
    this.#settle.resolve(new Response(body, { status, headers }));
  }

  /** Answers a poll. */
  answerPoll(publications: unknown[], cursor: string, recovered = true): void {
    this.answer(200, JSON.stringify({ publications, cursor, recovered }));
  }

  /** Answers with a stream that begins. */
  open(): this {
    this.isAnswered = true;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#stream = controller;
      },
    });
    const response = new Response(body);
    // Not every Safari can iterate over a stream.
    Object.defineProperty(response.body, Symbol.asyncIterator, { value: null });
    this.#settle.resolve(response);
    return this;
  }

  /** Writes a block of the stream, in chunks of `size` bytes. */
  write(block: string, size = Infinity): void {
    const bytes = encoder.encode(`${block}\n\n`);
    const step = Math.min(size, bytes.length);
    for (let start = 0; start < bytes.length; start += step) {
      this.#stream?.enqueue(bytes.subarray(start, start + step));
    }
  }

  /** Writes a publication, as an event with its cursor. */
  publish(message: Record<string, unknown>, cursor?: string): void {
    const id = cursor === undefined ? "" : `id: ${cursor}\n`;
    this.write(`${id}data: ${JSON.stringify(message)}`);
  }

  /** Ends the stream. */
  end(): void {
    this.#stream?.close();
  }

  /** The network fails. */
  fail(reason: unknown = new TypeError("connection reset")): void {
    this.#settle.reject(reason);
    this.response.then(() => this.#stream?.error(reason), () => {});
  }
}

/** The socket, its requests, and the frames that it received. */
export class HttpScene {
  readonly clock = new FakeClock();
  readonly requests: FakeRequest[] = [];
  readonly received: string[] = [];
  readonly closes: SocketClose[] = [];
  /** Times to come back that the ends carried. */
  readonly advice: (number | undefined)[] = [];
  readonly Socket: WebSocketConstructor;
  socket: WebSocketLike;

  constructor(
    transport: HttpTransport = "sse",
    options: HttpSocketOptions = {},
  ) {
    this.Socket = httpSocket(transport, {
      ...options,
      clock: this.clock,
      random: { number: () => 0 },
      fetch: (input, init) => {
        const request = new FakeRequest(input, init);
        this.requests.push(request);
        return request.response;
      },
    });
    this.socket = this.connect();
  }

  /** Makes the next socket of the same client, which joins `channels` when it is open. */
  connect(...channels: string[]): WebSocketLike {
    const socket = new this.Socket("ws://hub.test/ws?uid=alice");
    socket.addEventListener("message", (event) => {
      if (event instanceof MessageEvent) this.received.push(event.data);
    });
    socket.addEventListener("open", () => {
      for (const channel of channels) socket.send(`+#${channel}`);
    });
    socket.addEventListener("close", (event) => {
      const { code, reason, wasClean, retryAfterMs } = event as
        & CloseEvent
        & SocketClose;
      this.advice.push(retryAfterMs);
      this.closes.push({ code, reason, wasClean });
    });
    this.socket = socket;
    return socket;
  }

  /** The request made last, once all is done that can be. */
  async latest(path: string): Promise<FakeRequest> {
    await this.rest();
    const request = this.requests.at(-1);
    assert(request?.url.pathname === path, `no request of ${path}`);
    return request;
  }

  /** Opens the socket over an event stream, and returns the feed of direct messages. */
  async open(): Promise<FakeRequest> {
    const directs = (await this.latest("/sse")).open();
    await this.rest();
    return directs;
  }

  /** Joins over an event stream, and returns the feed of the channels. */
  async join(...channels: string[]): Promise<FakeRequest> {
    for (const channel of channels) this.socket.send(`+#${channel}`);
    const feed = (await this.latest("/sse")).open();
    await this.pass(50);
    return feed;
  }

  /** Moves time on. */
  async pass(ms: number): Promise<void> {
    await this.rest();
    this.clock.advance(ms);
    await this.rest();
  }

  /** Resolves when every promise that could be settled is. */
  async rest(): Promise<void> {
    for (let turn = 0; turn < 200; turn++) await Promise.resolve();
  }
}
