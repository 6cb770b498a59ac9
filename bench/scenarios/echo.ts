/** Echo: every connection keeps a window of messages to itself in flight. */

import { Crowd } from "../crowd.ts";
import { Histogram } from "../histogram.ts";
import type { Load, LoadOptions } from "../load.ts";
import type { RawConnection } from "../raw_connection.ts";

/** One connection's loop, in which one message at a time is a latency sample. */
class EchoLoop {
  #arrived = 0;
  #sent = 0;
  #sample = 0;
  #sampleSentMs = 0;
  readonly #connection: RawConnection;
  readonly #latency: Histogram;

  constructor(connection: RawConnection, latency: Histogram) {
    this.#connection = connection;
    this.#latency = latency;
  }

  send(messages: number): void {
    if (this.#sample < this.#arrived || this.#sent === 0) {
      this.#sample = this.#sent;
      this.#sampleSentMs = performance.now();
    }
    this.#sent += messages;
    this.#connection.repeat(messages);
  }

  receive(messages: number): void {
    const isSample = this.#sample >= this.#arrived &&
      this.#sample < this.#arrived + messages;
    this.#arrived += messages;
    if (isSample) this.#latency.record(performance.now() - this.#sampleSentMs);
  }
}

class EchoLoad implements Load {
  readonly latency = new Histogram();
  delivered = 0;
  readonly #crowd: Crowd;
  readonly #window: number;
  readonly #loops: EchoLoop[] = [];
  #inFlight = 0;
  #drained: PromiseWithResolvers<void> | undefined;

  constructor(crowd: Crowd, window: number) {
    this.#crowd = crowd;
    this.#window = window;
    for (const connection of crowd.connections) {
      const loop = new EchoLoop(connection, this.latency);
      this.#loops.push(loop);
      connection.onCounted = (messages) => this.#onArrival(loop, messages);
    }
  }

  get failed(): Promise<never> {
    return this.#crowd.failed;
  }

  start(): void {
    this.#drained = undefined;
    for (const loop of this.#loops) this.#send(loop, this.#window);
  }

  async finish(): Promise<void> {
    this.#drained = Promise.withResolvers();
    await this.#drained.promise;
  }

  [Symbol.dispose](): void {
    this.#crowd[Symbol.dispose]();
  }

  #send(loop: EchoLoop, messages: number): void {
    this.#inFlight += messages;
    loop.send(messages);
  }

  #onArrival(loop: EchoLoop, messages: number): void {
    this.delivered += messages;
    this.#inFlight -= messages;
    loop.receive(messages);
    if (this.#drained === undefined) this.#send(loop, messages);
    else if (this.#inFlight === 0) this.#drained.resolve();
  }
}

/** Opens the connections and sees each get its first message back. */
export async function openEcho(options: LoadOptions): Promise<Load> {
  const { target, port, connections: size, window, bytes } = options;
  const payload = "x".repeat(bytes);
  const crowd = await Crowd.open({ size, port, path: target.echo.path });
  try {
    await Promise.all(crowd.connections.map(async (connection, index) => {
      const text = target.echo.textFor(index, payload);
      const answer = await connection.ask(text);
      if (answer !== payload) {
        throw new Error(`Cannot echo on ${target.name}: got "${answer}"`);
      }
      connection.count(bytes);
      connection.load(text, window);
    }));
  } catch (error) {
    crowd[Symbol.dispose]();
    throw error;
  }
  return new EchoLoad(crowd, window);
}
