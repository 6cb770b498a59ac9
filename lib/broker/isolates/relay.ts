/** Relay between hubs without a common order: original publications, each at most once. */

import type { Clock } from "../../base/clock.ts";
import { LruMap } from "../lru_map.ts";
import type { PublishRequest, RelayCounters } from "../types.ts";
import { encode, fromPublish, toPublish } from "./codec.ts";
import type { Publish } from "./messages.ts";
import type { NetChannel, OpenChannel } from "./platform.ts";

/** Post of a hub. Posts with publications are numbered, so that none counts twice. */
type RelayPost =
  | { readonly type: "hello" | "answer" | "bye"; readonly from: string }
  | {
    readonly type: "publications";
    readonly from: string;
    readonly number: number;
    /** JSON text of {@linkcode Publish} messages. */
    readonly text: string;
  };

/** Options of {@linkcode Relay}. */
export interface RelayOptions {
  readonly clock: Clock;
  readonly openChannel: OpenChannel;
  /** Beginning of the channel's name. */
  readonly cluster: string;
  /** This node's name. */
  readonly node: string;
  /** Counts lost posts. */
  readonly counters: RelayCounters;
  /** Receives each publication of another hub. */
  readonly onPublication: (request: PublishRequest) => void;
  /** Called when the first other hub answers. */
  readonly onPeer: (node: string) => void;
  /** Receives what a post of another hub has thrown. */
  readonly onError: (error: unknown) => void;
}

/** Other hubs whose posts are counted at once. */
export const MAX_PEERS = 1_024;
/** A hub that starts says hello so often, for a post may be lost. */
const HELLOS = 3;
const HELLO_PERIOD_MS = 1_000;
/** A hub with others says so often that it is there, unless it has posted meanwhile. */
export const LIFE_PERIOD_MS = 10_000;
/** Periods without a post after which another hub is forgotten. */
const MAX_SILENT_PERIODS = 3;
/** Length from which on the publications of one turn need another post. */
const MAX_POST_LENGTH = 262_144;

/** Another hub. */
interface Peer {
  /** Number of its last post with publications. */
  readonly number: number;
  /** Periods since its last post. A stall of this process is one at most. */
  silentPeriods: number;
}

/**
 * Posts this process's own publications to hubs that have answered its hello, or
 * said theirs. A lost post is not repeated: without common offsets a publication
 * that comes twice would be worse. A relayed publication is not posted again. A hub
 * that says goodbye, or nothing for 30 s, is forgotten until it posts again.
 */
export class Relay {
  readonly #options: RelayOptions;
  readonly #channel: NetChannel;
  readonly #peers = new LruMap<Peer>(MAX_PEERS);
  #texts: string[] = [];
  #length = 0;
  #number = 0;
  #hellos = 0;
  /** True if this hub has posted in this period. */
  #hasPosted = false;
  #stopHello: (() => void) | undefined;
  #stopLife: (() => void) | undefined;
  #stopFlush: (() => void) | undefined;

  /** Opens the channel, and says hello. */
  constructor(options: RelayOptions) {
    const { openChannel, cluster, clock } = options;
    this.#options = options;
    this.#channel = openChannel(`${cluster}:relay`, (value) => {
      if (isRelayPost(value) && value.from !== options.node) {
        this.#receive(value);
      }
    });
    this.#stopHello = clock.every(HELLO_PERIOD_MS, () => this.#sayHello());
    this.#sayHello();
  }

  /** True if another hub is there. */
  get hasPeers(): boolean {
    return this.#peers.size > 0;
  }

  /** Posts a publication at the end of this turn, if another hub is there. */
  send(request: PublishRequest): void {
    if (!this.hasPeers) return;
    const text = encode(toPublish(0, request));
    this.#texts.push(text);
    this.#length += text.length;
    if (this.#length >= MAX_POST_LENGTH) this.#flush();
    else this.#stopFlush ??= this.#options.clock.soon(() => this.#flush());
  }

  /** Posts what waits, and says goodbye. */
  close(): void {
    this.#stopHello?.();
    this.#stopLife?.();
    this.#flush();
    if (this.hasPeers) this.#post({ type: "bye", from: this.#options.node });
    this.#channel.close();
  }

  #sayHello(): void {
    if (this.#hellos === HELLOS || this.hasPeers) return this.#stopHello?.();
    this.#hellos++;
    this.#post({ type: "hello", from: this.#options.node });
  }

  #flush(): void {
    this.#stopFlush?.();
    this.#stopFlush = undefined;
    if (this.#texts.length === 0) return;
    const text = `[${this.#texts}]`;
    const number = ++this.#number;
    this.#texts = [];
    this.#length = 0;
    const { node: from } = this.#options;
    this.#post({ type: "publications", from, number, text });
  }

  #post(post: RelayPost): void {
    this.#hasPosted = true;
    this.#channel.postMessage(post);
  }

  #receive(post: RelayPost): void {
    const { from } = post;
    switch (post.type) {
      case "hello":
        this.#addPeer(from, 0);
        return this.#post({ type: "answer", from: this.#options.node });
      case "answer":
        return this.#addPeer(from, 0);
      case "bye":
        this.#peers.take(from);
        if (!this.hasPeers) this.#stopLife?.();
        return;
      case "publications":
        return this.#receivePublications(post);
    }
  }

  #receivePublications(
    { from, number, text }: Extract<RelayPost, { type: "publications" }>,
  ): void {
    const last = this.#peers.get(from)?.number ?? 0;
    if (number <= last) return;
    // A hub that was met late has posted before.
    if (last > 0 && number > last + 1) this.#options.counters.gaps++;
    this.#addPeer(from, number);
    const { onPublication, onError } = this.#options;
    try {
      // From another process, perhaps of another version.
      const messages: Publish[] = JSON.parse(text);
      for (const message of messages) {
        if (message[0] !== "publish") throw new TypeError(String(message));
        onPublication(fromPublish(message));
      }
    } catch (error) {
      onError(error);
    }
  }

  #addPeer(node: string, number: number): void {
    const { clock, onPeer } = this.#options;
    const isFirst = !this.hasPeers;
    const last = this.#peers.get(node)?.number ?? 0;
    this.#peers.set(node, { number: Math.max(number, last), silentPeriods: 0 });
    if (!isFirst) return;
    this.#stopLife?.();
    this.#stopLife = clock.every(LIFE_PERIOD_MS, () => this.#onPeriod());
    onPeer(node);
  }

  /**
   * Forgets the hubs that have ended without a goodbye, and shows the others that this
   * one has not. If all were forgotten it goes on: perhaps only posts were lost.
   */
  #onPeriod(): void {
    for (const [node, peer] of this.#peers.entries()) {
      if (++peer.silentPeriods >= MAX_SILENT_PERIODS) this.#peers.take(node);
    }
    const type = this.hasPeers ? "answer" : "hello";
    if (!this.#hasPosted) this.#post({ type, from: this.#options.node });
    this.#hasPosted = false;
  }
}

function isRelayPost(value: unknown): value is RelayPost {
  if (typeof value !== "object" || value === null) return false;
  const { type, from, number, text }: Readonly<Record<string, unknown>> = {
    ...value,
  };
  if (typeof from !== "string") return false;
  return type === "hello" || type === "answer" || type === "bye" ||
    (type === "publications" && typeof number === "number" &&
      typeof text === "string");
}
