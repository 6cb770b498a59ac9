/** One node of a simulated world: an isolate with a real hub and its broker. */

import type { Log, LogFields, LogLevel } from "../../lib/base/log.ts";
import { IsolatesBroker } from "../../lib/broker/isolates/broker.ts";
import { MemoryBroker } from "../../lib/broker/memory/broker.ts";
import type { Broker, BrokerNode } from "../../lib/broker/types.ts";
import {
  DEFAULT_CHANNEL_OPTIONS,
  Namespaces,
  type SlowPolicy,
} from "../../lib/channel/channel_options.ts";
import { errors, ProtocolError } from "../../lib/base/errors.ts";
import { memoryHub } from "../support/memory_hub.ts";
import type { Hub } from "../../lib/hub/hub.ts";
import { MemoryPresence } from "../../lib/presence/memory.ts";
import type { Presence } from "../../lib/presence/types.ts";
import type { FakeLocks } from "../support/fake_locks.ts";
import { fakeTokens } from "../support/fake_tokens.ts";
import { ExternalBroker, type ExternalServer } from "./external_broker.ts";
import type { Ledger } from "./ledger.ts";
import { observe, type OpenBroker } from "./observed_broker.ts";
import type { Rules } from "./rules.ts";
import type { SeededRandom } from "./seeded_random.ts";
import type { SimChannels } from "./sim_channels.ts";
import type { SimSocket } from "./sim_socket.ts";
import { Process, type Timeline } from "./timeline.ts";

/** Duration of a presence lease, in milliseconds. */
export const LEASE_MS = 6_000;
/** Publications that a channel keeps, and for how long in milliseconds. */
export const HISTORY = { size: 8, ttlMs: 15_000 };

const LIMITS = {
  pingIntervalMs: 6_000,
  pongTimeoutMs: 4_000,
  heartbeatTimeoutMs: 10_000,
  authenticateWithinMs: 5_000,
  maxBufferedBytes: 3_000,
  // Few clients of a world are in one channel, and most fan-outs last several turns.
  recipientsPerTurn: 2,
};

/** Log events that no fault of the world explains. */
const UNEXPLAINED = new Set([
  "command_failed",
  "delivery_failed",
  "handler_failed",
  "hook_failed",
]);

/** Errors of brokers that have gone, which may be logged after another one has come. */
const EXPLAINED =
  /the broker is away|has ended before it answered|did not answer|broker is closed/;

/** Kinds of brokers. */
export type WorldKind = "memory" | "isolates" | "external";

/** Parts of a world that its nodes share. */
export interface NodeWorld {
  readonly kind: WorldKind;
  readonly timeline: Timeline;
  readonly random: SeededRandom;
  readonly ledger: Ledger;
  readonly rules: Rules;
  readonly channels: SimChannels;
  readonly locks: FakeLocks;
  readonly server: ExternalServer;
  readonly plant: Plant;
  /** Longest time that the program takes for a decision, in milliseconds; 0 for none. */
  readonly policyMs: number;
  /** Policies for slow readers of the channels with a history, and of those without. */
  readonly slowPolicies: Readonly<Record<"kept" | "live", SlowPolicy>>;
  /** True if the trace is read. */
  readonly isTracing: boolean;
  trace(text: string): void;
}

/** A bug that is planted into a world by replacing parts of it. */
export interface Plant {
  /** Kinds of worlds in which it can show; by default all. */
  readonly kinds?: readonly WorldKind[];
  readonly broker?: (broker: OpenBroker, random: SeededRandom) => void;
  readonly node?: (node: BrokerNode, random: SeededRandom) => BrokerNode;
  readonly presence?: (presence: Presence, random: SeededRandom) => Presence;
  readonly hub?: (hub: Hub, random: SeededRandom) => void;
  readonly socket?: (socket: SimSocket, hub: Hub) => void;
  readonly server?: ConstructorParameters<typeof ExternalServer>[2]["plant"];
  /** Replaces parts of classes; the returned function puts them back. */
  readonly install?: () => () => void;
}

/** One node. */
export class SimNode {
  readonly name: string;
  readonly process: Process;
  readonly hub: Hub;
  /** Its broker as it is, without observation and planted bugs. */
  readonly broker: Broker;
  readonly presence: Presence;
  readonly sockets = new Set<SimSocket>();
  /** True while it takes clients. */
  isOpen = true;
  /** True once its hub is closed. */
  isClosed = false;
  readonly #world: NodeWorld;

