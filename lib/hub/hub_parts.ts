/** Parts that a hub is made of, and the functions that it calls. */

import type { Broker } from "../broker/types.ts";
import type { Namespaces } from "../channel/channel_options.ts";
import type { Clock } from "../base/clock.ts";
import type { Disconnect } from "../base/disconnect.ts";
import type { Log } from "../base/log.ts";
import type { Random } from "../base/random.ts";
import type { HubLimits } from "../limits/hub_limits.ts";
import type { Presence } from "../presence/types.ts";
import type { Connection } from "./connection.ts";
import type { ConnectionOwner } from "./connection_owner.ts";
import type { Hub } from "./hub.ts";
import type { Identity } from "./identity.ts";
import type { Subscription } from "./subscription.ts";

/** Parts of a hub. */
export interface HubDeps {
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

/** Functions that a hub calls when something happens to its connections. */
export interface HubHandlers {
  /** Carries out a client's command; see `commands/dispatch.ts`. */
  readonly onCommand: ConnectionOwner["onCommand"];
  /** Admits a client that was authenticated by its handshake; its frames wait for a returned promise. */
  onAuthenticated(
    connection: Connection,
    identity: Identity,
  ): void | Promise<void>;
  /** Called once of each subscription that stood and has ended. */
  onUnsubscribed(subscription: Subscription): void;
  /** Called once of each connection that was admitted and has ended. */
  onDisconnected(connection: Connection, disconnect: Disconnect): void;
  /** Called when the hub closes. */
  onClose(): void;
  /** Answers another node's {@linkcode Broker.call}. */
  onCall(question: unknown): unknown;
}
