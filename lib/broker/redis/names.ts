/** Names of keys and topics in Redis, and the partitions that channels belong to. */

import { hash32 } from "../../base/hash.ts";

/** Number of slots of a cluster. */
const SLOTS = 16_384;
/** Number of partitions of a cluster. It never changes: channels would not be found again. */
const PARTITION_COUNT = 128;
/** Polynomial of CRC16 in its variant XMODEM. */
const POLYNOMIAL = 0x1021;
/** Number of channels whose names are remembered. */
const MAX_KNOWN = 10_000;

/** The partitions of a cluster: whole numbers, of which each is the hash tag of its names. */
export const PARTITIONS: readonly number[] = findPartitions();
/** Partition of the topics by which nodes call one another. */
export const [NODES_PARTITION = 0] = PARTITIONS;

/** Options of {@linkcode Names}. */
export interface NamesOptions {
  /** See `RedisLinkOptions`. */
  readonly prefix?: string;
  /** See `RedisLinkOptions`. */
  readonly database?: number;
  /** True if channels are spread over the partitions of a cluster; a single Redis is one partition. */
  readonly isCluster: boolean;
}

/**
 * Names of one hub. In a cluster they have their partition in front, as in
 * `thrum:{17}{room}:stream`: all keys of a partition are in one slot, so that one script
 * may publish to several of its channels. A single Redis has no use for that, and keeps
 * the names that it has always had.
 */
export class Names {
  readonly #prefix: string;
  readonly #topicPrefix: string;
  readonly #isCluster: boolean;
  /** Names of channels, with their partitions in front. */
  readonly #known = new Map<string, string>();

  /** @throws {RangeError} If the prefix has braces, which would put keys into different slots. */
  constructor({ prefix = "thrum:", database = 0, isCluster }: NamesOptions) {
    if (/[{}]/.test(prefix)) {
      throw new RangeError(
        `Cannot use the prefix "${prefix}": expected no braces`,
      );
    }
    this.#prefix = prefix;
    this.#topicPrefix = `${prefix}${database}:`;
    this.#isCluster = isCluster;
  }

  /** Partition of a channel. */
  partitionOf(channel: string): number {
    return this.#isCluster ? partitionIn(this.#placeOf(channel)) : 0;
  }

  /** Key of a channel. All keys of a channel are in one slot of a cluster. */
  keyOf(channel: string, part: string): string {
    return `${this.#prefix}${this.#placeOf(channel)}:${part}`;
  }

  /** Topic of a channel. */
  topicOf(channel: string): string {
    return this.#topicPrefix + this.#placeOf(channel);
  }

  /** Topic of a node, or without a name of all nodes. */
  nodeTopicOf(node?: string): string {
    const tag = this.#isCluster ? tagOf(NODES_PARTITION) : "";
    return this.#topicPrefix + tag +
      (node === undefined ? "nodes" : `node:${node}`);
  }

  /** Key of the life of a server that does not tell it, and has that partition. */
  lifeKeyOf(partition: number): string {
    const tag = this.#isCluster ? tagOf(partition) : "";
    return `${this.#prefix}${tag}life`;
  }

  #placeOf(channel: string): string {
    if (!this.#isCluster) return `{${escapeBraces(channel)}}`;
    const known = this.#known.get(channel);
    if (known !== undefined) return known;
    const partition = PARTITIONS[hash32(channel) % PARTITION_COUNT] ?? 0;
    const place = `${tagOf(partition)}{${escapeBraces(channel)}}`;
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    this.#known.set(channel, place);
    return place;
  }
}

/** Takes the smallest number whose slot lies in each of so many equal ranges: primaries with equal shares of the slots get equal shares of the partitions. */
function findPartitions(): readonly number[] {
  const found = new Map<number, number>();
  for (let number = 0; found.size < PARTITION_COUNT; number++) {
    const range = Math.floor(slotOf(number) * PARTITION_COUNT / SLOTS);
    if (!found.has(range)) found.set(range, number);
  }
  return [...found.values()];
}

/** Partition in the name of a key or topic of a cluster. */
export function partitionIn(name: string): number {
  return Number.parseInt(name.slice(name.indexOf("{") + 1), 10);
}

/** Slot of a partition: of its hash tag, as Redis Cluster computes it. */
export function slotOf(partition: number): number {
  let crc = 0;
  for (const digit of String(partition)) {
    crc ^= digit.charCodeAt(0) << 8;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc & 0x8000) === 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
    }
    crc &= 0xffff;
  }
  return crc % SLOTS;
}

function tagOf(partition: number): string {
  return `{${partition}}`;
}

/** The name of a channel without closing braces, which would end it. */
function escapeBraces(channel: string): string {
  return /[%}]/.test(channel)
    ? channel.replaceAll("%", "%25").replaceAll("}", "%7D")
    : channel;
}
