/** Nodes that share a NATS, without hubs. */

import type { Clock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { NatsBroker } from "../../lib/broker/nats/broker.ts";
import { connectNats } from "../../lib/broker/nats/connect.ts";
import type { NatsLinkOptions } from "../../lib/broker/nats/link.ts";
import { NatsStore } from "../../lib/broker/nats/store.ts";
import { Subjects } from "../../lib/broker/nats/subjects.ts";
import { parseNatsUrl } from "../../lib/broker/nats/url.ts";
import { systemClock } from "../../lib/base/clock.ts";

/** Options of a node. */
export interface NatsNodeOptions
  extends Partial<Pick<NatsLinkOptions, "onError">> {
  /** Clock of the node. */
  readonly clock?: Clock;
  /** Duration of a lease. */
  readonly leaseMs?: number;
}

/** Makes the streams of a node, whose link is closed yet. */
export function natsStore(
  url: string,
  { clock = systemClock, leaseMs = 30_000, ...options }: NatsNodeOptions = {},
): NatsStore {
  const { name, ...settings } = parseNatsUrl(url);
  const link = connectNats(url, { clock, random: systemRandom, ...options });
  const subjects = new Subjects(name || "thrum");
  const random = systemRandom;
  return new NatsStore({ link, subjects, clock, random, leaseMs, ...settings });
}

/** Makes a broker that is not started. */
export function natsBroker(
  url: string,
  options: NatsNodeOptions = {},
): NatsBroker {
  const { clock = systemClock } = options;
  const store = natsStore(url, options);
  return new NatsBroker({ store, clock, random: systemRandom });
}
