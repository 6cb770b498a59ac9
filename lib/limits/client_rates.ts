/** Rates of one client, or of a group of clients: token buckets of its messages, their bytes, its commands and its replies. */

import { DisconnectError, disconnects } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { RateLimits } from "./hub_limits.ts";
import type { Refusals } from "./refusals.ts";
import { type Rate, rateOf, TokenBucket } from "./token_bucket.ts";

/** Length of replies that are not counted: most confirm a command. */
const FREE_REPLY_BYTES = 512;

/** Kinds of commands that have a rate of their own, and the names of their limits. */
const COMMAND_LIMITS = {
  publish: "publishRate",
  subscribe: "subscribeRate",
  history: "historyRate",
  presence: "presenceRate",
} as const;

/** Kind of commands with a rate of its own. */
export type CommandRate = keyof typeof COMMAND_LIMITS;

/** Rates of a namespace, per second and connection; those that are left out are the hub's. */
export type NamespaceRates = {
  readonly [Name in typeof COMMAND_LIMITS[CommandRate]]?: number;
};

/**
 * Messages that may wait for their turn, in one turn of the event loop, before
 * `floodRate` counts: to take them costs the others less than a millisecond.
 */
const FREE_PER_TURN = 512;

/** Rate that a message is above; `undefined` if it is within all. */
export type Exceeded = "messages" | "bytes" | undefined;

/** Parts of the rates of a hub's clients. */
export interface RateTableOptions {
  /** Limits of one connection. */
  readonly limits: RateLimits;
  /** Time that rates are counted on, in milliseconds. */
  readonly time: { readonly now: number };
  /** Counts what is refused. */
  readonly refusals: Refusals;
  /**
   * Multiple of the limits, for a group of connections.
   * @default {1}
   */
  readonly factor?: number;
}

/** Rates that all clients of a hub have alike; `undefined` is no limit. */
export class RateTable {
  readonly messages: Rate | undefined;
  readonly bytes: Rate | undefined;
  readonly replyBytes: Rate | undefined;
  readonly flood: Rate | undefined;
  readonly refused: Rate | undefined;
  readonly time: { readonly now: number };
  readonly refusals: Refusals;
  readonly #rateOf: (perSecond: number) => Rate | undefined;
  readonly #commands: Readonly<Record<CommandRate, Rate | undefined>>;
  readonly #namespaces = new Map<
    NamespaceRates,
    Partial<Record<CommandRate, Rate>>
  >();

  /** Rates of the clients with neither a known address nor a uid that is vouched for, whose floods count together: a client may claim as many names as it likes. */
  readonly anonymous: ClientRates;

  /** Makes the rates of limits. */
  constructor({ limits, time, refusals, factor = 1 }: RateTableOptions) {
    const rate = (perSecond: number) =>
      rateOf(perSecond * factor, limits.rateBurstMs);
    this.time = time;
    this.refusals = refusals;
    this.messages = rate(limits.messageRate);
    this.bytes = rate(limits.byteRate);
    this.replyBytes = rate(limits.replyByteRate);
    // The turns of the event loop are the same for one connection and for several.
    this.flood = rateOf(limits.floodRate, limits.floodBurstMs);
    this.refused = rate(limits.refusalRate);
    // Every publication is a message: a rate that is no lower limits nothing.
    const isLimited = limits.messageRate === 0 ||
      limits.publishRate < limits.messageRate;
    this.#rateOf = rate;
    this.#commands = {
      publish: isLimited ? rate(limits.publishRate) : undefined,
      subscribe: rate(limits.subscribeRate),
      history: rate(limits.historyRate),
      presence: rate(limits.presenceRate),
    };
    this.anonymous = new ClientRates(this);
  }

  /** The rate of a kind of commands: that of a namespace, where it has its own. */
  of(kind: CommandRate, namespace?: NamespaceRates): Rate | undefined {
    const perSecond = namespace?.[COMMAND_LIMITS[kind]];
    if (namespace === undefined || perSecond === undefined) {
      return this.#commands[kind];
    }
    const known = this.#namespaces.get(namespace) ?? {};
    this.#namespaces.set(namespace, known);
    return known[kind] ??= this.#rateOf(perSecond);
  }
}

/** Counts what one client does, and refuses what is above its rates or above those of its group. */
export class ClientRates {
  /** Rates of the clients of one uid or address, which share them. */
  group: ClientRates | undefined = undefined;
  /** Rates of the clients of its address, whose floods count together whatever uids they have. */
  address: ClientRates | undefined = undefined;
  /** True if its uid is that of a token, or the program's. */
  isVouchedFor = false;
  readonly #table: RateTable;
  /** Tokens of the messages and bytes, at a time: the only buckets that every client needs. */
  #messages: number;
  #bytes: number;
  #at: number;
  /** The other buckets; most clients use few of them. */
  #buckets: Map<Rate, TokenBucket> | undefined;
  /** Turn of the event loop, and the messages in it that had to wait. */
  #turn = 0;
  #waiting = 0;

  /** Begins to count. */
  constructor(table: RateTable) {
    this.#table = table;
    this.#messages = table.messages?.burst ?? Infinity;
    this.#bytes = table.bytes?.burst ?? Infinity;
    this.#at = table.time.now;
  }

  /** Counts a message of `bytes`; returns the rate that it is above. One that is longer than the burst is let through by full buckets. */
  takeMessage(bytes: number): Exceeded {
    const { now } = this.#table.time;
    const { group } = this;
    const exceeded = this.#exceededBy(bytes, now);
    if (exceeded !== undefined) return exceeded;
    if (group !== undefined) {
      const together = group.#exceededBy(bytes, now);
      if (together !== undefined) return together;
      group.#messages--;
      group.#bytes -= bytes;
    }
    this.#messages--;
    this.#bytes -= bytes;
    return undefined;
  }

