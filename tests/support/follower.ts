/** A subscriber that does what an SDK does: told that it missed something, it subscribes again from where it stands. */

import { eventually } from "./eventually.ts";
import type { Line } from "./json_client.ts";
import { type Closed, TextClient } from "./text_client.ts";

/** Longer than any silence of a server in a test. */
const TIMEOUT_MS = 60_000;
/** How long a follower waits before it asks again for what is refused for now. */
const PAUSE_MS = 50;

/** The hub said that something may be missing. */
export interface Told {
  readonly code: number;
  /** When, as `performance.now()` has it. */
  readonly at: number;
  /** Whether it got all it had missed; `undefined` until it is subscribed again. */
  recovered: boolean | undefined;
}

/** The answer to a command, and how long it took. */
export interface Answer {
  readonly reply: Line;
  readonly ms: number;
}

/** Options of a follower. */
export interface FollowerOptions {
  /**
   * Whether the offsets of the channel are 1, 2, 3 and so on; else they rise.
   * @default {true}
   */
  readonly isDense?: boolean;
}

/** One connection with one subscription. */
export class Follower implements AsyncDisposable {
  /** The data of all publications, live and recovered, as they came. */
  readonly seen: unknown[] = [];
  readonly told: Told[] = [];
  /** What must never be: a publication out of its place, or an answer that makes no sense. */
  readonly faults: string[] = [];
  readonly #client: TextClient;
  readonly #channel: string;
  readonly #isDense: boolean;
  readonly #asked = new Map<number, (reply: Line) => void>();
  readonly #reading: Promise<void>;
  #offset = 0;
  #epoch = "";
  #id = 0;
  #isClosed = false;

  private constructor(
    client: TextClient,
    channel: string,
    { isDense = true }: FollowerOptions,
  ) {
    this.#client = client;
    this.#channel = channel;
    this.#isDense = isDense;
    this.#reading = this.#read();
    client.closed.then(() => this.#isClosed = true);
  }

  /** Connects to the server at `wsUrl`, which lets anybody in, and subscribes. */
  static async open(
    wsUrl: string,
    channel: string,
    options: FollowerOptions = {},
  ): Promise<Follower> {
    const client = await TextClient.open(`${wsUrl}/connection/websocket`, {
      timeoutMs: TIMEOUT_MS,
    });
    const follower = new Follower(client, channel, options);
    await follower.ask({ connect: {} });
    const refusal = await follower.#subscribe({ channel });
    if (refusal === undefined) return follower;
    throw new Error(`Cannot follow "${channel}": ${JSON.stringify(refusal)}`);
  }

  /** Settles when the connection has ended, however it ended. */
  get closed(): Promise<Closed> {
    return this.#client.closed;
  }

  /** Sends a command; resolves with the answer. */
  async ask(command: Line): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Line>();
    const from = performance.now();
    this.#send(command, resolve);
    const reply = await promise;
    return { reply, ms: performance.now() - from };
  }

  /** Publishes to the channel; resolves with the answer. */
  publish(data: unknown): Promise<Answer> {
    return this.ask({ publish: { channel: this.#channel, data } });
  }

  /** Resolves once a publication with `data` has come. */
  sees(data: unknown, timeoutMs?: number): Promise<void> {
    const awaited = () =>
      `${data}; told ${JSON.stringify(this.told)}, newest ${this.seen.at(-1)}`;
    return eventually(() => this.seen.includes(data), { awaited, timeoutMs });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client[Symbol.asyncDispose]();
    await this.#reading;
  }

  async #read(): Promise<void> {
    try {
      for (;;) {
        const frame = String(await this.#client.next());
        for (const line of frame.split("\n")) this.#take(JSON.parse(line));
      }
    } catch (error) {
      if (!this.#isClosed) this.faults.push(String(error));
      for (const answer of this.#asked.values()) answer({ error: "closed" });
    }
  }

  #take(line: Line): void {
    if (typeof line.id === "number") {
      this.#asked.get(line.id)?.(line);
      this.#asked.delete(line.id);
      return;
    }
    const { pub, unsubscribe } = fieldsOf(line.push);
    if (pub !== undefined) this.#note(fieldsOf(pub));
    else if (unsubscribe !== undefined) this.#hear(fieldsOf(unsubscribe));
    else if (line.push === undefined) this.#client.send("{}");
  }

  #note({ offset, data }: Line): void {
    const fits = this.#isDense
      ? offset === this.#offset + 1
      : Number(offset) > this.#offset;
    if (!fits) {
      this.faults.push(`${offset} came after ${this.#offset}: ${data}`);
    }
    this.#offset = Number(offset);
    this.seen.push(data);
  }

  #hear({ code }: Line): void {
    const at = performance.now();
    const told: Told = { code: Number(code), at, recovered: undefined };
    this.told.push(told);
    this.#return(told);
  }

  async #return(told: Told): Promise<void> {
    const subscribe = { channel: this.#channel, recover: true };
    while (!this.#isClosed) {
      const since = { offset: this.#offset, epoch: this.#epoch };
      const refusal = await this.#subscribe({ ...subscribe, ...since }, told);
      if (refusal === undefined) return;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  /** Subscribes; resolves with the answer if that was refused. */
  #subscribe(subscribe: Line, told?: Told): Promise<Line | undefined> {
    const { promise, resolve } = Promise.withResolvers<Line | undefined>();
    // At once: the next frame may have been read by the time a promise is settled.
    this.#send({ subscribe }, (reply) => {
      resolve(this.#stand(reply, told) ? undefined : reply);
    });
    return promise;
  }

  #send(command: Line, onReply: (reply: Line) => void): void {
    const id = ++this.#id;
    this.#asked.set(id, onReply);
    this.#client.send(JSON.stringify({ id, ...command }));
  }

  /** Takes the answer to a subscription; says whether it is one. */
  #stand({ subscribe }: Line, told?: Told): boolean {
    if (subscribe === undefined) return false;
    const { epoch = "", offset = 0, recovered, publications } = fieldsOf(
      subscribe,
    );
    if (told !== undefined) told.recovered = recovered === true;
    this.#epoch = String(epoch);
    if (recovered !== true) this.#offset = Number(offset);
    for (const pub of Array.isArray(publications) ? publications : []) {
      this.#note(fieldsOf(pub));
    }
    return true;
  }
}

function fieldsOf(value: unknown): Line {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
