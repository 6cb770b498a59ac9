/** Double of a broker outside of the process: it may crash with its memory or without, and links to it break. */

import { MemoryBroker } from "../../lib/broker/memory/broker.ts";
import type {
  Broker,
  BrokerNode,
  HistoryQuery,
  HistoryResult,
  Published,
  PublishRequest,
  RecoverQuery,
} from "../../lib/broker/types.ts";
import type {
  ClientInfo,
  Publication,
  StreamPosition,
} from "../../lib/base/publication.ts";
import type { Random } from "../../lib/base/random.ts";
import type { Recovery } from "../../lib/base/recovery.ts";
import { MemoryPresence } from "../../lib/presence/memory.ts";
import type { Presence, PresenceStats } from "../../lib/presence/types.ts";
import { SparseBroker } from "../support/sparse_broker.ts";
import type { SeededRandom } from "./seeded_random.ts";
import { Process, type Timeline } from "./timeline.ts";

const AWAY = "the broker is away";

/** Parts of the server that a planted bug may replace. */
export interface ServerPlant {
  /** Randomness of a new memory, from which its epochs come. */
  readonly memoryRandom?: (random: Random) => Random;
  /** Carries out a publication; by default at once. */
  readonly publish?: (
    server: ExternalServer,
    request: PublishRequest,
  ) => Promise<Published> | Published;
}

/** Options of a server. */
export interface ExternalServerOptions {
  /** Lifetime of a lease. */
  readonly ttlMs: number;
  /** Whether its offsets skip. */
  readonly isSparse: boolean;
  /** What a planted bug replaces. */
  readonly plant?: ServerPlant;
}

/** The server. Its memory is that of a real broker of one node. */
export class ExternalServer {
  readonly timeline: Timeline;
  readonly random: SeededRandom;
  readonly process: Process;
  readonly plant: ServerPlant;
  /** Number of memories so far. */
  life = 0;
  isUp = true;
  memory!: Broker;
  presence!: MemoryPresence;
  readonly #options: ExternalServerOptions;
  readonly #links = new Set<ExternalBroker>();
  readonly #interests = new Map<string, Set<ExternalBroker>>();

  constructor(
    timeline: Timeline,
    random: SeededRandom,
    options: ExternalServerOptions,
  ) {
    this.timeline = timeline;
    this.random = random;
    this.process = new Process(timeline);
    this.plant = options.plant ?? {};
    this.#options = options;
    this.#begin();
  }

