/** Feed of a node: reads what is published in its channels, in the order of each channel. */

import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import type { Publication } from "../../base/publication.ts";
import type { Row } from "./client.ts";
import { decodeEntry, NODE_PREFIX, toArray, toPosition } from "./codec.ts";
import type { PostgresConnection } from "./connection.ts";
import type { PostgresLink } from "./link.ts";
import { parseSnapshot, type Snapshot } from "./snapshot.ts";
import { Subscriptions } from "./subscriptions.ts";
import { LIVE_MS } from "./sweep_functions.ts";

/** Lifetime of a node that does not renew it, in milliseconds. */
const NODE_TTL_MS = 15_000;
/** Time between two looks without a notification: a safety net, or all there is. */
const POLL_MS = 1_000;
const POOLER_POLL_MS = 100;
/** Rows of publications may have been removed before this node has read them, after this time. */
const RESUME_MS = LIVE_MS / 2;

/** Dependencies of {@linkcode Feed}. */
export interface FeedDeps {
  readonly link: PostgresLink;
  readonly clock: Clock;
  readonly random: Random;
  /** Called with each publication, in the order of the channel. */
  readonly onPublication: (publication: Publication) => void;
  /** Called with each text for a topic of this node. */
  readonly onNote: (text: string, topic: string) => void;
  /** Called when publications of a channel are missing between two that were read; without a channel they may be in all. */
  readonly onGap: (channel?: string) => void;
}

/**
 * Follows the table of publications by snapshots: each look brings what was committed
 * since the last one. A notification calls for a look at once, and otherwise one comes
 * every second. After a loss of the connection the feed goes on where it was.
 *
 * Each connection registers as a node of its own, because statements of the last one
 * may still be under way.
 */
export class Feed {
  readonly subscriptions: Subscriptions;
  readonly #deps: FeedDeps;
  /** Connection and id of the registered node; `undefined` while PostgreSQL is away. */
  #main: PostgresConnection | undefined;
  #id: string;
  /** Text of the snapshot of the last look. */
  #snapshot: string | undefined;
  #lookedAt = -Infinity;
  /** Publications that were read since that look, by their ids, with their transactions: the next look may begin again. */
  readonly #read = new Map<number, number>();
  /** Snapshot of the registration. */
  #registered: Snapshot | undefined;
  #life: string | undefined;
  #isLooking = false;
  #isWanted = false;
  #renewedAt = 0;
  #stopPolls: (() => void) | undefined;

  constructor(deps: FeedDeps) {
    this.#deps = deps;
    this.#id = deps.random.uuid();
    const { link, clock } = deps;
    this.subscriptions = new Subscriptions({
      link,
      clock,
      idOf: () => this.#id,
    });
  }

  /** Registers with a new connection, and reads what was missed. */
  async connect(main: PostgresConnection): Promise<void> {
    const { link, clock, random } = this.#deps;
    const before = this.#id;
    this.#id = random.uuid();
    const { topics } = this.subscriptions;
    const [[registered] = []] = await main.run(
      "select thrum.register($1::uuid, $2::uuid, $3::int, $4::text[])",
      [this.#id, before, NODE_TTL_MS, toArray(topics)],
    );
    const snapshot = String(registered);
    this.#registered = parseSnapshot(snapshot);
    this.subscriptions.activate(topics, this.#registered);
    if (!link.pooler) await main.run(`listen "thrum_${this.#id}"`);
    const isWhole = clock.now - this.#lookedAt < RESUME_MS;
    if (!isWhole) this.#snapshot = snapshot;
    this.#renewedAt = clock.now;
    await this.#readNews(main);
    if (main.ended) return;
    // Not before: two looks at once would bring the same.
    this.#main = main;
    const pollMs = link.pooler ? POOLER_POLL_MS : POLL_MS;
    this.#stopPolls = clock.every(pollMs, () => this.#poll());
    // What came while the first look was under way.
    this.look();
  }

  /** Ends the work with a connection that is lost. */
  lose(): void {
    this.#main = undefined;
    this.#stopPolls?.();
    this.subscriptions.deactivate();
  }

  /** Reads what is new, now or after the look that is under way. */
  look(): void {
    this.#isWanted = true;
    if (!this.#isLooking && this.#main !== undefined) this.#look(this.#main);
  }

  /** Removes the node, whose channels have one subscriber less at once. */
  async leave(main: PostgresConnection): Promise<void> {
    await main.run("select thrum.leave($1::uuid)", [this.#id]);
  }

  async #look(main: PostgresConnection): Promise<void> {
    this.#isLooking = true;
    try {
      while (this.#isWanted && main === this.#main) {
        this.#isWanted = false;
        await this.#readNews(main);
      }
    } catch (error) {
      main.end(error);
    } finally {
      this.#isLooking = false;
    }
    // Another connection came meanwhile.
    if (this.#isWanted && this.#main !== undefined) this.look();
  }

  async #poll(): Promise<void> {
    const main = this.#main;
    if (main === undefined) return;
    this.look();
    const { now } = this.#deps.clock;
    if (now - this.#renewedAt < NODE_TTL_MS / 3) return;
    this.#renewedAt = now;
    try {
      const parameters = [this.#id, NODE_TTL_MS];
      await main.run("select thrum.renew($1::uuid, $2::int)", parameters);
    } catch (error) {
      main.end(error);
    }
  }

  async #readNews(main: PostgresConnection): Promise<void> {
    const { clock } = this.#deps;
    const from = clock.now;
    let next: string | undefined;
    await main.each(
      "select * from thrum.news($1::uuid, $2::text)",
      [this.#id, this.#snapshot ?? null],
      (row) => {
        if (row[0] === null) next = this.#readHeader(row);
        else this.#take(row);
      },
    );
    if (next === undefined) return;
    const isLate = this.#lookedAt > -Infinity &&
      from - this.#lookedAt >= RESUME_MS;
    this.#snapshot = next;
    this.#lookedAt = from;
    this.#read.clear();
    if (isLate) this.#deps.onGap();
  }

  /** Reads the first row of a look, which has the next snapshot. */
  #readHeader(row: Row): string {
    const [, life, registered, , , , , , snapshot] = row;
    if (Number(registered) === 0) {
      throw new Error("PostgreSQL has taken this node for dead");
    }
    if (this.#life !== undefined && life !== this.#life) {
      // Numbers of transactions may come a second time.
      this.subscriptions.forget(this.#registered);
      this.#deps.onGap();
    }
    this.#life = String(life);
    return String(snapshot);
  }

  #take(row: Row): void {
    const [id, topic, offset, epoch, ...rest] = row;
    const xid = Number(rest[4]);
    if (this.#read.get(Number(id)) === xid) return;
    this.#read.set(Number(id), xid);
    const subscription = this.subscriptions.get(String(topic));
    // The row was under way when the channel was unsubscribed, or is from before.
    if (subscription === undefined || !subscription.takes(xid)) return;
    if (subscription.topic.startsWith(NODE_PREFIX)) {
      this.#deps.onNote(String(rest[1]), subscription.topic);
      return;
    }
    const { channel } = subscription;
    const position = toPosition(offset, epoch);
    try {
      this.#deps.onPublication(decodeEntry(rest, channel, position));
    } catch (error) {
      this.#deps.link.report(error, "message");
    }
    if (!subscription.isNext(position)) this.#deps.onGap(channel);
  }
}
