/** End of a run: after the last trouble every subscriber reaches the top, and what has ended leaves nothing. */

import { idOf } from "./ledger.ts";
import type { SimClient } from "./sim_client.ts";
import type { Invariants } from "./invariants.ts";
import type { Connection } from "../../lib/hub/connection.ts";
import { heal } from "./faults.ts";
import { CHANNELS, KEPT } from "./rules.ts";
import { SdkClient } from "./sdk_client.ts";
import { LEASE_MS } from "./sim_node.ts";
import type { World } from "./world.ts";

/** Longest time until all have what they want, in milliseconds. */
const HEAL_MS = 20_000;
const STEP_MS = 500;
/** Time of a publication to all subscribers, in milliseconds. */
const DELIVER_MS = 2_000;
/** Publications, and the length of each, that are too much for a client that does not read. */
const FLOOD = 4;
const FLOOD_LENGTH = 800;
const FLOOD_PAUSE_MS = 300;
/** Changes of subscriptions in a row. */
const CHURN = 60;

/** Heals a world and checks that it is whole. */
export class Healing {
  readonly #world: World;
  readonly #invariants: Invariants;

  constructor(world: World, invariants: Invariants) {
    this.#world = world;
    this.#invariants = invariants;
  }

  async run(): Promise<void> {
    const { timeline } = this.#world;
    heal(this.#world);
    const end = timeline.now + HEAL_MS;
    let missing: readonly string[] = ["everything"];
    while (missing.length > 0 && timeline.now < end) {
      await this.#pass(STEP_MS);
      missing = await this.#findMissing();
    }
    this.#require(missing);
    await this.#publishLast();
    await this.#checkStuck();
    await this.#checkPresence();
    await this.#end();
  }

  async #pass(ms: number): Promise<void> {
    const { timeline } = this.#world;
    await timeline.run(timeline.now + ms, () => this.#invariants.check());
    await this.#invariants.check();
  }

  #require(problems: readonly string[]): void {
    for (const problem of problems) this.#world.ledger.report(problem);
    const { violation } = this.#world.ledger;
    if (violation !== undefined) throw violation;
  }

