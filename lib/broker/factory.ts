/** Factory of a broker: named in the options of a hub, opened by the hub with its own clock, random and log. */

import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Random } from "../base/random.ts";
import type { Presence } from "../presence/types.ts";
import type { Broker } from "./types.ts";

/** Parts of a hub that its broker uses, too. */
export interface BrokerDeps {
  /** Source of time. */
  readonly clock: Clock;
  /** Source of random numbers and ids. */
  readonly random: Random;
  /** Takes the events of the broker. */
  readonly log: Log;
}

/** A broker, and the presence that belongs to it. A hub starts and closes both. */
export interface OpenBroker {
  /** Orders what is published, and keeps it. */
  readonly broker: Broker;
  /** Knows who is in a channel, on the same nodes. */
  readonly presence: Presence;
}

/** Opens a broker for one hub. */
export interface BrokerFactory {
  /** Makes a broker and its presence; they connect once the hub has started them. */
  open(deps: BrokerDeps): OpenBroker;
}
