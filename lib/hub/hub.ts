/** Registry of this node's connections, tied to their channels, the broker and the heartbeat. */

import { NO_CAPS } from "../auth/caps.ts";
import type {
  Broker,
  BrokerNode,
  Publishing,
  PublishOptions,
  PublishRequest,
} from "../broker/types.ts";
import {
  type ChannelOptions,
  historyOf,
  type Namespaces,
} from "../channel/channel_options.ts";
import { checkData } from "../channel/data_schema.ts";
import type { Clock } from "../base/clock.ts";
import { type Disconnect, disconnects, GONE } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import { type Log, logFailure } from "../base/log.ts";
import { EVERYONE, inboxOf } from "../base/names.ts";
import type { ClientInfo, Payload } from "../base/publication.ts";
import type { Random } from "../base/random.ts";
import type { Transport } from "../base/transport.ts";
import {
  type Beats,
  beatsOf,
  intervalsFor,
  shortest,
} from "../heartbeat/intervals.ts";
import type { Deadlines } from "../heartbeat/deadlines.ts";
import { Heartbeat } from "../heartbeat/heartbeat.ts";
import { RateTable } from "../limits/client_rates.ts";
import type { HubLimits } from "../limits/hub_limits.ts";
import type { Presence } from "../presence/types.ts";
import type { Frame, Outgoing, Protocol } from "../protocol/types.ts";
import { Admission } from "./admission.ts";
import { Backlogs } from "./backlogs.ts";
import { Backpressure } from "./backpressure.ts";
import type { Channel } from "./channel.ts";
import { ClosingConnections } from "./closing_connections.ts";
import { Coalescer } from "./coalescer.ts";
import { Connection } from "./connection.ts";
import type { ConnectionOwner } from "./connection_owner.ts";
import { HubCounters } from "./counters.ts";
import { EvictionLog } from "./eviction_log.ts";
import { GrowingTexts } from "./growing_texts.ts";
import type { HubDeps } from "./hub_deps.ts";
import type { HubHandlers } from "./hub_handlers.ts";
import { type Identity, toClientInfo } from "./identity.ts";
import { PositionCheck } from "./position_check.ts";
import { ReturnSchedule } from "./return_schedule.ts";
import { Subscriptions } from "./subscriptions.ts";
import { Turns } from "./turns.ts";

/** This node's connections, subscriptions and channels. */
export class Hub {
  /** Places for transports: each takes one when it opens, and gives it back at its end. */
  readonly admission: Admission;
  /** Turns of the event loop, which clients share. */
  readonly turns: Turns;
  /** Times at which clients that were sent away may come back. */
  readonly returns: ReturnSchedule;
  /** Counters of this node, for the metrics. */
  readonly counters: HubCounters;
  /** Log of the hub's events. */
  readonly log: Log;
  /** Time of the hub. */
  readonly clock: Clock;
  /** Calls at a later time, most of which are cancelled. */
  readonly deadlines: Deadlines;
  /** Bounds and durations. */
  readonly limits: HubLimits;
  /** Orders publications, and keeps them. */
  readonly broker: Broker;
  /** Members of each channel. */
  readonly presence: Presence;
  /** Subscriptions of this node's connections. */
  readonly subscriptions: Subscriptions;
  /** Source of random numbers and ids. */
  readonly random: Random;
  /** Connections that have not read enough, and their counters. */
  readonly backlogs: Backlogs<Connection>;
  /** Texts that grow in channels. */
  readonly texts: GrowingTexts;
  /** Delay of publishers that are ahead of their recipients. */
  readonly backpressure: Backpressure;
  /** True if the hub is ending: no connection is to be admitted. */
  draining = false;
  readonly #connections = new Map<string, Connection>();
  /** Connections whose clients send by requests of their own, by a secret name. */
  readonly #sessions = new Map<string, Connection>();
  readonly #closing: ClosingConnections;
  readonly #evictions: EvictionLog;
  readonly #coalescer: Coalescer;
  readonly #positionCheck: PositionCheck;
  readonly #heartbeat: Heartbeat<Connection>;
  readonly #owner: ConnectionOwner<Connection>;
  readonly #namespaces: Namespaces;
  readonly #handlers: HubHandlers;
  readonly #beats: Beats;
  readonly #keepsHeaders: boolean;

