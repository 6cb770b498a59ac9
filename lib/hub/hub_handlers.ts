/** Functions that a hub calls when something happens to its connections. */

import type { Disconnect } from "../base/disconnect.ts";
import type { Connection } from "./connection.ts";
import type { ConnectionOwner } from "./connection_owner.ts";
import type { Identity } from "./identity.ts";
import type { Subscription } from "./subscription.ts";

/** Handlers of a hub. */
export interface HubHandlers {
  /** Carries out a client's command; see `commands/dispatch.ts`. */
  readonly onCommand: ConnectionOwner<Connection>["onCommand"];
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
  /** Called when the broker has returned after an absence, in which leases may have expired: those of these channels, or all. */
  onBrokerReturn(channels?: readonly string[]): void;
  /** Answers another node's {@linkcode Broker.call}. */
  onCall(call: unknown): unknown;
}