  /** Breaks all links; without its memory it begins again with none. */
  crash(keepsMemory: boolean): void {
    this.isUp = false;
    for (const link of [...this.#links]) link.drop();
    if (!keepsMemory) this.#begin();
  }

  /** Breaks the link of one node. */
  drop(broker: Broker): void {
    for (const link of [...this.#links]) if (link === broker) link.drop();
  }

  /** Takes a node in. */
  connect(link: ExternalBroker): void {
    this.#links.add(link);
  }

  /** Forgets a node whose link is broken. */
  disconnect(link: ExternalBroker): void {
    this.#links.delete(link);
    for (const channel of [...this.#interests.keys()]) {
      this.unsubscribe(link, channel);
    }
  }

  subscribe(link: ExternalBroker, channel: string): void {
    const interest = this.#interests.get(channel) ?? new Set();
    this.#interests.set(channel, interest.add(link));
    this.memory.subscribe(channel);
  }

  unsubscribe(link: ExternalBroker, channel: string): void {
    const interest = this.#interests.get(channel);
    if (!interest?.delete(link) || interest.size > 0) return;
    this.#interests.delete(channel);
    this.memory.unsubscribe(channel);
  }

  publish(request: PublishRequest): Promise<Published> | Published {
    return this.plant.publish?.(this, request) ?? this.memory.publish(request);
  }

  #begin(): void {
    const { process: clock, random } = this;
    const { ttlMs, isSparse } = this.#options;
    this.life++;
    if (this.life > 1) this.memory.close();
    const from = this.plant.memoryRandom?.(random) ?? random;
    const memory = new MemoryBroker({ random: from, clock });
    this.memory = isSparse ? new SparseBroker(memory) : memory;
    this.presence = new MemoryPresence({ clock, ttlMs });
    this.memory.start({
      deliver: (publication) => this.#deliver(publication),
      answer: () => undefined,
      checkPositions: () => {},
    });
  }

  #deliver(publication: Publication): boolean {
    const interest = this.#interests.get(publication.channel);
    for (const link of interest ?? []) link.deliver(publication);
    return interest !== undefined;
  }
}

interface Call {
  reject(error: Error): void;
}

/**
 * Broker of one node. Answers and deliveries come on links of their own, so that an
 * answer may overtake a delivery. After a lost link it subscribes again by itself, and
 * calls for a check of the positions.
 */
export class ExternalBroker implements Broker {
  readonly node: string;
  readonly mode = "external";
  readonly presence: Presence;
  readonly #server: ExternalServer;
  readonly #process: Process;
  readonly #wanted = new Set<string>();
  readonly #calls = new Set<Call>();
  #owner: BrokerNode | undefined;
  #isLinked = false;
  #isClosed = false;
  /** Number of links so far: what belongs to an older one is lost. */
  #link = 0;
  #lastUp = 0;
  #lastAnswer = 0;
  #lastDelivery = 0;

  constructor(server: ExternalServer, process: Process) {
    this.#server = server;
    this.#process = process;
    this.node = server.random.uuid();
    this.presence = presenceOf(server, (call) => this.#call(call));
  }

  get ready(): boolean {
    return this.#isLinked;
  }

  start(node: BrokerNode): void {
    this.#owner = node;
    this.#connect();
  }

  async subscribe(channel: string): Promise<void> {
    this.#wanted.add(channel);
    await this.#confirm(channel);
  }

  async unsubscribe(channel: string): Promise<void> {
    this.#wanted.delete(channel);
    await this.#call(() => this.#server.unsubscribe(this, channel));
  }

  publish(request: PublishRequest): Promise<Published> {
    return this.#call(() => this.#server.publish(request));
  }

  position(channel: string): Promise<StreamPosition> {
    return this.#call(({ memory }) => memory.position(channel));
  }

  recover(
    channel: string,
    query: RecoverQuery,
  ): Promise<Recovery<Publication>> {
    return this.#call(({ memory }) => memory.recover(channel, query));
  }

  history(channel: string, query: HistoryQuery): Promise<HistoryResult> {
    return this.#call(({ memory }) => memory.history(channel, query));
  }

  removeHistory(channel: string): Promise<void> {
    return this.#call(({ memory }) => memory.removeHistory(channel));
  }

  async call(
    node: string | undefined,
    call: unknown,
  ): Promise<readonly unknown[]> {
    if (node !== undefined && node !== this.node) return [];
    return [await this.#owner?.answer(call)];
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.drop();
    return Promise.resolve();
  }

  /** Breaks the link. */
  drop(): void {
    this.#server.disconnect(this);
    if (!this.#isLinked && !this.#isClosed) return;
    this.#isLinked = false;
    this.#link++;
    const calls = [...this.#calls];
    this.#calls.clear();
    for (const call of calls) call.reject(new Error(AWAY));
    if (!this.#isClosed) this.#connectLater();
  }

  /** Takes a delivery of the server; each arrives in its order, until the link breaks. */
  deliver(publication: Publication): void {
    this.#down(() => {
      if (this.#wanted.has(publication.channel)) {
        this.#owner?.deliver(publication);
      }
    });
  }

  #connectLater(): void {
    const { random, timeline } = this.#server;
    const at = timeline.now + random.between(100, 600);
    timeline.at(at, () => this.#connect(), this.#process);
  }

  #connect(): void {
    if (this.#isClosed) return;
    if (!this.#server.isUp) return this.#connectLater();
    this.#server.connect(this);
    this.#isLinked = true;
    this.#resume();
  }

  async #resume(): Promise<void> {
    const isFirst = this.#link === 0;
    try {
      await Promise.all([...this.#wanted].map((name) => this.#confirm(name)));
      if (!isFirst) this.#owner?.checkPositions();
    } catch {
      // The link is lost again, and so is this.
    }
  }

  /** Subscribes; the confirmation comes among the deliveries. */
  #confirm(channel: string): Promise<void> {
    return this.#request(
      () => this.#server.subscribe(this, channel),
      (callback) => this.#down(callback),
    );
  }

  #call<T>(run: (server: ExternalServer) => T | Promise<T>): Promise<T> {
    return this.#request(run, (callback) => this.#answer(callback));
  }

  #request<T>(
    run: (server: ExternalServer) => T | Promise<T>,
    reply: (callback: () => void) => void,
  ): Promise<T> {
    const server = this.#server;
    if (!this.#isLinked) return Promise.reject(new Error(AWAY));
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const call: Call = { reject };
    this.#calls.add(call);
    const link = this.#link;
    this.#lastUp = this.#next(this.#lastUp);
    server.timeline.at(this.#lastUp, async () => {
      if (link !== this.#link || !server.isUp) return;
      const result = await run(server);
      if (link !== this.#link) return;
      reply(() => {
        this.#calls.delete(call);
        resolve(result);
      });
    });
    return promise;
  }

  #answer(callback: () => void): void {
    this.#lastAnswer = this.#arrive(this.#next(this.#lastAnswer), callback);
  }

  #down(callback: () => void): void {
    this.#lastDelivery = this.#arrive(this.#next(this.#lastDelivery), callback);
  }

  #arrive(at: number, callback: () => void): number {
    const link = this.#link;
    this.#server.timeline.at(at, () => {
      if (link === this.#link) callback();
    }, this.#process);
    return at;
  }

  #next(last: number): number {
    const { random, timeline } = this.#server;
    return Math.max(timeline.now + random.between(0.1, 4), last + 0.001);
  }
}

function presenceOf(
  server: ExternalServer,
  call: <T>(run: (server: ExternalServer) => Promise<T>) => Promise<T>,
): Presence {
  return {
    ttlMs: server.presence.ttlMs,
    add: (channel: string, info: ClientInfo): Promise<void> =>
      call(({ presence }) => presence.add(channel, info)),
    remove: (channel: string, client: string): Promise<void> =>
      call(({ presence }) => presence.remove(channel, client)),
    get: (channel: string): Promise<ReadonlyMap<string, ClientInfo>> =>
      call(({ presence }) => presence.get(channel)),
    stats: (channel: string): Promise<PresenceStats> =>
      call(({ presence }) => presence.stats(channel)),
    close: () => Promise.resolve(),
  };
}