  /** Makes a hub and starts it; {@linkcode close} ends it. */
  constructor(deps: HubDeps<Hub>) {
    const { limits, clock, broker, log, random } = deps;
    const { reconnectRate: ratePerSecond } = limits;
    const counters = this.counters = new HubCounters(clock);
    this.log = log;
    this.clock = clock;
    this.limits = limits;
    this.broker = broker;
    this.presence = deps.presence;
    this.random = random;
    this.#namespaces = deps.namespaces;
    this.#keepsHeaders = deps.keepsHeaders ?? false;
    this.returns = new ReturnSchedule({ clock, random, ratePerSecond });
    this.#beats = beatsOf(limits);
    const time = this.#heartbeat = new Heartbeat<Connection>({
      shortestMs: shortest(this.#beats),
      clock,
      onVerdict: (connection, verdict) => connection.onVerdict(verdict),
      onTick: (lateMs) => counters.eventLoopLag.addMs(lateMs),
    });
    this.deadlines = time.deadlines;
    this.admission = new Admission({ limits, counters, time });
    this.turns = new Turns(clock);
    this.#closing = new ClosingConnections(clock, this.admission);
    this.#evictions = new EvictionLog(clock, log);
    this.#coalescer = new Coalescer(clock, limits);
    this.subscriptions = new Subscriptions({
      broker,
      log,
      counters,
      optionsOf: (channel) => this.optionsOf(channel),
      onCollect: (channel, count) => this.#coalescer.add(channel, count),
      onUnfinished: (channel) => this.#coalescer.send(channel),
      onSent: () => this.backpressure.update(),
      limits,
      onEnd: (subscription) => this.#handlers.onUnsubscribed(subscription),
    });
    const publish = (request: PublishRequest) => this.publishChecked(request);
    this.texts = new GrowingTexts({ clock, broker, publish });
    const onLook = () => this.backpressure.update();
    this.backlogs = new Backlogs<Connection>(clock, onLook);
    this.backpressure = new Backpressure({
      backlogs: this.backlogs,
      channels: this.channels,
      clock,
      graceMs: limits.slowGraceMs,
    });
    this.#positionCheck = new PositionCheck({
      broker,
      clock,
      log,
      channels: this.channels,
      onGap: (subscription) => this.subscriptions.onGap(subscription),
    });
    this.#handlers = deps.handlers(this);
    this.#owner = this.#ownerOfConnections();
    broker.start(this.#node());
    this.#positionCheck.start();
    this.#heartbeat.start();
  }

  /** Connections that are registered now. */
  get connections(): Iterable<Connection> {
    return this.#connections.values();
  }

  /** Channels with a subscriber here, or with one that waits for the broker; inboxes included. */
  get channels(): ReadonlyMap<string, Channel> {
    return this.subscriptions.channels;
  }

  /** Number of connections that are registered now. */
  get size(): number {
    return this.#connections.size;
  }

  /** A copy of a request's headers, which an upgrade takes away; `undefined` where no hook can read them. */
  headersOf({ headers }: Request): Headers | undefined {
    return this.#keepsHeaders ? new Headers(headers) : undefined;
  }

  /** Registers the client of an open transport; without an identity it has to authenticate in time. */
  connect<Out extends Outgoing = Frame>(
    transport: Transport<NoInfer<Out>>,
    protocol: Protocol<Out>,
    identity?: Identity,
    headers?: Headers,
  ): Connection {
    const { random, limits, log } = this;
    const authenticateBy = this.#heartbeat.now + limits.authenticateWithinMs;
    const intervals = intervalsFor(protocol, transport, this.#beats);
    const id = random.uuid();
    const traffic = this.counters.traffic.find(protocol, transport.kind);
    const connection = new Connection(
      { id, protocol, transport, traffic, intervals, authenticateBy, headers },
      this.#owner,
    );
    this.#connections.set(connection.id, connection);
    traffic.open();
    // Clients that connect together are not pinged together.
    const spread = protocol.pinged ? 0.5 + random.number() / 2 : 1;
    this.#heartbeat.add(connection, intervals.pingMs * spread);
    try {
      const pending = identity &&
        this.#handlers.onAuthenticated(connection, identity);
      if (pending !== undefined) connection.waitFor(pending);
    } catch (error) {
      connection.disconnect(disconnects.internal);
      // The caller has no connection that it could end.
      connection.ended();
      throw error;
    }
    log.debug("connected", { connection: connection.id, uid: connection.uid });
    return connection;
  }

  /**
   * Gives `connection` its identity: it receives what is sent to its uid and to all,
   * from now on or when the promise resolves, or from {@linkcode ready} where its
   * command `connect` is still to be answered. One that has ended meanwhile is only
   * reported as disconnected.
   */
  authenticate(
    connection: Connection,
    identity: Identity,
  ): void | Promise<void> {
    const { uid, caps = NO_CAPS, meta } = identity;
    const { uid: known, protocol, admitted, end } = connection;
    const refusal = end
      ? undefined
      : this.admission.joinUser(connection, identity);
    if (refusal !== undefined) return connection.disconnect(refusal);
    connection.admitted = true;
    connection.opening = protocol.opening === "connect" ? "begun" : "done";
    connection.authenticateBy = Infinity;
    connection.info = toClientInfo(connection.id, identity);
    connection.caps = caps;
    connection.meta = meta;
    connection.uid = uid ?? known;
    connection.subject = uid ?? known;
    if (end !== undefined) {
      if (!admitted) this.#handlers.onDisconnected(connection, end);
      return;
    }
    this.renew(connection, identity.expiresAt);
    if (protocol.oneWay === "speaks") return;
    const inboxes = admitted ? [] : [EVERYONE];
    if (uid !== undefined && uid !== known) inboxes.push(inboxOf(uid));
    return this.subscriptions.joinInboxes(connection, inboxes);
  }

  /** Lets a client that was notified of its admission send, and sends it what was held back. */
  ready(connection: Connection): void {
    connection.opening = "done";
    this.subscriptions.beginInboxes(connection);
  }

  /** Lets `connection` last until `expiresAt`, in milliseconds since 1970. */
  renew(connection: Connection, expiresAt: number): void {
    connection.expireBy = this.clock.now + expiresAt - this.clock.wallTime;
    this.#heartbeat.reschedule(connection);
  }

  /** Gives a connection a session. Its id will not do: others in its channels see that. */
  openSession(connection: Connection): void {
    connection.session = this.random.uuid();
    this.#sessions.set(connection.session, connection);
  }

  /** The connection of an id, until it ends. */
  find(id: string): Connection | undefined {
    return this.#connections.get(id);
  }

  /** The connection of a session, until it ends. */
  findSession(session: string): Connection | undefined {
    return this.#sessions.get(session);
  }

  /** Options of a channel; `undefined` if it is unknown. */
  optionsOf(channel: string): ChannelOptions | undefined {
    return this.#namespaces.resolve(channel);
  }

  /**
   * Publishes to a channel that clients can join; the caller has checked its name.
   *
   * @throws {ProtocolError} If the channel is unknown.
   */
  publish(
    channel: string,
    payload: Payload,
    options: PublishOptions = {},
  ): Publishing {
    const known = this.optionsOf(channel);
    if (known === undefined) throw new ProtocolError(errors.unknownChannel);
    return this.publishChecked({
      ...options,
      channel,
      payload: checkData(known.data, payload),
      history: historyOf(known),
    });
  }

  /** Publishes a request whose channel and data the caller has checked. */
  publishChecked(request: PublishRequest): Publishing {
    const startedAt = this.counters.publishes.begin();
    const published = this.broker.publish(request);
    this.counters.publishes.endWith(startedAt, published);
    return published;
  }

  /** Sends to every connection of `uid`, on every node. */
  sendTo(uid: string, payload: Payload, info?: ClientInfo): Publishing {
    return this.publishChecked({ channel: inboxOf(uid), payload, info });
  }

  /** Sends to every connection, on every node. */
  broadcast(payload: Payload, info?: ClientInfo): Publishing {
    return this.publishChecked({ channel: EVERYONE, payload, info });
  }

  /** Ends the hub. Connections are not notified: see {@linkcode drain}. Then nothing keeps the process alive. */
  async close(): Promise<void> {
    this.#heartbeat.stop();
    this.#positionCheck.stop();
    this.#coalescer.stop();
    this.backlogs.stop();
    this.#closing.stop();
    this.#handlers.onClose();
    await this.texts.close();
    await this.presence.close();
    await this.broker.close();
  }

  #ownerOfConnections(): ConnectionOwner<Connection> {
    const { clock, limits, returns, counters, turns } = this;
    const time = this.#heartbeat;
    return {
      clock,
      rates: new RateTable({ limits, time, refusals: counters.refusals }),
      turns,
      maxMessageBytes: limits.maxMessageBytes,
      maxBufferedBytes: limits.maxBufferedBytes,
      maxBacklogBytes: limits.maxBacklogBytes,
      slowGraceMs: limits.slowGraceMs,
      backlogs: this.backlogs,
      time,
      isNamespace: (name) => this.#namespaces.has(name),
      soon: (callback) => clock.soon(callback),
      after: (delayMs, callback) => clock.after(delayMs, callback),
      flushTo: (connection) => this.subscriptions.flushTo(connection),
      ride: (connection) => this.#coalescer.follow(connection),
      appoint: (disconnect) => returns.appoint(disconnect),
      onCommand: this.#handlers.onCommand,
      onEnd: (connection, disconnect) => this.#forget(connection, disconnect),
      onTransportEnd: (connection) => this.#closing.remove(connection),
      onError: ({ id }, error) =>
        logFailure(this, "command_failed", { connection: id, error }),
    };
  }

  #node(): BrokerNode {
    const { channels } = this;
    return {
      deliver: (publication) =>
        channels.get(publication.channel)?.deliver(publication) ?? false,
      answer: (call) => this.#handlers.onCall(call),
      checkPositions: (channels) => {
        if (typeof channels === "string") {
          return this.#positionCheck.check(channels);
        }
        this.#handlers.onBrokerReturn(channels);
        if (channels === undefined) return this.#positionCheck.check();
        for (const channel of channels) this.#positionCheck.check(channel);
      },
    };
  }

  #forget(connection: Connection, disconnect: Disconnect): void {
    const { id, uid, session, admitted } = connection;
    this.#connections.delete(id);
    connection.traffic.close();
    if (session !== undefined) this.#sessions.delete(session);
    connection.user?.leave();
    this.#heartbeat.remove(connection);
    this.subscriptions.endAll(connection);
    this.counters.ended(disconnect);
    if (disconnect !== GONE) this.#closing.add(connection);
    if (admitted) this.#handlers.onDisconnected(connection, disconnect);
    const { code, reason } = disconnect;
    this.log.debug("disconnected", { connection: id, uid, code, reason });
    this.#evictions.add(connection, disconnect);
  }
}
