/** A link that is posted over two channels, one each way, which nobody else has opened. */

import { Link, type LinkOptions, type Post } from "./link.ts";
import type { Message } from "./messages.ts";
import type { NetChannel, OpenChannel } from "./net.ts";
import { type Content, type Lengths, SharedMemory } from "./shared_memory.ts";

/** The two ends of a link, and what it is posted over. */
export interface PairOptions extends Omit<LinkOptions, "post"> {
  readonly open: OpenChannel;
  /** What the names of the channels begin with. */
  readonly cluster: string;
  /** This node's name. */
  readonly node: string;
  /** The name of the node at the other end. */
  readonly other: string;
  /** Called with each post of the other side, before it is taken. */
  readonly onPost?: () => void;
}

/** What a channel takes: a list of numbers, for it spends 20 ns on each byte. */
type WirePost = readonly [
  ack: number,
  flags: number,
  number?: number,
  /** Where it lies in the memory, or the batch itself. */
  content?: Lengths | Content,
  others?: readonly Message[],
  /** The sender's memory. */
  memory?: SharedArrayBuffer,
];

/** The sender misses a batch. */
const AGAIN = 1;
/** The sender has got the other side's memory. */
const MAPPED = 2;

/** How often memory is offered; some platforms cannot share it, and lose the post. */
const OFFERS = 2;

/** One end of a link, with its channels and its memory. */
export class Pair {
  readonly link: Link;
  readonly #there: NetChannel;
  readonly #back: NetChannel;
  readonly #ours: SharedMemory | undefined;
  #theirs: SharedMemory | undefined;
  /** Whether the other side has got our memory. */
  #mapped = false;
  #offers = 0;

  constructor({ open, cluster, node, other, ...options }: PairOptions) {
    // An isolate unpacks only what is posted to a name that it has opened. Whoever
    // sends under a name does not hear itself, so nothing is unpacked twice.
    this.#there = open(`${cluster}:${node}>${other}`, () => {});
    this.#back = open(`${cluster}:${other}>${node}`, (value) => {
      if (!isWirePost(value)) return;
      options.onPost?.();
      this.link.receive(this.#read(value));
    });
    if ("SharedArrayBuffer" in globalThis) this.#ours = new SharedMemory();
    this.link = new Link({ ...options, post: (post) => this.#post(post) });
  }

  /** Ends the link and closes its channels. */
  close(): void {
    this.link.close();
    this.#there.close();
    this.#back.close();
  }

  #post({ ack, again, batch }: Post): void {
    const flags = (again ? AGAIN : 0) +
      (this.#theirs === undefined ? 0 : MAPPED);
    if (batch === undefined) return this.#there.postMessage([ack, flags]);
    const { number, text, bytes, others } = batch;
    const content = (this.#mapped && this.#ours?.write(number, batch)) ||
      { text, bytes };
    const wire: WirePost = [ack, flags, number, content, others];
    if (!this.#offer(wire)) this.#there.postMessage(wire);
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

  #read([ack, flags, number, content, others, memory]: WirePost): Post {
    this.#mapped ||= (flags & MAPPED) !== 0;
    if (memory !== undefined) this.#theirs ??= new SharedMemory(memory);
    const again = (flags & AGAIN) !== 0;
    if (number === undefined || content === undefined) {
      return { ack, again, batch: undefined };
    }
    const { text, bytes } = isInline(content)
      ? content
      : this.#theirs!.read(number, content);
    return { ack, again, batch: { number, text, bytes, others: others ?? [] } };
  }
}

function isInline(content: Lengths | Content): content is Content {
  return !Array.isArray(content);
}

function isWirePost(value: unknown): value is WirePost {
  return Array.isArray(value) && typeof value[0] === "number" &&
    typeof value[1] === "number";
}
