/** A client that keeps its position as an SDK does, and notices what it should have been told. */

import { assert, assertEquals } from "@std/assert";
import type { Scene } from "../support/scene.ts";
import { fieldOf, type Message, SdkClient } from "../support/sdk_client.ts";

/** Offsets of the publications, by their numbers. */
export interface Scale {
  readonly offsetOf: (number: number) => number;
  readonly numberUpTo: (offset: number) => number;
}

/** The channel that everything happens in. */
export const CHANNEL = "news";

/** What a reader is told of its subscription when it asked to recover. */
export interface Outcome {
  readonly recovered: boolean;
}

/** Filter of a reader, and what it says of a publication. */
export interface ReaderFilter {
  /** The filter as it is sent. */
  readonly tf: Message;
  /** Whether the publication with this number fits. */
  readonly fits: (number: number) => boolean;
}

/** One reader: connected or not, subscribed or not. */
export class Reader {
  /** Outcomes of its attempts to recover that nobody has looked at. */
  readonly outcomes: Outcome[] = [];
  #client: SdkClient | undefined;
  #isSubscribed = false;
  #number: number | undefined;
  #epoch = "";
  readonly #scale: Scale;
  readonly #filter: ReaderFilter | undefined;

  /** Makes a reader of all publications, or of those that fit a filter. */
  constructor(scale: Scale, filter?: ReaderFilter) {
    this.#scale = scale;
    this.#filter = filter;
  }

  /** Whether it has a connection. */
  get isConnected(): boolean {
    return this.#client !== undefined;
  }

  /** Whether it believes that it is subscribed. */
  get isSubscribed(): boolean {
    return this.#isSubscribed;
  }

  /** Number of the publication that it has read up to; `undefined` before its first subscription. */
  get number(): number | undefined {
    return this.#number;
  }

  /** Connects; the subscription is for {@linkcode subscribe}. */
  async connect(scene: Scene): Promise<void> {
    this.#client = await SdkClient.connect(scene);
  }

  /** Sends the command, with its position if it has one. */
  subscribe(): void {
    const since = this.#number === undefined ? {} : {
      recover: true,
      offset: this.#scale.offsetOf(this.#number),
      epoch: this.#epoch,
    };
    const { tf } = this.#filter ?? {};
    const fields = { channel: CHANNEL, tf, ...since };
    this.#client?.send({ id: 2, subscribe: fields });
  }

  /** Sends the command. */
  unsubscribe(): void {
    this.#client?.send({ id: 3, unsubscribe: { channel: CHANNEL } });
  }

  /** Publishes. */
  publish(data: number): void {
    this.#client?.send({ id: 4, publish: { channel: CHANNEL, data } });
  }

  /** Whether there is nothing for it between its number and `top`. */
  isAt(top: number): boolean {
    const { number = 0 } = this;
    return this.#nextAfter(number, top) === undefined && number <= top;
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
    const number = this.#numberOf(result);
    const publications = fieldOf(result, "publications") ?? [];
    assert(Array.isArray(publications));
    if (recovered && publications.length === 0) assert(this.isAt(number));
    else if (recovered) assertEquals(number, this.#number);
    this.#number = number;
    this.#epoch = String(fieldOf(result, "epoch"));
    for (const publication of publications) this.#next(publication);
  }

  #next(publication: unknown): void {
    const number = this.#numberOf(publication);
    assertEquals(this.#nextAfter(this.#number ?? 0, number), number);
    assertEquals(fieldOf(publication, "data"), number);
    this.#number = number;
  }

  /** Number of the publication whose offset that is. */
  #numberOf(place: unknown): number {
    const offset = Number(fieldOf(place, "offset") ?? 0);
    const number = this.#scale.numberUpTo(offset);
    assertEquals(this.#scale.offsetOf(number), offset);
    return number;
  }

  /** The first publication for it after `number` and up to `top`. */
  #nextAfter(number: number, top: number): number | undefined {
    for (let next = number + 1; next <= top; next++) {
      if (this.#filter?.fits(next) ?? true) return next;
    }
  }

  #leave(): void {
    this.#client = undefined;
    this.#isSubscribed = false;
  }
}
