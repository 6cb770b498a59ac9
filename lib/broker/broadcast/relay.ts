/** Passes this process's own publications on to the sequencers of others, each at most once. */

import type { Clock } from "../../base/clock.ts";
import type { PublishRequest } from "../types.ts";
import { decode, encode, type Encoded } from "./codec.ts";
import type { Message } from "./messages.ts";
import type { NetChannel, OpenChannel } from "./net.ts";
import { sizeOf } from "./sizes.ts";

/** Drafts that were published in one turn of another process. */
interface Relayed extends Encoded {
  /** The sequencer that relays them. */
  readonly from: string;
  /** Counts its posts. */
  readonly number: number;
}

/** What a relay works with. */
export interface RelayOptions {
  readonly open: OpenChannel;
  readonly cluster: string;
  /** This node's name. */
  readonly node: string;
  readonly clock: Clock;
  /** Called with each draft of another process. */
  readonly onDraft: (draft: PublishRequest) => void;
  /** Called when what another process posts cannot be read. */
  readonly onError: (error: unknown) => void;
}

/** Other sequencers whose posts are counted at once. */
export const MAX_SOURCES = 1_024;
/** Bytes from which on the drafts of one turn need another post. */
const MAX_POST_BYTES = 262_144;

/** Nobody repeats what gets lost here: without offsets in common, twice would be worse. */
export class Relay {
  readonly #options: RelayOptions;
  readonly #channel: NetChannel;
  /** By sequencer, the number of its last post. */
  readonly #delivered = new Map<string, number>();
  #waiting: Message[] = [];
  #waitingBytes = 0;
  #number = 0;
  #stopFlush: (() => void) | undefined;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#channel = options.open(
      `${options.cluster}:relay`,
      (value) => this.#receive(value),
    );
  }

  /** Passes on a draft of this process at the end of this turn. */
  send(draft: PublishRequest): void {
    const message: Message = { type: "publish", id: 0, draft };
    this.#waiting.push(message);
    this.#waitingBytes += sizeOf(message);
    if (this.#waitingBytes >= MAX_POST_BYTES) this.#flush();
    else this.#stopFlush ??= this.#options.clock.soon(() => this.#flush());
  }

  /** Posts what waits, and ends it. */
  close(): void {
    this.#flush();
    this.#channel.close();
  }

  #flush(): void {
    this.#stopFlush?.();
    this.#stopFlush = undefined;
    if (this.#waiting.length === 0) return;
    const relayed: Relayed = {
      from: this.#options.node,
      number: ++this.#number,
      ...encode(this.#waiting),
    };
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#channel.postMessage(relayed);
  }

  #receive(value: unknown): void {
    if (!isRelayed(value) || !this.#isNew(value)) return;
    try {
      for (const message of decode(value)) {
        if (message.type === "publish") this.#options.onDraft(message.draft);
      }
    } catch (error) {
      // It comes from another process, perhaps of another version.
      this.#options.onError(error);
    }
  }

  #isNew({ from, number }: Relayed): boolean {
    if (from === this.#options.node) return false;
    if (number <= (this.#delivered.get(from) ?? 0)) return false;
    this.#delivered.delete(from);
    this.#delivered.set(from, number);
    if (this.#delivered.size > MAX_SOURCES) {
      const [oldest] = this.#delivered.keys();
      this.#delivered.delete(oldest!);
    }
    return true;
  }
}

function isRelayed(value: unknown): value is Relayed {
  return typeof value === "object" && value !== null &&
    "from" in value && typeof value.from === "string" &&
    "number" in value && typeof value.number === "number" &&
    "text" in value && typeof value.text === "string" &&
    "bytes" in value && Array.isArray(value.bytes) &&
    "others" in value && Array.isArray(value.others);
}
