/** Registry of this node's connections and channels; the only writer of either. */

import type {
  Broker,
  BrokerNode,
  Publishing,
  RecoverQuery,
} from "../broker/types.ts";
import type { Channel } from "./channel.ts";
import type { ChannelOptions } from "../channel/channel_options.ts";
import { checkData } from "../channel/data_schema.ts";
import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { Connection, type ConnectionOwner } from "./connection.ts";
import {
  type Disconnect,
  disconnects,
  type Unsubscribe,
} from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import {
  type Beats,
  beatsOf,
  intervalsFor,
  shortest,
} from "../heartbeat/intervals.ts";
import { Heartbeat } from "../heartbeat/heartbeat.ts";
import type { HubDeps, Joined, PublishOptions } from "./hub_deps.ts";
import { type Identity, toClientInfo } from "./identity.ts";
import type {
  PendingSubscription,
  PendingSubscriptionInit,
} from "./pending_subscriptions.ts";
import { Admission } from "./admission.ts";
import type { HubLimits } from "../limits/hub_limits.ts";
import type { Log } from "../base/log.ts";
import { EVERYONE, inboxOf } from "../base/names.ts";
import type { Presence } from "../presence/types.ts";
import { Sessions } from "./sessions.ts";
import type { Protocol } from "../protocol/types.ts";
import type { ClientInfo, Payload } from "../base/publication.ts";
import { Subscription, type SubscriptionOptions } from "./subscription.ts";
import { Subscriptions } from "./subscriptions.ts";
import type { Transport } from "../base/transport.ts";

export type { PendingSubscription, PendingSubscriptionInit };

/** This node's connections, by id, by uid and by channel. */
export class Hub {
  /** Places for transports: whoever opens one takes a place, and gives it back at its end. */
  readonly admission: Admission;
  /** Where this hub's events go. */
  readonly log: Log;
  /** What this hub's time is measured by. */
  readonly clock: Clock;
  /** What this hub holds and how long it waits. */
  readonly limits: HubLimits;
  /** Orders what is published, and keeps it. */
  readonly broker: Broker;
  /** Knows who is in a channel. */
  readonly presence: Presence;
  /** Connections that requests are led to. */
  readonly sessions: Sessions;
  /** What this hub draws by lot. */
  readonly random: Random;
  /** Whether the hub is ending: nobody new is to be let in. */
  draining = false;
  readonly #connections = new Map<string, Connection>();
  readonly #subscriptions: Subscriptions;
  readonly #heartbeat: Heartbeat<Connection>;
  readonly #owner: ConnectionOwner;
  readonly #deps: HubDeps;
  readonly #beats: Beats;

