/** Brokers that several nodes share: how many publications a second they order, and how long one takes to the other node. */

import type { Broker } from "../../lib/broker/types.ts";
import { systemClock } from "../../lib/base/clock.ts";
import { createLog } from "../../lib/base/log.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { brokerAt } from "../../lib/embedding/brokers.ts";
import { eventually } from "../../tests/support/eventually.ts";
import { NatsCluster } from "../../tests/support/nats_cluster.ts";
import { NatsServer } from "../../tests/support/nats_server.ts";
import { PostgresServer } from "../../tests/support/postgres_server.ts";
import { RedisClusterServers } from "../../tests/support/redis_cluster_servers.ts";
import { RedisServer } from "../../tests/support/redis_server.ts";
import type { Contender, Contest } from "../contest.ts";
import { payloadOf } from "../dialects.ts";
import { onAllCores } from "../pinning.ts";
import { descendantsOf, processTimes } from "../process_stat.ts";
import type { Sample } from "../sample.ts";
import type { Setting } from "../scenario.ts";

const CHANNELS = 100;
const IN_FLIGHT = 256;
const HISTORY = { size: 100, ttlMs: 60_000 };

/** A server with data of its own. */
interface BrokerServer extends AsyncDisposable {
  readonly url: string;
}

const SERVERS: Readonly<Record<string, () => Promise<BrokerServer>>> = {
  "Redis": () => RedisServer.start(),
  "Redis, appendfsync always": () => RedisServer.start({ durable: true }),
  "Redis Cluster, three primaries": () => RedisClusterServers.start(),
  "NATS": () => NatsServer.start(),
  "NATS, in memory": () => NatsServer.start().then(inMemory),
  "NATS, 3 servers with a copy each": () => NatsCluster.start(),
  "PostgreSQL": () => PostgresServer.start({ durable: true }),
  "PostgreSQL, synchronous_commit off": () =>
    PostgresServer.start({
      durable: true,
      settings: ["synchronous_commit=off"],
    }),
};

/** The same server, whose hub keeps nothing on disk. */
function inMemory(server: BrokerServer): BrokerServer {
  return {
    url: `${server.url}?storage=memory`,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

interface BrokerLoad {
  readonly bytes: number;
  readonly messages: number;
  /** Publications one after the other, whose way to the other node is timed. */
  readonly probes: number;
}

/** All brokers under the same load. */
export function brokersContests({ bytes, isQuick }: Setting): Contest[] {
  const load = {
    bytes,
    messages: isQuick ? 10_000 : 100_000,
    probes: isQuick ? 100 : 1_000,
  };
  const contenders = Object.entries(SERVERS).map(([name, start]): Contender => {
    return { name, measure: () => onAllCores(() => measure(start, load)) };
  });
  return [{
    title: "Brokers of several nodes",
    load:
      `One node publishes ${load.messages} times ${bytes} bytes to ${CHANNELS} ` +
      `channels with a history, ${IN_FLIGHT} in flight, and another node gets ` +
      `them all; then ${load.probes} one after the other are timed. The CPU ` +
      `time of each publication is that of both nodes, and that of the broker.`,
    contenders,
    figures: ["rate", "p50Ms", "p99Ms", "cpuMicros", "brokerMicros"],
    marks: [],
    turnMs: isQuick ? 5_000 : 15_000,
  }];
}

async function measure(
  start: () => Promise<BrokerServer>,
  { bytes, messages, probes }: BrokerLoad,
): Promise<Sample> {
  await using server = await start();
  await using nodes = await TwoNodes.start(server.url, bytes);
  const before = cpuTimes();
  const rate = await nodes.rateOf(messages);
  const after = cpuTimes();
  const [cpuMicros, brokerMicros] = [
    (after.nodes - before.nodes) * 1e6 / messages,
    (after.broker - before.broker) * 1e6 / messages,
  ];
  const times = await nodes.timesOf(probes);
  times.sort((one, other) => one - other);
  const p50Ms = times[probes >> 1]!;
  const p99Ms = times[Math.floor(probes * 0.99)]!;
  return { values: { rate, p50Ms, p99Ms, cpuMicros, brokerMicros } };
}

/** Seconds of both nodes, which are this process, and of the broker, whose processes are its only children. */
function cpuTimes(): { readonly nodes: number; readonly broker: number } {
  const broker = descendantsOf(Deno.pid)
    .reduce((sum, pid) => sum + processTimes(pid).cpu, 0);
  return { nodes: processTimes(Deno.pid).cpu, broker };
}

/** Two nodes of one server: the first publishes, the second is subscribed. */
class TwoNodes implements AsyncDisposable {
  readonly #publisher: Broker;
  readonly #subscriber: Broker;
  readonly #payload: string;
  #published = 0;
  #delivered = 0;
  #onDelivery = () => {};

  private constructor(url: string, bytes: number) {
    this.#payload = payloadOf(bytes);
    this.#publisher = this.#open(url, () => true);
    this.#subscriber = this.#open(url, () => {
      this.#delivered++;
      this.#onDelivery();
      return true;
    });
  }

  static async start(url: string, bytes: number): Promise<TwoNodes> {
    const nodes = new TwoNodes(url, bytes);
    for (const broker of [nodes.#publisher, nodes.#subscriber]) {
      // Three servers of NATS have to choose a leader first.
      await eventually(() => broker.ready, {
        awaited: "a node",
        timeoutMs: 30_000,
      });
    }
    for (let index = 0; index < CHANNELS; index++) {
      await nodes.#subscriber.subscribe(`room${index}`);
    }
    return nodes;
  }

  /** Publications per second. */
  async rateOf(messages: number): Promise<number> {
    const publishSome = async () => {
      while (this.#published < messages) await this.#publish();
    };
    const startMs = performance.now();
    await Promise.all(Array.from({ length: IN_FLIGHT }, publishSome));
    await eventually(() => this.#delivered >= this.#published, {
      awaited: "all publications",
      timeoutMs: 60_000,
    });
    return this.#published / (performance.now() - startMs) * 1_000;
  }

  /** Milliseconds of publications, one after the other, until the other node has them. */
  async timesOf(probes: number): Promise<number[]> {
    const times: number[] = [];
    while (times.length < probes) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#onDelivery = resolve;
      const startMs = performance.now();
      await Promise.all([
        this.#publish(),
        promise.then(() => {
          times.push(performance.now() - startMs);
        }),
      ]);
    }
    return times;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#publisher.close();
    await this.#subscriber.close();
  }

  async #publish(): Promise<void> {
    const channel = `room${this.#published++ % CHANNELS}`;
    const request = { channel, payload: this.#payload, history: HISTORY };
    await this.#publisher.publish(request);
  }

  #open(url: string, deliver: () => boolean): Broker {
    const log = createLog({ level: "warn", clock: systemClock });
    const deps = { clock: systemClock, random: systemRandom, log };
    const { broker } = brokerAt(url).open(deps);
    const answer = () => undefined;
    broker.start({ deliver, answer, checkPositions: () => {} });
    return broker;
  }
}
