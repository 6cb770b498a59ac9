/** Promises that hold after every step: those about the registries and about the history. */

import type { HistoryResult } from "../../lib/broker/types.ts";
import { isInbox } from "../../lib/base/names.ts";
import type { Hub } from "../../lib/hub/hub.ts";
import { idOf } from "./ledger.ts";
import { KEPT } from "./rules.ts";
import { HISTORY } from "./sim_node.ts";
import type { Authority, World } from "./world.ts";

/** Time after which the histories are looked at although nothing was acknowledged, in milliseconds. */
const LOOK_EVERY_MS = 500;

/** Checks a world; what it finds goes into the ledger. */
export class Invariants {
  readonly #world: World;
  /** By channel, the epoch and the memory that it is of. */
  readonly #epochs = new Map<string, { epoch: string; life: string }>();
  /** Times at which a program removed a channel's history. */
  readonly #removed = new Map<string, number>();
  #lookedAt = 0;
  #acknowledged = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Notes that a channel's history may be removed from now on until `until`. */
  onRemoved(channel: string, until: number): void {
    this.#removed.set(channel, until);
  }

  /** Checks everything; throws the first violation of all that were reported. */
  async check(): Promise<void> {
    const { ledger, living, timeline } = this.#world;
    for (const { hub, name } of living) {
      this.#checkRegistry(hub, name);
      this.#checkBacklogs(hub, name);
    }
    const isNew = ledger.acknowledgements !== this.#acknowledged;
    if (isNew || timeline.now - this.#lookedAt >= LOOK_EVERY_MS) {
      this.#acknowledged = ledger.acknowledgements;
      this.#lookedAt = timeline.now;
      await this.#checkHistories();
    }
    if (ledger.violation !== undefined) throw ledger.violation;
  }

  /** No more waits than is allowed, and nothing for those who have read all. */
  #checkBacklogs({ backlogs, limits }: Hub, name: string): void {
    const { backlogBytes } = backlogs.counters;
    const max = backlogs.size * limits.maxBacklogBytes;
    if (backlogBytes < 0 || backlogBytes > max) {
      this.#world.ledger.report(
        `${name}: ${backlogBytes} bytes wait for ${backlogs.size} connections`,
      );
    }
  }

  /** A closed connection is in no map, and the maps agree. */
  #checkRegistry(hub: Hub, name: string): void {
    const { ledger } = this.#world;
    for (const channel of hub.channels.values()) {
      for (const { connection } of channel.subscriptions) {
        const isListed = isInbox(channel.name) ||
          connection.channels.has(channel.name);
        if (connection.closed) {
          ledger.report(
            `${name}: a closed connection is in ${
              JSON.stringify(channel.name)
            }`,
          );
        } else if (!isListed) {
          ledger.report(`${name}: a connection does not list ${channel.name}`);
        }
      }
    }
    for (const connection of hub.connections) {
      if (connection.closed) {
        ledger.report(`${name}: a closed connection is registered`);
      }
      for (const channel of connection.channels) {
        if (hub.subscriptions.find(connection, channel) === undefined) {
          ledger.report(`${name}: a connection is not in its ${channel}`);
        }
      }
    }
  }

  async #checkHistories(): Promise<void> {
    const { authority } = this.#world;
    if (authority === undefined) return;
    for (const channel of KEPT) {
      const { ledger } = this.#world;
      const { acknowledgements } = ledger;
      const history = await this.#world.history(authority, channel);
      // A publication that came while it was read is looked for after the next step.
      const isCurrent = acknowledgements === ledger.acknowledgements;
      if (history !== undefined && isCurrent) {
        this.#checkHistory(channel, authority, history);
      }
    }
  }

  /** What was acknowledged is there, unless its size or its age says otherwise. */
  #checkHistory(
    channel: string,
    { life }: Authority,
    history: HistoryResult,
  ): void {
    const { ledger } = this.#world;
    const { epoch, offset: top } = history.position;
    const number = (offset: number) => this.#world.numberUpTo(offset);
    this.#checkEpoch(channel, life, epoch);
    if (history.type !== "history") return;
    const kept = new Set<string>();
    for (const publication of history.publications) {
      ledger.place(publication);
      kept.add(idOf(publication.payload));
    }
    const acknowledged = ledger.acknowledged(channel, epoch);
    const newest = Math.max(
      ...acknowledged.slice(-HISTORY.size).map(({ calledAt }) => calledAt),
    );
    const isOld = this.#world.timeline.now >= newest + HISTORY.ttlMs;
    const removedAt = this.#removed.get(channel) ?? -Infinity;
    for (const tried of acknowledged.slice(-HISTORY.size)) {
      const { id, calledAt, acknowledged } = tried;
      const offset = acknowledged?.offset ?? 0;
      const isBeyond = number(offset) <= number(top) - HISTORY.size;
      if (kept.has(id) || isBeyond || isOld || calledAt <= removedAt) continue;
      // A history that has expired comes back with none of it.
      if (this.#hasExpiredSince(channel, epoch, calledAt)) continue;
      ledger.report(
        `${id} was acknowledged as ${channel} ${epoch} ${offset}, and is not in the history up to ${top}`,
      );
    }
  }

  /** True if the time between a publication and the next one was longer than the history lasts. */
  #hasExpiredSince(channel: string, epoch: string, calledAt: number): boolean {
    const { ledger, timeline } = this.#world;
    let last = calledAt;
    for (const { calledAt: at } of ledger.acknowledged(channel, epoch)) {
      if (at <= last) continue;
      if (at - last >= HISTORY.ttlMs) return true;
      last = at;
    }
    return timeline.now - last >= HISTORY.ttlMs;
  }

  /** A memory keeps its epoch, and another memory has another one. */
  #checkEpoch(channel: string, life: string, epoch: string): void {
    const known = this.#epochs.get(channel);
    this.#epochs.set(channel, { epoch, life });
    if (known === undefined) return;
    const isSameLife = known.life === life;
    const isSameEpoch = known.epoch === epoch;
    if (isSameLife === isSameEpoch) return;
    this.#world.ledger.report(
      `${channel} went from ${known.epoch} of ${known.life} to ${epoch} of ${life}`,
    );
  }
}
