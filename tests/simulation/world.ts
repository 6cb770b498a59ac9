/** A simulated world: nodes, clients, and all that is between them. */

import { acceptWebSocket } from "../../lib/transports/accepted_socket.ts";
import { SLOW_POLICIES } from "../../lib/channel/channel_options.ts";
import { disconnects, unsubscribes } from "../../lib/base/disconnect.ts";
import type { Connection } from "../../lib/hub/connection.ts";
import { drain } from "../../lib/hub/drain.ts";
import type { HistoryResult } from "../../lib/broker/types.ts";
import { centrifugeProtocol } from "../../lib/protocol/centrifuge.ts";
import { protobufProtocol } from "../../lib/protocol/centrifuge_protobuf.ts";
import { textProtocol } from "../../lib/protocol/text.ts";
import { FakeLocks } from "../support/fake_locks.ts";
import { numberUpTo } from "../support/sparse_broker.ts";
import { ExternalServer } from "./external_broker.ts";
import { Ledger } from "./ledger.ts";
import { type Endings, observeFrame } from "./observed_frame.ts";
import { Rules } from "./rules.ts";
import { SdkClient } from "./sdk_client.ts";
import type { SeededRandom } from "./seeded_random.ts";
import type { ClientWorld, SimClient } from "./sim_client.ts";
import { SimChannels } from "./sim_channels.ts";
import {
  LEASE_MS,
  type NodeWorld,
  type Plant,
  SimNode,
  type WorldKind,
} from "./sim_node.ts";
import { SimSocket } from "./sim_socket.ts";
import { TextClient } from "./text_client.ts";
import { Timeline } from "./timeline.ts";

/** Turns of promises in which a broker answers from its own memory. */
const OWN_TURNS = 10;

/** Time whose publications may come to a client at once, as after a stall, in milliseconds. */
const BURST_MS = 6_000;

/** Time after its end in which a hub may still have timers, in milliseconds. */
const REST_MS = 100;
/** Codes with which a hub that drains closes: its own, and those of clients that were silent, stale or slow meanwhile. */
const DRAINED: ReadonlySet<number> = new Set(
  [
    disconnects.shutdown,
    disconnects.silent,
    disconnects.stale,
    disconnects.slow,
  ].map(({ code }) => code),
);

/** Options of a world. */
export interface WorldOptions {
  readonly kind: WorldKind;
  readonly random: SeededRandom;
  /** Whether the offsets of the external broker skip. */
  readonly isSparse: boolean;
  readonly plant: Plant;
  /** Takes a line for each event; without it, none is written. */
  readonly trace?: (text: string) => void;
}

/** The broker that holds the history now. */
export interface Authority {
  /** Name of its memory: another one begins with nothing. */
  readonly life: string;
  history(channel: string): Promise<HistoryResult>;
}

/** Everything that exists in one run. */
export class World implements NodeWorld, ClientWorld {
  readonly kind: WorldKind;
  readonly random: SeededRandom;
  readonly plant: Plant;
  readonly timeline: Timeline;
  readonly ledger = new Ledger();
  readonly rules = new Rules();
  readonly locks = new FakeLocks();
  readonly channels: SimChannels;
  readonly server: ExternalServer;
  readonly policyMs: number;
  readonly slowPolicies: NodeWorld["slowPolicies"];
  /** Whether the offsets skip. */
  readonly isSparse: boolean;
  readonly nodes: SimNode[] = [];
  readonly clients: SimClient[] = [];
  /** Links between clients and hubs that are open or half open. */
  readonly sockets = new Set<SimSocket>();
  readonly #trace: ((text: string) => void) | undefined;
  readonly #endings = new Map<Connection, Endings>();
  #nodeCount = 0;

  constructor({ kind, random, isSparse, plant, trace }: WorldOptions) {
    this.kind = kind;
    this.isSparse = kind === "external" && isSparse;
    this.random = random;
    this.plant = plant;
    this.#trace = trace;
    this.timeline = new Timeline(random.fork());
    this.channels = new SimChannels(this.timeline, random.fork());
    this.server = new ExternalServer(this.timeline, random.fork(), {
      ttlMs: LEASE_MS,
      isSparse,
      plant: plant.server,
    });
    this.policyMs = random.pick([0, 0, 0, 40]);
    this.slowPolicies = {
      kept: random.pick(["close", "close", ...SLOW_POLICIES]),
      live: random.pick(SLOW_POLICIES),
    };
  }

  /** Number of the newest publication up to an offset. */
  numberUpTo(offset: number): number {
    return this.isSparse ? numberUpTo(offset) : offset;
  }

  /** Nodes that live. */
  get living(): readonly SimNode[] {
    return this.nodes.filter(({ process }) => !process.isDead);
  }

  /** Nodes that take clients. */
  get open(): readonly SimNode[] {
    return this.living.filter(({ isOpen }) => isOpen);
  }

  readonly trace = (text: string): void => {
    this.#trace?.(`${this.timeline.now.toFixed(3)} ${text}`);
  };

  get isTracing(): boolean {
    return this.#trace !== undefined;
  }

