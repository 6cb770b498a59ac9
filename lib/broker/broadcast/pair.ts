/** A link that is posted over two channels, one each way, which nobody else has opened. */

import type { Clock } from "../../base/clock.ts";
import { Link, type LinkOptions, type Post } from "./link.ts";
import type { Message } from "./messages.ts";
import type { NetChannel, OpenChannel } from "./net.ts";
import type { Batch } from "./outbox.ts";
import { SharedMemory } from "./shared_memory.ts";

/** The two ends of a link, and what it is posted over. */
export interface PairOptions extends Omit<LinkOptions, "post" | "onIdle"> {
  readonly open: OpenChannel;
  /** What the names of the channels begin with. */
  readonly cluster: string;
  /** This node's name. */
  readonly node: string;
  /** The name of the node at the other end. */
  readonly other: string;
}

/** What a channel takes: few and small numbers, for it spends 20 ns on each byte. */
type WirePost = readonly [
  ack: number,
  flags: number,
  number?: number,
  /** Its length, where it lies in the memory, or the content itself. */
  content?: number | Uint8Array<ArrayBuffer>,
  lengths?: readonly number[],
  others?: readonly Message[],
  /** The sender's memory. */
  memory?: SharedArrayBuffer,
];

/** The sender misses a batch. */
const AGAIN = 1;
/** The sender has got the other side's memory. */
const MAPPED = 2;
/** The content goes on in the next batch. */
const MORE = 4;

/** How long the last word may take to arrive, in milliseconds. */
const BYE_MS = 500;
/** How often memory is offered; some platforms cannot share it, and lose the post. */
const OFFERS = 2;

/** One end of a link, with its channels and its memory. */
export class Pair {
  readonly link: Link;
  readonly #clock: Clock;
  readonly #there: NetChannel;
  readonly #back: NetChannel;
  readonly #ours: SharedMemory | undefined;
  #theirs: SharedMemory | undefined;
  /** Whether the other side has got our memory. */
  #mapped = false;
  #offers = 0;
  #finishBye: (() => void) | undefined;

  constructor({ open, cluster, node, other, ...options }: PairOptions) {
    this.#clock = options.clock;
    // An isolate unpacks only what is posted to a name that it has opened. Whoever
    // sends under a name does not hear itself, so nothing is unpacked twice.
    this.#there = open(`${cluster}:${node}>${other}`, () => {});
    this.#back = open(`${cluster}:${other}>${node}`, (value) => {
      if (isWirePost(value)) this.link.receive(this.#read(value));
    });
    if ("SharedArrayBuffer" in globalThis) this.#ours = new SharedMemory();
    this.link = new Link({
      ...options,
      post: (post) => this.#post(post),
      onIdle: () => this.#finishBye?.(),
    });
  }

  /** Says the last word; resolves when all has arrived, the link is closed, or it takes too long. */
  bye(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = this.#clock.after(BYE_MS, resolve);
    this.#finishBye = () => {
      stop();
      resolve();
    };
    this.link.send({ type: "bye" });
    this.link.flush();
    return promise;
  }

  /** Ends the link and closes its channels. */
  close(): void {
    this.#finishBye?.();
    this.link.close();
    this.#there.close();
    this.#back.close();
  }

  #post({ ack, again, batch }: Post): void {
    const flags = (again ? AGAIN : 0) +
      (this.#theirs === undefined ? 0 : MAPPED) + (batch?.more ? MORE : 0);
    if (batch === undefined) return this.#there.postMessage([ack, flags]);
    const { number, lengths, others } = batch;
    const content = this.#place(batch);
    const wire: WirePost = [ack, flags, number, content, lengths, others];
    if (!this.#offer(wire)) this.#there.postMessage(wire);
  }

  #place({ number, content }: Batch): number | Uint8Array<ArrayBuffer> {
    // Without memory the piece alone is posted, not all that it was cut from.
    if (!this.#mapped || this.#ours === undefined) return content.slice();
    this.#ours.write(number, content);
    return content.length;
  }

  /** Posts with our memory, while the other side may not have got it; returns whether it was posted. */
  #offer(wire: WirePost): boolean {
    if (this.#mapped || !this.#ours || this.#offers >= OFFERS) return false;
    this.#offers++;
    try {
      this.#there.postMessage([...wire, this.#ours.buffer]);
      return true;
    } catch {
      // A platform that cannot share memory: all goes through the channel.
      this.#offers = OFFERS;
      return false;
    }
  }

  #read(wire: WirePost): Post {
    const [ack, flags, number, content, lengths = [], others = []] = wire;
    this.#mapped ||= (flags & MAPPED) !== 0;
    const memory = wire[6];
    if (memory !== undefined) this.#theirs ??= new SharedMemory(memory);
    const again = (flags & AGAIN) !== 0;
    if (number === undefined || content === undefined) {
      return { ack, again, batch: undefined };
    }
    const piece = typeof content === "number"
      ? this.#theirs!.read(number, content)
      : content;
    const more = (flags & MORE) !== 0;
    const batch = { number, content: piece, more, lengths, others };
    return { ack, again, batch };
  }
}

function isWirePost(value: unknown): value is WirePost {
  return Array.isArray(value) && typeof value[0] === "number" &&
    typeof value[1] === "number";
}
