/** A Kafka, servers that are bridged with it, and a program behind it. */

import { Kafka, logLevel, type Producer } from "kafkajs";
import { eventually } from "../support/eventually.ts";
import { KafkaBrokers } from "../support/kafka_brokers.ts";

/** A message of a topic, as the program behind it sees it. */
export interface Received {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The brokers and the program; disposing of it ends both. */
export class KafkaStage implements AsyncDisposable {
  readonly brokers: KafkaBrokers;
  readonly #kafka: Kafka;
  readonly #stack: AsyncDisposableStack;
  #producer: Promise<Producer> | undefined;

  private constructor(brokers: KafkaBrokers, stack: AsyncDisposableStack) {
    this.brokers = brokers;
    this.#stack = stack;
    this.#kafka = new Kafka({
      brokers: [...brokers.addresses],
      logLevel: logLevel.NOTHING,
    });
  }

  /** Starts the brokers. */
  static async start(): Promise<KafkaStage> {
    await using stack = new AsyncDisposableStack();
    const brokers = stack.use(await KafkaBrokers.start());
    return new KafkaStage(brokers, stack.move());
  }

  /** Writes the file of a bridge with these sources and sinks; returns its path. */
  async bridgeFile(
    options: { readonly sources?: unknown[]; readonly sinks?: unknown[] },
  ): Promise<string> {
    const path = await Deno.makeTempFile({ suffix: ".json" });
    this.#stack.defer(() => Deno.remove(path));
    const kafka = { brokers: this.brokers.addresses };
    await Deno.writeTextFile(path, JSON.stringify({ kafka, ...options }));
    return path;
  }

  /** Sends messages to a topic. */
  async produce(
    topic: string,
    messages: {
      readonly key: string | null;
      readonly value: string | null;
      readonly headers?: Record<string, string>;
    }[],
  ): Promise<void> {
    this.#producer ??= this.#connect();
    const producer = await this.#producer;
    await producer.send({ topic, acks: -1, messages });
  }

  /** Reads a topic from its beginning; the list grows, and `onMessage` is called with each. */
  async consume(
    topic: string,
    onMessage: (message: Received) => Promise<void> | void = () => {},
  ): Promise<Received[]> {
    const received: Received[] = [];
    const consumer = this.#kafka.consumer({ groupId: crypto.randomUUID() });
    this.#stack.defer(() => consumer.disconnect());
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message: { key, value, headers = {} } }) => {
        const message = {
          key: String(key),
          value: String(value),
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, text]) => [name, `${text}`]),
          ),
        };
        received.push(message);
        await onMessage(message);
      },
    });
    return received;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  async #connect(): Promise<Producer> {
    const producer = this.#kafka.producer();
    await producer.connect();
    this.#stack.defer(() => producer.disconnect());
    return producer;
  }
}

/** Waits until a list has so many messages; a group of Kafka takes seconds to form. */
export function hasCount(
  list: readonly unknown[],
  count: number,
): Promise<void> {
  return eventually(() => list.length >= count, {
    awaited: () => `${count} messages; there are ${list.length}`,
    timeoutMs: 30_000,
  });
}
