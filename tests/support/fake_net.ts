/** Channels between isolates, in the hands of a test: it says when a post arrives, and which are lost. */

import type {
  Locks,
  NetChannel,
  OpenChannel,
} from "../../lib/broker/isolates/platform.ts";
import type { FakeLocks } from "./fake_locks.ts";

interface End {
  readonly name: string;
  readonly isolate: object;
  receive(value: unknown): void;
}

interface Arrival {
  readonly to: End;
  readonly value: unknown;
}

/** What the platform gives to one isolate. */
export interface FakeIsolate {
  /** Stands for it where locks are held. */
  readonly id: object;
  readonly openChannel: OpenChannel;
  readonly locks: Locks;
  /** Ends it without a word: its locks pass on, and nothing reaches it any more. */
  end(): void;
}

/** Isolates whose posts reach one another. Each end gets all posts of others in one order. */
export class FakeNet {
  /** Every post so far: its channel and its value. */
  readonly posts: { readonly name: string; readonly value: unknown }[] = [];
  /** Whether a post is lost on its way to one end. */
  lose: (name: string) => boolean = () => false;
  /** Called with each value before it is posted; may throw as a platform does. */
  onClone: (value: unknown) => void = () => {};
  readonly #ends = new Set<End>();
  readonly #ended = new Set<object>();
  readonly #arrivals: Arrival[] = [];
  readonly #onPost: (() => void) | undefined;

  /** `onPost` is called whenever something waits for {@linkcode deliver}. */
  constructor(onPost?: () => void) {
    this.#onPost = onPost;
  }

  /** Posts on their way. */
  get pending(): number {
    return this.#arrivals.length;
  }

  /** How many channels are open. */
  get open(): number {
    return this.#ends.size;
  }

  /** Makes an isolate of the process whose locks these are. */
  isolate(locks: FakeLocks): FakeIsolate {
    const isolate = {};
    return {
      id: isolate,
      openChannel: (name, receive) => this.#openChannel(name, receive, isolate),
      locks: locks.of(isolate),
      end: () => {
        this.#ended.add(isolate);
        for (const end of this.#ends) {
          if (end.isolate === isolate) this.#ends.delete(end);
        }
        locks.end(isolate);
      },
    };
  }

  /** Lets the oldest post arrive at one end; returns whether there was one. */
  deliver(): boolean {
    const arrival = this.#arrivals.shift();
    if (arrival === undefined) return false;
    const { to, value } = arrival;
    if (this.#ends.has(to) && !this.lose(to.name)) {
      to.receive(structuredClone(value));
    }
    return true;
  }

  /** Lets all arrive that was posted up to now. */
  deliverAll(): void {
    for (let count = this.pending; count > 0; count--) this.deliver();
  }

  #openChannel(
    name: string,
    receive: (value: unknown) => void,
    isolate: object,
  ): NetChannel {
    const end: End = { name, isolate, receive };
    this.#ends.add(end);
    return {
      postMessage: (value) => {
        // Its timers still run in a test, but it is not there any more.
        if (this.#ended.has(isolate)) return;
        // As on the platform.
        if (!this.#ends.has(end)) throw new Error(`${name} is closed`);
        this.onClone(value);
        const copy: unknown = structuredClone(value);
        this.posts.push({ name, value: copy });
        for (const other of this.#ends) {
          if (other === end || other.name !== name) continue;
          this.#arrivals.push({ to: other, value: copy });
        }
        this.#onPost?.();
      },
      close: () => void this.#ends.delete(end),
    };
  }
}
