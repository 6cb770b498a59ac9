/** A program that publishes to streams of a NATS, beside the hubs of a test. */

import { systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { NatsClient, type NatsLike } from "../../lib/broker/nats/client.ts";
import { connect } from "../../lib/broker/nats/connect.ts";
import { JetStream } from "../../lib/broker/nats/jet_stream.ts";
import { parseNatsUrl } from "../../lib/broker/nats/url.ts";

/** A message to publish. */
export interface StreamMessage {
  readonly subject: string;
  readonly data: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A connection to the API of JetStream; disposing of it closes it. */
export class NatsStreams implements AsyncDisposable {
  readonly jetStream: JetStream;
  readonly #nats: NatsLike;
  readonly #client: NatsClient;

  private constructor(nats: NatsLike) {
    this.#nats = nats;
    const inbox = `_INBOX.${systemRandom.uuid()}`;
    this.#client = new NatsClient({ nats, clock: systemClock, inbox });
    this.jetStream = new JetStream(this.#client, systemClock);
  }

  /** Connects. */
  static async connect(url: string): Promise<NatsStreams> {
    return new NatsStreams(await connect(parseNatsUrl(url), () => {}));
  }

  /** Makes a stream. */
  async make(
    name: string,
    subjects: readonly string[],
    settings: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const config = { name, subjects, storage: "file", ...settings };
    await this.jetStream.call(`STREAM.CREATE.${name}`, config);
  }

  /** Publishes messages in their order; resolves once all of them are stored. */
  async publish(...messages: readonly StreamMessage[]): Promise<void> {
    const encoder = new TextEncoder();
    await Promise.all(
      messages.map(({ subject, data, headers }) =>
        this.jetStream.store(subject, encoder.encode(data), headers)
      ),
    );
  }

  /** Counts of a consumer: messages that are not acknowledged, were delivered again, and wait. */
  async consumer(stream: string, name: string): Promise<
    {
      readonly num_ack_pending: number;
      readonly num_redelivered: number;
      readonly num_pending: number;
    }
  > {
    const info = await this.jetStream.call(`CONSUMER.INFO.${stream}.${name}`);
    return info as unknown as Awaited<ReturnType<NatsStreams["consumer"]>>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Not in peace: the server may be gone.
    await this.#nats.abort();
    this.#client.end(new Error("closed"));
  }
}
