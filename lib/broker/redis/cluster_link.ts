/** Link to a Redis Cluster, which brings each call to the primary of its partition. */

import { BrokerAwayError } from "../../base/errors.ts";
import { Names, partitionIn, PARTITIONS } from "./names.ts";
import { type Ordered, OrderedRuns } from "./ordered_runs.ts";
import type { RedisLink } from "./link.ts";
import { type ClusterLinkOptions, Primaries } from "./primaries.ts";
import type { ScriptCall } from "./script_runs.ts";
import { isRefused } from "./topology.ts";
import type { Link, LinkUser, RedisStage } from "./types.ts";

/**
 * Time in which a refused call is sent again, in milliseconds; then its caller gets the
 * error. It is less than clients wait for a reply.
 */
const REPEAT_MS = 4_000;

/** A call, and the time until which it is sent again. */
interface RoutedCall extends Ordered {
  readonly send: (link: RedisLink) => Promise<unknown>;
  readonly until: number;
}

/** Error of a call to a primary that has just come, and is not connected yet. */
class NewPrimaryError extends BrokerAwayError {
  constructor() {
    super(
      "Cannot reach Redis: the connection to a new primary is not there yet",
    );
  }
}

/**
 * Every channel belongs to a partition, every partition to a slot, and every slot to a
 * primary.
 *
 * While a slot moves from one primary to another, some of its keys are here and some are
 * there. Calls that Redis refuses meanwhile wait and keep their order; none of them has
 * had an effect. `ASK` is not followed, because what is published on the other primary
 * reaches no subscriber before the move is over. After it subscriptions are renewed
 * there, and positions are compared.
 */
export class ClusterLink implements Link {
  readonly isCluster = true;
  readonly names: Names;
  readonly #options: ClusterLinkOptions;
  readonly #primaries: Primaries;
  readonly #runs: ReadonlyMap<number, OrderedRuns<RoutedCall>>;

  /** @throws {RangeError} If the prefix has braces. */
  constructor(options: ClusterLinkOptions) {
    this.#options = options;
    this.names = new Names({ ...options, isCluster: true });
    this.#primaries = new Primaries({ ...options, names: this.names });
    this.#runs = new Map(
      PARTITIONS.map((partition) => [partition, this.#runsOf(partition)]),
    );
  }

  get ready(): boolean {
    return this.#primaries.ready;
  }

  open(user?: LinkUser): void {
    this.#primaries.open(user);
  }

  run(call: ScriptCall): Promise<unknown> {
    const [key = ""] = call.keys;
    return this.#route(key, (link) => link.run(call), call.order);
  }

  async publish(topic: string, message: string): Promise<number> {
    const reached = this.#route(topic, (link) => link.publish(topic, message));
    return Number(await reached);
  }

  async subscribe(topic: string): Promise<void> {
    await this.#route(topic, (link) => link.subscribe(topic));
  }

  async unsubscribe(topic: string): Promise<void> {
    try {
      await this.#primaries.of(partitionIn(topic))?.unsubscribe(topic);
    } catch (error) {
      // The server has ended the subscription itself, because the slot has moved.
      if (!isRefused(error)) throw error;
    }
  }

  report(error: unknown, stage: RedisStage): void {
    this.#options.onError?.(error, { stage });
  }

  close(): Promise<void> {
    return this.#primaries.close();
  }

  /** Sends a call to the primary of the partition in a name. */
  #route(
    name: string,
    send: RoutedCall["send"],
    order?: readonly string[],
  ): Promise<unknown> {
    const until = this.#options.clock.now + REPEAT_MS;
    const runs = this.#runs.get(partitionIn(name));
    if (runs !== undefined) return runs.run({ send, order, until });
    throw new RangeError(`Cannot find the partition of "${name}"`);
  }

  #runsOf(partition: number): OrderedRuns<RoutedCall> {
    const { clock } = this.#options;
    let refusal = "";
    return new OrderedRuns({
      send: ({ send }) => {
        const link = this.#primaries.of(partition);
        if (link === undefined) {
          const reason = "no primary of the cluster has the slot";
          const away = new BrokerAwayError(`Cannot reach Redis: ${reason}`);
          return Promise.reject(away);
        }
        return link.tried ? send(link) : Promise.reject(new NewPrimaryError());
      },
      isRefused: (error, { until }) => {
        const isLater = isRefused(error) || error instanceof NewPrimaryError;
        if (!isLater || !this.#primaries.isOpen) return false;
        refusal = error.message;
        return clock.now < until;
      },
      pause: () => this.#primaries.find(partition, refusal),
    });
  }
}
