/** What a hub is made of, whom it asks and tells, and what it is asked. */

import type { Broker, PublishRequest } from "../broker/types.ts";
import type { Namespaces } from "../channel/channel_options.ts";
import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import type { Connection } from "./connection.ts";
import type { Disconnect } from "../base/disconnect.ts";
import type { Identity } from "./identity.ts";
import type { HubLimits } from "../limits/hub_limits.ts";
import type { Log } from "../base/log.ts";
import type { Presence } from "../presence/types.ts";
import type { Command } from "../protocol/types.ts";
import type { Publication } from "../base/publication.ts";
import type { Recovery } from "../base/recovery.ts";
import type { Subscription } from "./subscription.ts";

/** What a hub is made of. */
export interface HubDeps {
  /** What it holds and how long it waits. */
  readonly limits: HubLimits;
  /** Orders what is published, and keeps it. */
  readonly broker: Broker;
  /** Knows who is in a channel. */
  readonly presence: Presence;
  /** What each channel keeps, and allows. */
  readonly namespaces: Namespaces;
  /** What the heartbeat goes by. */
  readonly clock: Clock;
  /** Gives the connections their ids. */
  readonly random: Random;
  /** Where the hub's events go. */
  readonly log: Log;
  /** Whether connections keep the headers of their requests, for hooks to read. */
  readonly keepsHeaders?: boolean;
  /** Carries out a client's command; see `commands.ts`. */
  onCommand(connection: Connection, command: Command): void | Promise<void>;
  /** Admits a client that has shown who it is when it came; its frames wait for a returned promise. */
  onIdentified(
    connection: Connection,
    identity: Identity,
  ): void | Promise<void>;
  /** Called when a subscription has ended, whoever ended it. */
  onUnsubscribed?(subscription: Subscription): void;
  /** Called once of each connection that was let in and has ended, whoever ended it. */
  onDisconnected?(connection: Connection, disconnect: Disconnect): void;
  /** Called when the hub ends. */
  onClose?(): void;
  /** Answers another node's {@linkcode Broker.call}. */
  onCall?(question: unknown): unknown;
}

/** What a publisher may say besides the payload. */
export type PublishOptions = Pick<
  PublishRequest,
  "info" | "tags" | "idempotencyKey" | "skipHistory"
>;

/** A new subscription, with what it has to be told. */
export interface Joined {
  /** The subscription itself. */
  readonly subscription: Subscription;
  /** Where it stands and what it missed. */
  readonly recovery: Recovery<Publication>;
}