  /** Counts messages that have come in the frame of another one; what has happened may be owed. */
  chargeMessages(count: number): void {
    this.#messages -= count;
    this.group?.chargeMessages(count);
  }

  /** Counts messages that have to wait for a later turn than the one with this number; `false` if they are a flood. */
  takeWaiting(turn: number, count: number): boolean {
    const { group, address, isVouchedFor } = this;
    const crowd = address ??
      (isVouchedFor ? undefined : this.#table.anonymous);
    const isTaken = this.#takeWaiting(turn, count) &&
      (group === undefined || group === crowd ||
        group.#takeWaiting(turn, count)) &&
      (crowd === undefined || crowd.#takeWaiting(turn, count));
    if (!isTaken) this.#table.refusals.flood++;
    return isTaken;
  }

  /**
   * Counts a command by its own rate, or by that of its channel's namespace.
   *
   * @throws {ProtocolError} If it is above, or has to wait until earlier replies are paid for (111).
   * @throws {DisconnectError} If the client has gone on regardless (3013).
   */
  requireCommand(kind: CommandRate, namespace?: NamespaceRates): void {
    const isRead = kind === "history" || kind === "presence";
    if (isRead && this.replyDelayMs > 0) throw this.refusal("replyBytes");
    if (!this.#takeCommand(kind, namespace)) throw this.refusal(kind);
  }

  /** Counts the bytes of a reply, unless it is short. */
  chargeReply(bytes: number): void {
    const { replyBytes, time: { now } } = this.#table;
    if (bytes <= FREE_REPLY_BYTES || replyBytes === undefined) return;
    this.#bucket(replyBytes).charge(now, bytes);
    this.group?.chargeReply(bytes);
  }

  /** Counts a refusal; the error is that of the command, or the end of the connection. */
  refusal(
    exceeded: CommandRate | NonNullable<Exceeded> | "replyBytes",
  ): ProtocolError | DisconnectError {
    const { refusals } = this.#table;
    refusals[exceeded]++;
    if (this.#takeRefusal()) return new ProtocolError(errors.tooManyRequests);
    refusals.refused++;
    return new DisconnectError(disconnects.tooManyRequests);
  }

  /** Counts the end of a connection that has asked for too much: a second of `floodRate` is owed. */
  chargeFlood(): void {
    const { flood, time: { now } } = this.#table;
    if (flood) this.#bucket(flood).charge(now, flood.perSecond);
  }

  /** True if something is owed for a flood: a client that comes back at once is not to do the same again. */
  get isFlooding(): boolean {
    return this.#owedMs(this.#table.flood) > 0;
  }

  /** Milliseconds until the replies that were sent are paid for. */
  get replyDelayMs(): number {
    const own = this.#owedMs(this.#table.replyBytes);
    return Math.max(own, this.group?.replyDelayMs ?? 0);
  }

  /** True if it counts nothing that a new one would not. */
  get isFresh(): boolean {
    const { time: { now }, messages, bytes } = this.#table;
    this.#refill(now);
    return this.#messages >= (messages?.burst ?? Infinity) &&
      this.#bytes >= (bytes?.burst ?? Infinity) &&
      [...this.#buckets?.values() ?? []].every((bucket) => bucket.isFull(now));
  }

  #exceededBy(bytes: number, now: number): Exceeded {
    if (now !== this.#at) this.#refill(now);
    if (this.#messages < 1) return "messages";
    if (this.#bytes >= bytes) return undefined;
    return this.#bytes < (this.#table.bytes?.burst ?? 0) ? "bytes" : undefined;
  }

  #owedMs(rate: Rate | undefined): number {
    const bucket = rate && this.#buckets?.get(rate);
    return bucket?.owedMs(this.#table.time.now) ?? 0;
  }

  #takeWaiting(turn: number, count: number): boolean {
    if (turn !== this.#turn) this.#waiting = 0;
    this.#turn = turn;
    const free = Math.max(FREE_PER_TURN - this.#waiting, 0);
    this.#waiting += count;
    return count <= free || this.#take(this.#table.flood, count - free);
  }

  #takeCommand(kind: CommandRate, namespace?: NamespaceRates): boolean {
    return this.#take(this.#table.of(kind, namespace)) &&
      (this.group === undefined || this.group.#takeCommand(kind, namespace));
  }

  #takeRefusal(): boolean {
    return this.#take(this.#table.refused) &&
      (this.group === undefined || this.group.#takeRefusal());
  }

  #take(rate: Rate | undefined, cost = 1): boolean {
    return rate === undefined ||
      this.#bucket(rate).take(this.#table.time.now, cost);
  }

  #bucket(rate: Rate): TokenBucket {
    const known = this.#buckets?.get(rate);
    if (known !== undefined) return known;
    const bucket = new TokenBucket(rate, this.#table.time.now);
    (this.#buckets ??= new Map()).set(rate, bucket);
    return bucket;
  }

  #refill(now: number): void {
    const { messages, bytes } = this.#table;
    const seconds = (now - this.#at) / 1_000;
    this.#at = now;
    if (messages !== undefined) {
      const tokens = this.#messages + seconds * messages.perSecond;
      this.#messages = Math.min(tokens, messages.burst);
    }
    if (bytes !== undefined) {
      const tokens = this.#bytes + seconds * bytes.perSecond;
      this.#bytes = Math.min(tokens, bytes.burst);
    }
  }
}