  /** Sentences about all that is not as it should be yet. */
  async #findMissing(): Promise<string[]> {
    const { clients, authority, living } = this.#world;
    const missing = clients.filter(({ isSettled }) => !isSettled)
      .map(({ name, wanted, subscribed }) =>
        `${name} wants ${[...wanted]} and has ${subscribed}`
      );
    for (const { name, socket } of clients) {
      if (socket?.isHalfOpen) missing.push(`${name} is half open`);
    }
    for (const { name, broker, process, isOpen } of living) {
      if (!isOpen) missing.push(`${name} is draining`);
      if (!broker.ready) missing.push(`${name} has no broker`);
      if (process.isStalled) missing.push(`${name} is stalled`);
    }
    if (authority === undefined) return [...missing, "no broker answers"];
    for (const channel of KEPT) {
      const history = await this.#world.history(authority, channel);
      if (history === undefined) {
        missing.push(`no history of ${channel}`);
        continue;
      }
      const { offset, epoch } = history.position;
      for (const client of clients) {
        if (!(client instanceof SdkClient)) continue;
        const position = client.positionIn(channel);
        if (position === undefined) continue;
        if (position.epoch === epoch && position.offset === offset) continue;
        missing.push(
          `${client.name} is at ${channel} ${position.epoch} ${position.offset}, the top is ${epoch} ${offset}`,
        );
      }
    }
    return missing;
  }

  /** What is published now reaches each subscriber. */
  async #publishLast(): Promise<void> {
    const ids = CHANNELS.flatMap((channel) => this.#publish(channel, 2, 20));
    await this.#pass(DELIVER_MS);
    this.#require([
      ...this.#findUnreceived(ids, this.#world.clients),
      ...await this.#findMissing(),
    ]);
  }

  /** A client that does not read is closed, and the others do not notice. */
  async #checkStuck(): Promise<void> {
    const { clients } = this.#world;
    // One that the program has evicted from the channel is sent nothing.
    const stuck = clients.find(({ wanted }) => wanted.has("news"));
    const others = clients.filter((client) => client !== stuck);
    const socket = stuck?.socket;
    if (socket === undefined) return;
    socket.stick(HEAL_MS);
    const ids: string[] = [];
    for (const length of [FLOOD_LENGTH, FLOOD_LENGTH, FLOOD_LENGTH, 20]) {
      ids.push(...this.#publish("news", FLOOD, length));
      await this.#pass(FLOOD_PAUSE_MS);
    }
    await this.#pass(DELIVER_MS);
    const { slowPolicies } = this.#world;
    // Where publications may be dropped, that is no reason to close it.
    if (slowPolicies.kept === "close") {
      this.#require([
        ...this.#findUnreceived(ids, others),
        ...socket.isClosedByHub ? [] : [`${stuck!.name} does not read`],
      ]);
    }
    socket.unstick();
    await this.#pass(DELIVER_MS);
  }

  #publish(channel: string, count: number, length: number): string[] {
    const { random, open, ledger, timeline } = this.#world;
    const { hub } = random.pick(open);
    return Array.from({ length: count }, () => {
      const payload = ledger.payload(channel, timeline.now, length);
      const published = hub.publish(channel, payload);
      if (published instanceof Promise) published.catch(() => {});
      return idOf(payload);
    });
  }

  #findUnreceived(
    ids: readonly string[],
    clients: readonly SimClient[],
  ): string[] {
    return ids.flatMap((id) => {
      const { channel = "" } = this.#world.ledger.tried.get(id) ?? {};
      return clients.filter(({ wanted, received }) =>
        wanted.has(channel) && !received.has(id)
      ).map(({ name }) => `${name} did not receive ${id} of ${channel}`);
    });
  }

  /** Only clients that are there are present, and after the duration of a lease all of them. */
  async #checkPresence(): Promise<void> {
    const { clients } = this.#world;
    const before = this.#connections();
    await this.#churn();
    clients[0]?.stop();
    clients[1]?.hangUp();
    await this.#pass(DELIVER_MS);
    // Of those that left before, a lease may have to run out.
    this.#require(await this.#findAbsent((id) => before.has(id)));
    await this.#pass(LEASE_MS);
    this.#require(await this.#findAbsent());
  }

  /** Clients come and go faster than their leases travel. */
  async #churn(): Promise<void> {
    const { clients, random } = this.#world;
    const wanted = new Map(
      clients.map((client) => [client, [...client.wanted]]),
    );
    for (let round = 0; round < CHURN; round++) {
      const client = random.pick(clients);
      const channel = random.pick(CHANNELS);
      if (!wanted.get(client)?.includes(channel)) continue;
      if (client.wanted.has(channel)) client.leave(channel);
      else client.want(channel);
      await this.#pass(random.between(0, 4));
    }
    for (const [client, channels] of wanted) {
      for (const channel of channels) client.want(channel);
    }
  }

  /** Connections of all nodes, by their ids. */
  #connections(): ReadonlyMap<string, Connection> {
    return new Map(
      this.#world.living.flatMap(({ hub }) =>
        [...hub.connections].map((connection) => [connection.id, connection])
      ),
    );
  }

  /** Sentences about clients that are present and have left; without a choice also about those that are missing. */
  async #findAbsent(isChosen?: (id: string) => boolean): Promise<string[]> {
    const problems: string[] = [];
    const connections = this.#connections();
    for (const channel of CHANNELS) {
      const present = await this.#presence(channel);
      for (const client of present.keys()) {
        const isThere = connections.get(client)?.channels.has(channel) ?? false;
        if (isThere || isChosen?.(client) === false) continue;
        problems.push(`${client} has left ${channel}, and is present`);
      }
      if (isChosen !== undefined) continue;
      for (const { id, channels } of connections.values()) {
        if (!channels.has(channel) || present.has(id)) continue;
        problems.push(`${id} is in ${channel}, and not present`);
      }
    }
    return problems;
  }

  async #presence(channel: string): Promise<ReadonlyMap<string, unknown>> {
    const { open } = this.#world;
    let present: ReadonlyMap<string, unknown> | undefined;
    open[0]!.presence.get(channel).then((found) => present = found, () => {});
    for (let tries = 0; present === undefined && tries < 100; tries++) {
      await this.#pass(20);
    }
    return present ?? new Map();
  }

  /** All clients leave, and then the hubs end. */
  async #end(): Promise<void> {
    const { clients, living, channels, locks, sockets } = this.#world;
    for (const client of clients) client.stop();
    await this.#pass(DELIVER_MS);
    // The hub has evicted a client that is half open; in the end the kernel gives it up, too.
    for (const socket of [...sockets]) {
      if (socket.isHalfOpen && socket.isClosedByHub) socket.cut();
    }
    await this.#pass(DELIVER_MS);
    const problems = living.flatMap(({ name, hub }) => [
      ...hub.size > 0 ? [`${name} has ${hub.size} connections`] : [],
      ...hub.channels.size > 0
        ? [`${name} has ${hub.channels.size} channels`]
        : [],
      ...hub.admission.count > 0
        ? [`${name} counts ${hub.admission.count}`]
        : [],
    ]);
    this.#require(problems);
    for (const node of living) {
      node.isClosed = true;
      node.hub.close();
    }
    await this.#pass(5_000);
    this.#require([
      ...living.flatMap(({ name, process }) =>
        process.pending > 0 ? [`${name} has ${process.pending} timers`] : []
      ),
      ...channels.open > 0 ? [`${channels.open} channels are open`] : [],
      ...locks.pending > 0 ? [`${locks.pending} locks are waited for`] : [],
    ]);
  }
}
