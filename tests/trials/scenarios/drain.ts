/** Two nodes with a broker that are restarted one after the other, while their clients get publications. */

import { API_KEY } from "../../routes/api_server.ts";
import { BrokerNodes, isReady } from "../../support/broker_nodes.ts";
import { deadline } from "../../support/deadline.ts";
import { TestServer } from "../../support/server.ts";
import type { SharedBroker } from "../../support/shared_broker.ts";
import { Publisher } from "./publisher.ts";
import { type ServerClose, Subscriber, sumOf } from "./subscriber.ts";
import {
  createTrial,
  exactly,
  type Figure,
  none,
  type Progress,
  type TrialWith,
} from "./trial.ts";
import { channelNames, pause, repeat } from "./wait.ts";

interface Scale {
  readonly clients: number;
  readonly channels: number;
  readonly perSecond: number;
  /** Milliseconds before, between and after the restarts. */
  readonly calmMs: number;
}

const NODES = 2;
const SETTINGS = {
  INSECURE_ANONYMOUS_ALL: "true",
  API_KEY,
  CHANNEL_HISTORY_SIZE: "10000",
};
const SHUTDOWN = 3001;
const EXIT_TIMEOUT_MS = 20_000;
/** Clients that each node takes back in a second, as its setting has it. */
const RECONNECT_RATE = 200;

/** Clients that come back as the hub asks them to, through a balancer that knows which nodes are ready. */
class Clients {
  readonly subscribers: Subscriber[] = [];
  /** Advice of each drain: milliseconds to wait. */
  readonly advice: number[] = [];
  /** Closes without the code of a drain, or without advice. */
  untold = 0;
  readonly urls: string[];
  readonly returning = new Set<Promise<void>>();
  readonly #kind: SharedBroker;
  #turn = 0;

  constructor(urls: readonly string[], kind: SharedBroker) {
    this.urls = [...urls];
    this.#kind = kind;
  }

  /** The next node, in turns. */
  readonly url = (): string => this.urls[this.#turn++ % this.urls.length]!;

  async open(count: number, channels: readonly string[]): Promise<void> {
    await repeat(count, 50, async (index) => {
      const subscriber: Subscriber = new Subscriber({
        channel: channels[index % channels.length]!,
        url: this.url,
        isDense: this.#kind.isDense,
        onEnd: (close) => this.#return(subscriber, close),
      });
      this.subscribers.push(subscriber);
      await subscriber.connect();
    });
  }

  #return(subscriber: Subscriber, close: ServerClose | undefined): void {
    const { code, retryAfterMs } = close ?? {};
    if (code !== SHUTDOWN || retryAfterMs === undefined) this.untold++;
    else this.advice.push(retryAfterMs);
    const returning = pause(retryAfterMs ?? 0).then(() => subscriber.connect());
    this.returning.add(returning);
    void returning.finally(() => this.returning.delete(returning));
  }
}

/** Ends a node and starts another in its place; returns the milliseconds that its end took. */
async function restart(
  clients: Clients,
  node: TestServer,
  env: Readonly<Record<string, string>>,
  stack: AsyncDisposableStack,
): Promise<number> {
  clients.urls.splice(clients.urls.indexOf(node.url), 1);
  const from = performance.now();
  node.signal("SIGTERM");
  const { code, signal } = await deadline(node.exit, {
    awaited: "the end of a node",
    timeoutMs: EXIT_TIMEOUT_MS,
  });
  if (code !== 0) throw new Error(`A node ended with ${code} ${signal}`);
  const exitMs = performance.now() - from;
  const next = stack.use(await TestServer.start({ env }));
  await isReady(next);
  clients.urls.push(next.url);
  return exitMs;
}

/** Whether each client has every publication, once and in order. */
function streamFigures(subscribers: readonly Subscriber[]): Figure[] {
  const missing = sumOf(subscribers, "missing");
  return [
    none("lost", missing + sumOf(subscribers, "unrecovered")),
    none("twice", sumOf(subscribers, "twice")),
    none("out of order", sumOf(subscribers, "misplaced")),
  ];
}

async function scenario(
  kind: SharedBroker,
  { calmMs, perSecond, ...scale }: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const broker = () => kind.start();
  const cluster = stack.use(
    await BrokerNodes.start(NODES, { broker, env: SETTINGS }),
  );
  const env = { ...SETTINGS, BROKER_URL: cluster.broker.url };
  const channels = channelNames(scale.channels);
  const clients = new Clients(cluster.nodes.map(({ url }) => url), kind);
  await clients.open(scale.clients, channels);
  const { subscribers, advice } = clients;
  const publisher = new Publisher({ url: clients.url, channels, perSecond });
  publisher.start();
  await pause(calmMs);
  const exits: number[] = [];
  const spreads: number[] = [];
  for (const node of cluster.nodes) {
    const before = advice.length;
    exits.push(await restart(clients, node, env, stack));
    await Promise.all(clients.returning);
    const those = advice.slice(before);
    // Over the time that the rate gives them, and as much as a second more.
    const spanMs = Math.max(...those) - Math.min(...those);
    spreads.push(spanMs / (those.length / RECONNECT_RATE * 1_000));
    progress(`a node ended in ${exits.at(-1)?.toFixed(0)} ms`);
    await pause(calmMs);
  }
  await publisher.stop();
  await publisher.reaches(subscribers);
  const figures: Figure[] = [
    { name: "clients", value: subscribers.length },
    {
      name: "publications each second",
      value: publisher.sent / publisher.activeMs * 1_000,
    },
    ...streamFigures(subscribers),
    exactly(
      "told 3001 with advice",
      advice.length,
      sumOf(subscribers, "recovered"),
    ),
    none("closed without it", clients.untold),
    {
      name: "advice spread over its time",
      value: Math.min(...spreads),
      atLeast: 0.7,
    },
    { name: "exit", value: Math.max(...exits), unit: "ms", atMost: 5_000 },
  ];
  subscribers.forEach((subscriber) => subscriber.cut());
  return figures;
}

export const drain: TrialWith = (kind) =>
  createTrial({
    name: "drain",
    promise: "A rolling restart loses nothing and repeats nothing",
    kind,
    scales: {
      ci: { clients: 100, channels: 20, perSecond: 500, calmMs: 300 },
      full: { clients: 1_000, channels: 20, perSecond: 500, calmMs: 5_000 },
    },
    scenario: (scale: Scale, progress) => scenario(kind, scale, progress),
  });