  constructor(name: string, world: NodeWorld) {
    const { random, timeline, plant, ledger } = world;
    this.name = name;
    this.#world = world;
    this.process = new Process(timeline);
    const { broker, presence } = this.#openBroker();
    this.broker = broker;
    this.presence = presence;
    const wrapNode = (node: BrokerNode) => plant.node?.(node, random) ?? node;
    const observed = observe(broker, ledger, wrapNode);
    plant.broker?.(observed, random);
    const { hub } = memoryHub({
      ...LIMITS,
      clock: this.process,
      random: random.fork(),
      broker: observed,
      presence: plant.presence?.(presence, random) ?? presence,
      tokens: fakeTokens,
      namespaces: namespacesOf(world),
      log: this.#log(),
      onSubscribe: async ({ connection, channel }) => {
        const isBanned = world.rules.isBanned(connection.uid ?? "", channel);
        if (world.policyMs > 0) await this.#pause();
        if (isBanned) throw new ProtocolError(errors.permissionDenied);
      },
    });
    plant.hub?.(hub, random);
    this.hub = hub;
  }

  /** Bytes that the hub may hand to one transport before the client has read them; more waits in the hub. */
  get budgetBytes(): number {
    return this.hub.limits.maxBufferedBytes;
  }

  /** True if it gives the order of all channels among isolates. */
  get isSequencer(): boolean {
    const { locks } = this.#world;
    return locks.holderOf("thrum-sequencer") === this.process;
  }

  /** Ends it without notice, as a thread that is killed. */
  end(): void {
    const { channels, locks, server } = this.#world;
    this.isOpen = false;
    this.process.isDead = true;
    channels.end(this.process);
    locks.end(this.process);
    if (this.broker instanceof ExternalBroker) server.disconnect(this.broker);
    for (const socket of this.sockets) socket.reset();
  }

  #openBroker(): { broker: Broker; presence: Presence } {
    const { kind, random, channels, locks, server, trace } = this.#world;
    const clock = this.process;
    const leases = new MemoryPresence({ clock, ttlMs: LEASE_MS });
    switch (kind) {
      case "memory": {
        const broker = new MemoryBroker({ random: random.fork(), clock });
        return { broker, presence: leases };
      }
      case "isolates": {
        const broker = new IsolatesBroker({
          clock,
          random: random.fork(),
          presence: leases,
          openChannel: channels.of(clock),
          locks: locks.of(clock),
          onWarn: (event) => trace(`${this.name}: ${event}`),
        });
        return { broker, presence: broker.presence };
      }
      case "external": {
        const broker = new ExternalBroker(server, clock);
        return { broker, presence: broker.presence };
      }
    }
  }

  /** Log that writes into the trace, and reports what no fault explains. */
  #log(): Log {
    const writer = (level: LogLevel) => (event: string, fields?: LogFields) => {
      const isReported = (level === "warn" || level === "error") &&
        UNEXPLAINED.has(event);
      const { isTracing, trace, ledger } = this.#world;
      if (!isTracing && !isReported) return;
      const values = Object.entries(fields ?? {}).map(([name, value]) =>
        `${name}=${value}`
      );
      const line = `${this.name} ${level} ${event} ${values.join(" ")}`;
      trace(line);
      if (isReported && !EXPLAINED.test(line)) ledger.report(line);
    };
    return {
      debug: writer("debug"),
      info: writer("info"),
      warn: writer("warn"),
      error: writer("error"),
    };
  }

  #pause(): Promise<void> {
    const { policyMs, random } = this.#world;
    return new Promise((resolve) =>
      this.process.after(random.between(0, policyMs), resolve)
    );
  }
}

function namespacesOf({ slowPolicies: { kept, live } }: NodeWorld): Namespaces {
  const options = {
    ...DEFAULT_CHANNEL_OPTIONS,
    slowPolicy: kept,
    historySize: HISTORY.size,
    historyTtlMs: HISTORY.ttlMs,
  };
  return new Namespaces(
    options,
    new Map([["live", { ...options, historySize: 0, slowPolicy: live }]]),
  );
}
