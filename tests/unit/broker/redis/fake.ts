/** A client of Redis whose server is the test. */

import { assert } from "@std/assert";
import { RedisBroker } from "../../../../lib/broker/redis/broker.ts";
import type {
  RedisEvent,
  RedisLike,
  TakeMessage,
} from "../../../../lib/broker/redis/connection.ts";
import { RedisLink } from "../../../../lib/broker/redis/link.ts";
import type { RedisStage } from "../../../../lib/broker/redis/types.ts";
import type { BrokerNode } from "../../../../lib/broker/types.ts";
import type { Publication } from "../../../../lib/base/publication.ts";
import { FakeClock, fakeRandom } from "../../../support/fake_clock.ts";

/** Answers a command; `undefined` for the usual answer. */
export type Answer = (args: readonly string[]) => unknown;

/** One connection. It answers the handshake, and everything else as the test says. */
export class FakeRedis implements RedisLike {
  readonly commands: (readonly string[])[] = [];
  readonly topics = new Set<string>();
  destroyed = false;
  #take: TakeMessage = () => {};
  readonly #listeners = new Map<RedisEvent, (value: unknown) => void>();
  readonly #server: FakeServer;
  /** Rejects when the connection ends. */
  readonly #gone = Promise.withResolvers<never>();

  constructor(server: FakeServer) {
    this.#server = server;
    this.#gone.promise.catch(() => {});
  }

  connect(): Promise<unknown> {
    return this.#server.up
      ? Promise.resolve()
      : Promise.reject(new Error(this.#server.reason));
  }

  async sendCommand(args: readonly string[]): Promise<unknown> {
    this.commands.push(args);
    await Promise.resolve();
    if (this.destroyed || this.#server.silent) await this.#gone.promise;
    const answer = await this.#server.answer(args);
    if (answer !== undefined) return answer;
    switch (args[0]) {
      case "INFO":
        return args[1] === "server"
          ? `# Server\r\nrun_id:${this.#server.life}\r\n`
          : "# Replication\r\nrole:master\r\n";
      default:
        return "PONG";
    }
  }

  subscribe(topics: readonly string[], take: TakeMessage): Promise<void> {
    this.#take = take;
    for (const topic of topics) this.topics.add(topic);
    return Promise.resolve();
  }

  unsubscribe(topics: readonly string[]): Promise<void> {
    for (const topic of topics) this.topics.delete(topic);
    return Promise.resolve();
  }

  on(event: RedisEvent, listener: (value: unknown) => void): void {
    this.#listeners.set(event, listener);
  }

  destroy(): void {
    this.destroyed = true;
    this.#gone.reject(new Error("destroyed"));
  }

  /** Publishes to this node alone. */
  emit(topic: string, message: string): void {
    if (this.topics.has(topic)) this.#take(message, topic);
  }

  /** Reports that a key was removed, or all of them. */
  invalidate(key: string | null): void {
    this.#listeners.get("invalidate")?.(key);
  }

  /** Loses the connection. */
  fail(error = new Error("connection reset")): void {
    this.#listeners.get("error")?.(error);
  }
}

/** Server of the connections of a test. */
export class FakeServer {
  readonly connections: FakeRedis[] = [];
  up = true;
  /** Why it lets no client in while it is down. */
  reason = "connection refused";
  /** True if it takes commands and never answers. */
  silent = false;
  life = "life1";
  answer: Answer = () => undefined;

  /** The newest connection. */
  get connection(): FakeRedis {
    const connection = this.connections.at(-1);
    if (connection === undefined) {
      throw new Error("Cannot deliver: no client is connected");
    }
    return connection;
  }
}

/** A link to a fake server, on a clock that the test moves. */
export class LinkScene {
  readonly server = new FakeServer();
  readonly clock = new FakeClock();
  readonly random = fakeRandom();
  /** Number of times that the link was ready. */
  arrivals = 0;
  readonly errors: (readonly [RedisStage, string])[] = [];
  readonly link: RedisLink;

  constructor({ prefix }: { readonly prefix?: string } = {}) {
    this.link = new RedisLink({
      createClient: () => {
        const connection = new FakeRedis(this.server);
        this.server.connections.push(connection);
        return connection;
      },
      clock: this.clock,
      random: this.random,
      nameOf: (script) => `name of ${script.length}`,
      prefix,
      onReady: () => this.arrivals++,
      onError: (error, { stage }) =>
        this.errors.push([stage, error instanceof Error ? error.message : ""]),
    });
  }

  /** A scene whose link is ready. */
  static async ready(): Promise<LinkScene> {
    const scene = new LinkScene();
    scene.link.open();
    await scene.settle();
    assert(scene.link.ready);
    return scene;
  }

  /** Lets everything happen that needs no time. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) {
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  /** Moves the clock, and lets happen what that brings. */
  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    await this.settle();
  }
}

/** A broker on a fake server, and the calls to its node. */
export class RedisBrokerScene extends LinkScene implements BrokerNode {
  readonly broker: RedisBroker;
  readonly delivered: Publication[] = [];
  /** The channels whose positions were to be compared; `undefined` stands for all. */
  readonly checked: (string | readonly string[] | undefined)[] = [];

  constructor(options: { readonly maxWaitingBytes?: number } = {}) {
    super();
    const { link, clock, random } = this;
    this.broker = new RedisBroker({ link, clock, random, ...options });
  }

  /** Starts the broker and waits until it is ready. */
  async start(): Promise<this> {
    this.broker.start(this);
    await this.settle();
    return this;
  }

  /** The scripts that were run, each as its arguments after the keys. */
  get runs(): string[][] {
    return this.server.connections.flatMap(({ commands }) =>
      commands.filter(([verb]) => verb?.startsWith("EVAL")).map((args) =>
        args.slice(3 + Number(args[2]))
      )
    );
  }

  deliver(publication: Publication): boolean {
    this.delivered.push(publication);
    return true;
  }

  answer(question: unknown): unknown {
    return question;
  }

  checkPositions(channels?: string | readonly string[]): void {
    this.checked.push(channels);
  }
}