  /** Starts a node. */
  startNode(): void {
    const name = `node${++this.#nodeCount}`;
    this.trace(`${name} starts`);
    this.nodes.push(new SimNode(name, this));
  }

  /** Ends a node: at once, or with a drain. */
  endNode(node: SimNode, how: "kill" | "drain"): void {
    this.trace(`${node.name} ends: ${how}`);
    if (how === "kill") return node.end();
    node.isOpen = false;
    drain(node.hub, { clock: node.process, spreadMs: 200, flushMs: 200 })
      .then(() => {
        node.isClosed = true;
        node.process.after(REST_MS, () => this.#bury(node));
      });
  }

  /** Adds a client, which dials. */
  addClient(protocol: "sdk" | "text", uid: string): SimClient {
    const name = `${uid}/${protocol}${this.clients.length}`;
    const client = protocol === "sdk"
      // By its number, so that a seed gives the same random values for ever.
      ? new SdkClient(name, uid, this, this.clients.length % 2 === 1)
      : new TextClient(name, uid, this);
    this.clients.push(client);
    client.dial();
    return client;
  }

  dial(client: SimClient): SimSocket | undefined {
    if (this.open.length === 0) return undefined;
    const node = this.random.pick(this.open);
    const { hub, process } = node;
    const endings: Endings = new Map();
    const socket: SimSocket = new SimSocket({
      timeline: this.timeline,
      random: this.random,
      ledger: this.ledger,
      process,
      client,
      budgetBytes: node.budgetBytes,
      onAccept: () => {
        const connection = [...hub.connections].at(-1);
        if (connection !== undefined && !this.#endings.has(connection)) {
          this.#endings.set(connection, endings);
        }
      },
      onSend: (frame) => observeFrame(this, client, frame, endings),
      onUnjustlySlow: () => this.#checkSlow(client, node),
      onClosing: (code) => {
        if (!hub.draining || DRAINED.has(code)) return;
        this.ledger.report(`${client.name} was closed with ${code} by a drain`);
      },
      onEnd: () => {
        node.sockets.delete(socket);
        this.sockets.delete(socket);
      },
    });
    this.plant.socket?.(socket, hub);
    node.sockets.add(socket);
    this.sockets.add(socket);
    const isText = client.protocol === "text";
    const sdkProtocol = client.isProtobuf
      ? protobufProtocol
      : centrifugeProtocol;
    acceptWebSocket(hub, socket as unknown as WebSocket, {
      protocol: isText ? textProtocol : sdkProtocol,
      identity: isText ? { uid: client.uid, expiresAt: Infinity } : undefined,
    });
    socket.open();
    return socket;
  }

  /** Ends the subscriptions of a user, who may not subscribe again. */
  ban(uid: string, channel: string): void {
    this.trace(`${uid} is banned from ${channel}`);
    for (const { hub } of this.living) {
      for (const connection of [...hub.connections]) {
        if (connection.uid !== uid) continue;
        if (connection.channels.has(channel)) {
          this.#endings.get(connection)?.set(channel, this.timeline.now);
        }
        hub.subscriptions.end(connection, channel, unsubscribes.server);
      }
    }
    // What waited for one that has ended before is still sent, too.
    for (const [connection, endings] of this.#endings) {
      const isOver = connection.closed && connection.uid === uid;
      if (isOver) endings.set(channel, this.timeline.now);
    }
    this.rules.ban(uid, channel);
  }

  /** The broker that holds the history, if there is one now. */
  get authority(): Authority | undefined {
    const { server, kind } = this;
    if (kind === "external") {
      return {
        life: `memory${server.life}`,
        history: (channel) => server.memory.history(channel, { limit: -1 }),
      };
    }
    const node = this.living.find((node) =>
      !node.isClosed && node.broker.ready &&
      (kind === "memory" || node.isSequencer)
    );
    return node && {
      life: node.name,
      history: (channel) => node.broker.history(channel, { limit: -1 }),
    };
  }

  /** History of a channel as its authority has it; `undefined` while none answers at once. */
  async history(
    authority: Authority,
    channel: string,
  ): Promise<HistoryResult | undefined> {
    let result: HistoryResult | undefined;
    authority.history(channel).then((found) => result = found, () => {});
    for (let turn = 0; turn < OWN_TURNS && result === undefined; turn++) {
      await undefined;
    }
    return result;
  }

  /** A client that reads is slow only where more came at once than may wait. */
  #checkSlow({ name }: SimClient, { hub }: SimNode): void {
    const since = this.timeline.now - BURST_MS;
    const bytes = this.ledger.bytesSince(since);
    this.trace(`${name} is closed as slow after ${bytes} bytes`);
    if (bytes > hub.limits.maxBacklogBytes / 2) return;
    this.ledger.report(`${name} has read all, and was closed as slow`);
  }

  /** Ends the process of a hub that has closed: nothing of it keeps the process alive. */
  #bury(node: SimNode): void {
    const { process, sockets, name } = node;
    if (process.isDead) return;
    if (process.pending > 0 && sockets.size === 0) {
      this.ledger.report(`${process.pending} timers are left of ${name}`);
    }
    node.end();
  }
}
