/** WebSocket to the hub in the JSON of the SDKs, each step of which can fail with a reason. */

import { isRecord } from "../lib/base/record.ts";
import { handshakeStatus } from "./handshake_status.ts";
import { within } from "./within.ts";

// The DOM's types, which the pages are checked with, hide Deno's options.
const DenoWebSocket = WebSocket as unknown as new (
  url: URL,
  options: {
    readonly headers: Readonly<Record<string, string>>;
  },
) => WebSocket;

/** Path of the socket, below that of the hub. */
const PATH = "connection/websocket";

/** Any object of the protocol. */
export type Message = Readonly<Record<string, unknown>>;

/** Error of the hub in reply to a command. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly code: number;

  constructor(command: string, { code, message }: Message) {
    super(`${command} is refused: error ${code}, ${message}`);
    this.code = Number(code);
  }
}

/** A handshake that the server, or a proxy, has answered with a status. */
export class HandshakeError extends Error {
  override readonly name = "HandshakeError";
  readonly status: number;

  constructor(status: number) {
    super(`the handshake is answered with ${status}`);
    this.status = status;
  }
}

/** Address of a socket, and the headers of its handshake. */
export interface HubSocketOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** An open connection; disposing of it closes it. */
export class HubSocket implements Disposable {
  readonly #socket: WebSocket;
  readonly #replies = new Map<number, (reply: Message) => void>();
  readonly #publications: Message[] = [];
  #onPublication: ((publication: Message) => void) | undefined;
  #onClose: (error: Error) => void = () => {};
  readonly #closed: Promise<never>;
  #id = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.#closed = new Promise((_, reject) => this.#onClose = reject);
    // Its rejection is for those who wait for something.
    this.#closed.catch(() => {});
    socket.onclose = ({ code, reason }) =>
      this.#onClose(new Error(`the hub has closed: ${code} ${reason}`.trim()));
    socket.onmessage = ({ data }) => this.#receive(String(data));
  }

  /**
   * Opens a socket.
   *
   * @throws {HandshakeError} If it does not open.
   */
  static async open(
    { url, headers }: HubSocketOptions,
  ): Promise<HubSocket> {
    const target = new URL(PATH, url);
    target.protocol = url.protocol.replace("http", "ws");
    const socket = new DenoWebSocket(target, { headers });
    const opened = new Promise<void>((resolve, reject) => {
      socket.onopen = () => resolve();
      socket.onerror = () => reject(new Error("the handshake failed"));
    });
    try {
      await within(opened, "an answer to the handshake");
    } catch (error) {
      socket.close();
      const status = await handshakeStatus(new URL(PATH, url), headers);
      throw status === 101 ? error : new HandshakeError(status);
    }
    socket.onerror = null;
    return new HubSocket(socket);
  }

  /**
   * Sends a command, and resolves with the result.
   *
   * @throws {CommandError} If the hub refuses it.
   */
  async ask(command: string, parameters: Message): Promise<Message> {
    const id = ++this.#id;
    const replied = new Promise<Message>((resolve) =>
      this.#replies.set(id, resolve)
    );
    this.#socket.send(JSON.stringify({ id, [command]: parameters }));
    const reply = await this.#await(replied, `the reply to ${command}`);
    if (isRecord(reply.error)) throw new CommandError(command, reply.error);
    const result = reply[command];
    return isRecord(result) ? result : {};
  }

  /** Resolves with the next publication. */
  nextPublication(): Promise<Message> {
    const kept = this.#publications.shift();
    if (kept !== undefined) return Promise.resolve(kept);
    const published = new Promise<Message>((resolve) =>
      this.#onPublication = resolve
    );
    return this.#await(published, "the publication");
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }

  #await<T>(promise: Promise<T>, expected: string): Promise<T> {
    return within(Promise.race([promise, this.#closed]), expected);
  }

  #receive(frame: string): void {
    for (const line of frame.split("\n")) {
      const message: unknown = JSON.parse(line);
      if (!isRecord(message)) continue;
      const { id, push } = message;
      if (typeof id === "number") this.#replies.get(id)?.(message);
      else if (isRecord(push) && isRecord(push.pub)) this.#publish(push.pub);
      // An empty object is a ping.
      else if (push === undefined) this.#socket.send("{}");
    }
  }

  #publish(publication: Message): void {
    const take = this.#onPublication;
    this.#onPublication = undefined;
    if (take === undefined) this.#publications.push(publication);
    else take(publication);
  }
}
