/** Parts that a hub is made of. */

import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Random } from "../base/random.ts";
import type { Broker } from "../broker/types.ts";
import type { Namespaces } from "../channel/channel_options.ts";
import type { HubLimits } from "../limits/hub_limits.ts";
import type { Presence } from "../presence/types.ts";
import type { HubHandlers } from "./hub_handlers.ts";

/** Parts of a hub. */
export interface HubDeps<Hub> {
  /** Bounds and durations. */
  readonly limits: HubLimits;
  /** Orders publications, and keeps them. */
  readonly broker: Broker;
  /** Members of each channel. */
  readonly presence: Presence;
  /** Options of each channel. */
  readonly namespaces: Namespaces;
  /** Time of the heartbeat and of all delays. */
  readonly clock: Clock;
  /** Source of the connections' ids. */
  readonly random: Random;
  /** Log of the hub's events. */
  readonly log: Log;
  /** True if connections keep the headers of their requests, for hooks to read. */
  readonly keepsHeaders?: boolean;
  /** Makes the handlers of the hub; called once, before the hub starts. */
  readonly handlers: (hub: Hub) => HubHandlers;
}
