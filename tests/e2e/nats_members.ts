/** Nodes that share a NATS and are subscribed to a channel, and a load on them. */

import { assert, assertEquals } from "@std/assert";
import type { Publication } from "../../lib/base/publication.ts";
import { KEEP_ALL, Member, payloadsOf } from "../conformance/broker_scene.ts";
import { eventually } from "../support/eventually.ts";
import { natsBroker, type NatsNodeOptions } from "../support/nats_nodes.ts";

/** Nodes that are subscribed to `room`; disposing of them closes their brokers. */
export class NatsMembers implements AsyncDisposable {
  readonly members: readonly Member[];

  private constructor(members: readonly Member[]) {
    this.members = members;
  }

  static async start(
    urls: readonly string[],
    options: NatsNodeOptions = {},
  ): Promise<NatsMembers> {
    const members = urls.map((url) => new Member(natsBroker(url, options)));
    for (const member of members) {
      member.broker.start(member);
      await isReady(member);
      await member.broker.subscribe("room");
    }
    return new NatsMembers(members);
  }

  /** Waits until each has a connection. */
  async areReady(): Promise<void> {
    await Promise.all(this.members.map(isReady));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { broker } of this.members) await broker.close();
  }
}

/** Waits until a node has a connection. */
export async function isReady({ broker }: Member): Promise<void> {
  await eventually(() => broker.ready, {
    awaited: "a broker",
    timeoutMs: 60_000,
  });
}

/** Waits until a node has noticed that its connection is lost. */
export async function isAway({ broker }: Member): Promise<void> {
  await eventually(() => !broker.ready, {
    awaited: "the loss of a broker",
    timeoutMs: 30_000,
  });
}

/** Publishes until it is told to stop, and versions of a state in between; resolves with what was acknowledged, in its order. */
export function publishAll(members: readonly Member[]) {
  let isOn = true;
  const acknowledged: string[] = [];
  let failures = 0;
  const publish = async ({ broker }: Member, index: number) => {
    for (let count = 0; isOn; count++) {
      const payload = `${index}:${count}`;
      try {
        const request = { channel: "room", payload, history: KEEP_ALL };
        await broker.publish(request);
        acknowledged.push(payload);
        // It is noted in the stream, too.
        const version = { number: count + 1, epoch: "" };
        await broker.publish({ ...request, channel: `state${index}`, version });
      } catch {
        // The node that asked for it is told; whether it was stored is open.
        failures++;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const publishing = Promise.all(members.map(publish));
  return {
    count: () => acknowledged.length,
    async stop() {
      isOn = false;
      await publishing;
      return { acknowledged, failures };
    },
  };
}

/** Every node has all that was acknowledged, each once, in one order. */
export async function haveAll(
  members: readonly Member[],
  acknowledged: readonly string[],
): Promise<void> {
  for (const member of members) {
    const has = () => new Set(payloadsOf(member.of("room")));
    await eventually(() => acknowledged.every((each) => has().has(each)), {
      awaited: () => {
        const missing = acknowledged.filter((each) => !has().has(each));
        return `${missing.length} of ${acknowledged.length}: ${
          missing.slice(0, 5)
        }`;
      },
      timeoutMs: 30_000,
    });
  }
  const seen = members.map((member) => payloadsOf(member.of("room")));
  assertEquals(new Set(seen[0]).size, seen[0]!.length);
  for (const each of seen) assertEquals(each, seen[0]);
  for (const member of members) isChained(member.of("room"));
}

/** Each publication names the one before it. */
export function isChained(publications: readonly Publication[]): void {
  for (const [index, { offset, previous }] of publications.entries()) {
    const before = publications[index - 1];
    if (before !== undefined) assertEquals(previous, before.offset);
    assert(offset > (before?.offset ?? 0));
  }
}
