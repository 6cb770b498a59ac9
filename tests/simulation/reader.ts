/** A client that keeps its position as an SDK does, and notices what it should have been told. */

import { assert, assertEquals } from "@std/assert";
import type { Scene } from "../support/scene.ts";
import { fieldOf, type Message, SdkClient } from "../support/sdk_client.ts";

/** The channel that everything happens in. */
export const CHANNEL = "news";

/** What a reader is told of its subscription when it asked to recover. */
export interface Outcome {
  readonly recovered: boolean;
}

/** One reader: connected or not, subscribed or not. */
export class Reader {
  /** Outcomes of its attempts to recover that nobody has looked at. */
  readonly outcomes: Outcome[] = [];
  #client: SdkClient | undefined;
  #isSubscribed = false;
  #offset: number | undefined;
  #epoch = "";

  /** Whether it has a connection. */
  get isConnected(): boolean {
    return this.#client !== undefined;
  }

  /** Whether it believes that it is subscribed. */
  get isSubscribed(): boolean {
    return this.#isSubscribed;
  }

  /** The offset that it has read up to; `undefined` before its first subscription. */
  get offset(): number | undefined {
    return this.#offset;
  }

  /** Connects; the subscription is for {@linkcode subscribe}. */
  async connect(scene: Scene): Promise<void> {
    this.#client = await SdkClient.connect(scene);
  }

  /** Sends the command, with its position if it has one. */
  subscribe(): void {
    const since = this.#offset === undefined
      ? {}
      : { recover: true, offset: this.#offset, epoch: this.#epoch };
    this.#client?.send({ id: 2, subscribe: { channel: CHANNEL, ...since } });
  }

  /** Sends the command. */
  unsubscribe(): void {
    this.#client?.send({ id: 3, unsubscribe: { channel: CHANNEL } });
  }

  /** Publishes. */
  publish(data: number): void {
    this.#client?.send({ id: 4, publish: { channel: CHANNEL, data } });
  }

  /** Its connection breaks; what is on its way is lost. */
  cut(): void {
    this.#client?.connection.ended();
    this.#leave();
  }

  /** Reads all that has come. Publication n must have the payload n. */
  read(): void {
    for (const message of this.#client?.take() ?? []) this.#hear(message);
    const code = this.#client?.closeCode;
    if (code === undefined) return;
    assertEquals(code, 3010);
    this.#leave();
  }

  #hear({ id, subscribe, error, push }: Message): void {
    assertEquals(error, undefined);
    if (id === 2) this.#hearSubscribed(subscribe);
    if (id === 3) this.#isSubscribed = false;
    const publication = fieldOf(push, "pub");
    if (publication !== undefined) {
      assert(this.#isSubscribed, "a publication without a subscription");
      this.#next(publication);
    }
    const ended = fieldOf(push, "unsubscribe");
    if (ended !== undefined) {
      assertEquals(fieldOf(ended, "code"), 2500);
      this.#isSubscribed = false;
    }
  }

  #hearSubscribed(result: unknown): void {
    assert(!this.#isSubscribed, "subscribed twice");
    this.#isSubscribed = true;
    const recovered = fieldOf(result, "recovered") === true;
    if (fieldOf(result, "was_recovering")) this.outcomes.push({ recovered });
    const offset = Number(fieldOf(result, "offset") ?? 0);
    if (recovered) assertEquals(offset, this.#offset);
    this.#offset = offset;
    this.#epoch = String(fieldOf(result, "epoch"));
    const publications = fieldOf(result, "publications") ?? [];
    assert(Array.isArray(publications));
    for (const publication of publications) this.#next(publication);
  }

  #next(publication: unknown): void {
    const next = (this.#offset ?? 0) + 1;
    assertEquals(fieldOf(publication, "offset"), next);
    assertEquals(fieldOf(publication, "data"), next);
    this.#offset = next;
  }

  #leave(): void {
    this.#client = undefined;
    this.#isSubscribed = false;
  }
}
