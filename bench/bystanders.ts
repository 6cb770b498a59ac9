/** Clients that do little, and measure how long that takes: what one of them publishes comes back to it. */

import { Histogram } from "./histogram.ts";
import { webSocketFrom } from "./web_socket_from.ts";

const PAUSE_MS = 20;
const ANSWER_WITHIN_MS = 10_000;

/** Options of {@linkcode Bystanders.open}. */
export interface BystandersOptions {
  /** Number of clients. */
  readonly size: number;
  /** Address of the server, such as `ws://127.0.0.1:8000`. */
  readonly url: string;
}

/** A client of the text protocol, subscribed to a channel of its own and to one of all. */
class Bystander {
  readonly #socket: WebSocket;
  readonly #channel: string;
  #resolve: (() => void) | undefined;

  private constructor(socket: WebSocket, index: number) {
    this.#socket = socket;
    this.#channel = `#own-${index}`;
  }

  static async open(url: string, index: number): Promise<Bystander> {
    const socket = webSocketFrom(
      `198.51.100.${index}`,
      `${url}/ws?uid=bystander-${index}`,
    );
    const bystander = new Bystander(socket, index);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onclose = () => reject(new Error("Cannot open a bystander"));
    });
    socket.onmessage = ({ data }) => {
      if (data === `${bystander.#channel}:x`) bystander.#resolve?.();
    };
    socket.send(`+${bystander.#channel}`);
    socket.send("+#crowd");
    await bystander.roundTripMs();
    return bystander;
  }

  /** Publishes, and resolves when it is back. */
  async roundTripMs(): Promise<number> {
    const from = performance.now();
    const back = Promise.withResolvers<void>();
    this.#resolve = back.resolve;
    const timer = setTimeout(
      () => back.reject(new Error(`Cannot reach ${this.#channel}: no answer`)),
      ANSWER_WITHIN_MS,
    );
    this.#socket.send(`${this.#channel}:x`);
    try {
      await back.promise;
    } finally {
      clearTimeout(timer);
    }
    return performance.now() - from;
  }

  close(): void {
    this.#socket.close();
  }
}

/** Bystanders of one server. */
export class Bystanders implements Disposable {
  readonly #clients: Bystander[] = [];

  private constructor() {}

  /** Connects and subscribes them. */
  static async open({ size, url }: BystandersOptions): Promise<Bystanders> {
    const all = new Bystanders();
    for (let index = 0; index < size; index++) {
      all.#clients.push(await Bystander.open(url, index));
    }
    return all;
  }

  /** Lets each of them publish now and then for a while; returns the round trips. */
  async measure(durationMs: number): Promise<Histogram> {
    const latency = new Histogram();
    const until = performance.now() + durationMs;
    await Promise.all(this.#clients.map(async (client, index) => {
      // They do not all publish in the same moment.
      await pause(index * PAUSE_MS / this.#clients.length);
      while (performance.now() < until) {
        latency.record(await client.roundTripMs());
        await pause(PAUSE_MS);
      }
    }));
    return latency;
  }

  /** Closes their connections. */
  [Symbol.dispose](): void {
    for (const client of this.#clients) client.close();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
