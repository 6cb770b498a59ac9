/** The broker with faults, and its nodes, that the script of faults plays on. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { BrokerAwayError } from "../../lib/base/errors.ts";
import { previousOf, type Publication } from "../../lib/base/publication.ts";
import { eventually } from "../support/eventually.ts";
import type { BrokerServer, SharedBroker } from "../support/shared_broker.ts";
import { TcpProxy } from "../support/tcp_proxy.ts";
import { KEEP_ALL, Member, payloadsOf } from "./broker_scene.ts";

/** So long may a broker take to start, and a node to notice that it is away. */
const PATIENCE = { timeoutMs: 30_000 };
/** Milliseconds between two publications of a node under load. */
const PAUSE_MS = 10;

/** A broker, a proxy in front of it, and nodes; disposing of it ends them all. */
export class FaultScene implements AsyncDisposable {
  readonly kind: SharedBroker;
  readonly server: BrokerServer;
  readonly proxy: TcpProxy;
  readonly #members: Member[] = [];

  private constructor(kind: SharedBroker, server: BrokerServer) {
    this.kind = kind;
    this.server = server;
    this.proxy = TcpProxy.beside(server.url);
  }

  /** Starts a broker that loses nothing when it is killed, without nodes. */
  static async start(kind: SharedBroker): Promise<FaultScene> {
    return new FaultScene(kind, await kind.start({ durable: true }));
  }

  /** Adds a node that is ready and subscribed to `room`. */
  readonly join = async (url: string = this.server.url): Promise<Member> => {
    const member = new Member(await this.kind.connect(url));
    this.#members.push(member);
    member.broker.start(member);
    await isReady(member);
    await member.broker.subscribe("room");
    return member;
  };

  /**
   * Asserts that the history has each acknowledged publication once, and that each node
   * has the history, in its order. Where nodes do not catch up, one that lacks some of
   * it has compared its positions.
   */
  async haveAll(
    members: readonly Member[],
    acknowledged: readonly string[],
  ): Promise<void> {
    const query = { limit: -1, cap: KEEP_ALL.size };
    const history = await members[0]!.broker.history("room", query);
    assert(history.type === "history");
    const kept = payloadsOf(history.publications);
    const known = new Set(kept);
    assertEquals(known.size, kept.length);
    assertEquals(acknowledged.filter((each) => !known.has(each)), []);
    for (const member of members) {
      if (this.kind.catchesUp) await member.receives(kept.length, "room");
      await member.settled("room");
      const seen = payloadsOf(member.of("room"));
      const own = new Set(seen);
      assertEquals(seen, kept.filter((each) => own.has(each)));
      if (seen.length < kept.length) assert(member.checks > 0);
      else isChained(member.of("room"));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { broker } of this.#members) await broker.close();
    await this.proxy[Symbol.asyncDispose]();
    await this.server[Symbol.asyncDispose]();
  }
}

/** Asserts that each publication names the one before it. */
function isChained(publications: readonly Publication[]): void {
  const before = publications.map(({ offset }) => offset).slice(0, -1);
  assertEquals(publications.slice(1).map(previousOf), before);
}

/** Resolves once a node's broker is ready. */
export async function isReady({ broker }: Member): Promise<void> {
  await eventually(() => broker.ready, { awaited: "a broker", ...PATIENCE });
}

/** Resolves once a node knows that its broker is away. */
export async function isAway({ broker }: Member): Promise<void> {
  await eventually(() => !broker.ready, {
    awaited: "a node that knows of the fault",
    ...PATIENCE,
  });
}

/** Resolves once a node has compared its positions. */
export function compares(
  member: Member,
  timeoutMs = PATIENCE.timeoutMs,
): Promise<void> {
  const awaited = "positions to be compared";
  return eventually(() => member.checks > 0, { awaited, timeoutMs });
}

/** Milliseconds until a call rejects, with the error of a broker that is away. */
export async function rejects(call: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await assertRejects(call, BrokerAwayError);
  return performance.now() - from;
}

/** Publications of several nodes to `room`, one after the other, whatever happens to them. */
export class Load {
  readonly #acknowledged: string[] = [];
  readonly #publishing: Promise<unknown>;
  #failures = 0;
  #isOn = true;

  /** Begins at once. */
  constructor(members: readonly Member[]) {
    this.#publishing = Promise.all(
      members.map((member, index) => this.#publish(member, index)),
    );
  }

  /** Resolves once so many more are acknowledged. */
  async grows(count: number): Promise<void> {
    const goal = this.#acknowledged.length + count;
    await eventually(() => this.#acknowledged.length >= goal, {
      awaited: () => `${goal} publications, not ${this.#acknowledged.length}`,
      ...PATIENCE,
    });
  }

  /** Ends; resolves with those that were acknowledged, and the number of others. */
  async stop() {
    this.#isOn = false;
    await this.#publishing;
    return { acknowledged: this.#acknowledged, failures: this.#failures };
  }

  async #publish({ broker }: Member, index: number): Promise<void> {
    for (let count = 0; this.#isOn; count++) {
      const payload = `${index}:${count}`;
      try {
        await broker.publish({ channel: "room", payload, history: KEEP_ALL });
        this.#acknowledged.push(payload);
      } catch {
        // Whether it was stored is open.
        this.#failures++;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