  /** Makes a hub and starts its heartbeat; {@linkcode close} ends it. */
  constructor(deps: HubDeps) {
    const { limits, clock, broker, log } = deps;
    this.#deps = deps;
    this.log = log;
    this.clock = clock;
    this.limits = limits;
    this.broker = broker;
    this.presence = deps.presence;
    this.random = deps.random;
    this.sessions = new Sessions(deps.random);
    this.admission = new Admission(limits.maxConnections);
    this.#beats = beatsOf(limits);
    this.#heartbeat = new Heartbeat<Connection>({
      shortestMs: shortest(this.#beats),
      clock,
      onVerdict: (connection, verdict) => connection.onVerdict(verdict),
    });
    this.#subscriptions = new Subscriptions({
      ...deps,
      maxChannels: limits.maxChannels,
      onEnd: (subscription) => deps.onUnsubscribed?.(subscription),
    });
    this.#owner = {
      maxMessageBytes: limits.maxMessageBytes,
      maxBufferedBytes: limits.maxBufferedBytes,
      time: this.#heartbeat,
      soon: (callback) => clock.soon(callback),
      after: (delayMs, callback) => clock.after(delayMs, callback),
      flush: () => this.#subscriptions.channels.flush(),
      onCommand: deps.onCommand,
      onEnd: (connection, disconnect) => this.#forget(connection, disconnect),
      onError: (connection, error) =>
        log.error("command_failed", { connection: connection.id, error }),
    };
    broker.start(this.#node());
    this.#subscriptions.channels.start();
    this.#heartbeat.start();
  }

  /** Connections that are registered now. */
  get connections(): Iterable<Connection> {
    return this.#connections.values();
  }

  /** How many connections are registered now. */
  get size(): number {
    return this.#connections.size;
  }

  /** This node's channels with a subscriber, inboxes included. */
  get channels(): ReadonlyMap<string, Channel> {
    return this.#subscriptions.channels.all;
  }

  /** A copy of a request's headers, which an upgrade takes away; `undefined` where no hook can read them. */
  headersOf({ headers }: Request): Headers | undefined {
    return this.#deps.keepsHeaders ? new Headers(headers) : undefined;
  }

  /** Registers the client behind an open transport; without an identity it has to authenticate in time. */
  connect(
    transport: Transport,
    protocol: Protocol,
    identity?: Identity,
    headers?: Headers,
  ): Connection {
    const { random, limits, log, onIdentified } = this.#deps;
    const authenticateBy = this.#heartbeat.now + limits.authenticateWithinMs;
    const beat = intervalsFor(protocol, this.#beats);
    const id = random.uuid();
    const connection = new Connection(
      { id, protocol, transport, beat, authenticateBy, headers },
      this.#owner,
    );
    this.#connections.set(connection.id, connection);
    // Those who come at once are not all pinged at once.
    const spread = protocol.pinged ? 0.5 + random.number() / 2 : 1;
    this.#heartbeat.add(connection, beat.pingMs * spread);
    try {
      const pending = identity && onIdentified(connection, identity);
      if (pending !== undefined) connection.waitFor(pending);
    } catch (error) {
      connection.disconnect(disconnects.internal);
      throw error;
    }
    log.debug("connected", { connection: connection.id, uid: connection.uid });
    return connection;
  }

  /**
   * Lets `connection` be who it has shown to be: it begins to receive what is sent
   * to it and to all, from now on or when the promise resolves, or from
   * {@linkcode open} where its command `connect` is still to be answered. Of one
   * that has ended meanwhile it is only told that it has.
   */
  identify(connection: Connection, identity: Identity): void | Promise<void> {
    const { uid, caps = [], meta } = identity;
    const { uid: known, protocol, admitted, end } = connection;
    connection.admitted = true;
    connection.opening = protocol.opening === "connect" ? "begun" : "done";
    connection.authenticateBy = Infinity;
    connection.info = toClientInfo(connection.id, identity);
    connection.caps = caps;
    connection.meta = meta;
    connection.uid = uid ?? known;
    connection.subject = uid ?? known;
    if (end !== undefined) {
      if (!admitted) this.#deps.onDisconnected?.(connection, end);
      return;
    }
    this.renew(connection, identity.expiresAt);
    if (protocol.oneWay === "speaks") return;
    const inboxes = admitted ? [] : [EVERYONE];
    if (uid !== undefined && uid !== known) inboxes.push(inboxOf(uid));
    return this.#subscriptions.channels.join(connection, inboxes);
  }

  /** Lets a client that was told that it is let in hear what was sent to it meanwhile. */
  open(connection: Connection): void {
    connection.opening = "done";
    this.#subscriptions.beginInboxes(connection);
  }

  /** Lets `connection` last until `expiresAt`, in milliseconds since 1970. */
  renew(connection: Connection, expiresAt: number): void {
    connection.expiresAt = expiresAt;
    this.#heartbeat.reschedule(connection);
  }

  /** The options of a channel; `undefined` if it is unknown. */
  optionsOf(channel: string): ChannelOptions | undefined {
    return this.#deps.namespaces.resolve(channel);
  }

  /**
   * Takes a place among the channels of a connection for a subscription that may
   * still have to wait, until what is returned is disposed of.
   * {@linkcode unsubscribe} and the end of the connection call it off.
   *
   * @throws {ProtocolError} If the connection is subscribed already, or to as many channels as it may.
   */
  prepare(init: PendingSubscriptionInit): PendingSubscription {
    return this.#subscriptions.prepare(init);
  }

  /**
   * Subscribes `connection` to a channel. Resolves with what its client is to be told
   * before {@linkcode begin}; with `undefined` if it was ended meanwhile.
   *
   * @throws {ProtocolError} If the connection is subscribed already, or to as many channels as it may.
   */
  subscribe(
    connection: Connection,
    channel: string,
    options: SubscriptionOptions = {},
    query?: RecoverQuery,
  ): Promise<Joined | undefined> {
    const subscription = new Subscription(connection, channel, options);
    return this.#subscriptions.add(subscription, query);
  }

  /** Lets publications through to a subscription whose client has been told of it. */
  begin(subscription: Subscription): void {
    this.#subscriptions.channels.begin(subscription);
  }

  /** The subscription of `connection` to a channel, if there is one. */
  subscription(
    connection: Connection,
    channel: string,
  ): Subscription | undefined {
    return this.#subscriptions.find(connection, channel);
  }

  /** Ends a subscription, or the wait for it; without one nothing happens. With `told`, the client is told why. */
  unsubscribe(
    connection: Connection,
    channel: string,
    told?: Unsubscribe,
  ): void {
    this.#subscriptions.end(connection, channel, told);
  }

  /**
   * Publishes to a channel that clients can join.
   *
   * @throws {ProtocolError} If the channel is unknown (102), or its data does not fit (107).
   */
  publish(
    channel: string,
    payload: Payload,
    options: PublishOptions = {},
  ): Publishing {
    const known = this.optionsOf(channel);
    if (known === undefined) throw new ProtocolError(errors.unknownChannel);
    const { historySize: size, historyTtlMs: ttlMs, data } = known;
    const history = size > 0 && ttlMs > 0 ? { size, ttlMs } : undefined;
    const checked = data === undefined ? payload : checkData(data, payload);
    return this.broker.publish({
      ...options,
      channel,
      payload: checked,
      history,
    });
  }

  /** Sends to every connection of `uid`, on every node. */
  sendTo(uid: string, payload: Payload, info?: ClientInfo): Publishing {
    return this.broker.publish({ channel: inboxOf(uid), payload, info });
  }

  /** Sends to every connection, on every node. */
  broadcast(payload: Payload, info?: ClientInfo): Publishing {
    return this.broker.publish({ channel: EVERYONE, payload, info });
  }

  /** Ends the hub. Connections are not told, and are to be ended before: see `drain.ts`. Then nothing keeps the process alive. */
  async close(): Promise<void> {
    this.#heartbeat.stop();
    this.#subscriptions.channels.stop();
    this.#deps.onClose?.();
    await this.presence.close();
    await this.broker.close();
  }

  #node(): BrokerNode {
    return {
      deliver: (publication) =>
        this.#subscriptions.channels.deliver(publication),
      answer: (question) => this.#deps.onCall?.(question),
      checkPositions: (channel) =>
        this.#subscriptions.channels.checkPositions(channel),
    };
  }

  #forget(connection: Connection, disconnect: Disconnect): void {
    this.#connections.delete(connection.id);
    this.sessions.close(connection);
    this.#heartbeat.remove(connection);
    this.#subscriptions.forget(connection);
    if (connection.admitted) {
      this.#deps.onDisconnected?.(connection, disconnect);
    }
    const { id, uid } = connection;
    const { code, reason } = disconnect;
    this.#deps.log.debug("disconnected", { connection: id, uid, code, reason });
  }
}
