/** Registry of this node's connections and channels; the only writer of either. */

import type { Broker, Published } from "./broker/types.ts";
import { Channel } from "./channel.ts";
import type { Chance, Clock } from "./clock.ts";
import {
  Connection,
  type ConnectionLimits,
  type ConnectionOwner,
} from "./connection.ts";
import { type Disconnect, disconnects } from "./disconnect.ts";
import { errors, ProtocolError } from "./errors.ts";
import { type Finding, Heartbeat } from "./heartbeat/heartbeat.ts";
import { Admission } from "./limits/admission.ts";
import type { Log } from "./log.ts";
import { EVERYONE, inboxOf } from "./names.ts";
import type { Command, Protocol } from "./protocol/types.ts";
import type { Payload, Publication } from "./publication.ts";
import type { Transport } from "./transport.ts";

/** Bounds of a hub: bytes, milliseconds and connections. */
export interface HubLimits extends ConnectionLimits {
  /** Transports open at once; closing ones count until they are closed. */
  readonly maxConnections: number;
  /** Channels that one connection may be subscribed to. */
  readonly maxChannels: number;
  /** Silence after which a connection is evicted; 0: never, ping instead. */
  readonly heartbeatTimeoutMs: number;
  /** Time between two pings where nobody is evicted. */
  readonly heartbeatIntervalMs: number;
  /** Time that a client has to open its transport, and then to authenticate. */
  readonly authenticateWithinMs: number;
}

/** What a hub is made of. */
export interface HubDeps {
  /** What it holds and how long it waits. */
  readonly limits: HubLimits;
  /** Orders what is published. */
  readonly broker: Broker;
  /** What the heartbeat goes by. */
  readonly clock: Clock;
  /** Gives the connections their ids. */
  readonly chance: Chance;
  /** Where the hub's events go. */
  readonly log: Log;
  /** Carries out a client's command; see `commands.ts`. */
  onCommand(connection: Connection, command: Command): void | Promise<void>;
}

/** Who a client has shown to be. */
export interface Identity {
  /** `undefined` for somebody without a name. */
  readonly uid: string | undefined;
  /** When this ends, in milliseconds since 1970; `Infinity` for never. */
  readonly expiresAt: number;
}

/** Somebody without a name, let in without a token. */
export const ANYBODY: Identity = { uid: undefined, expiresAt: Infinity };

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
  /** Whether the hub is ending: nobody new is to be let in. */
  draining = false;
  readonly #connections = new Map<string, Connection>();
  readonly #channels = new Map<string, Channel>();
  readonly #heartbeat: Heartbeat<Connection>;
  readonly #owner: ConnectionOwner;
  readonly #deps: HubDeps;

  /** Makes a hub and starts its heartbeat; {@linkcode close} ends it. */
  constructor(deps: HubDeps) {
    const { limits, clock } = deps;
    this.#deps = deps;
    this.log = deps.log;
    this.clock = clock;
    this.limits = limits;
    this.admission = new Admission(limits.maxConnections);
    this.#heartbeat = new Heartbeat<Connection>({
      timeoutMs: limits.heartbeatTimeoutMs,
      intervalMs: limits.heartbeatIntervalMs,
      clock,
      onFinding: act,
    });
    this.#owner = {
      maxMessageBytes: limits.maxMessageBytes,
      maxBufferedBytes: limits.maxBufferedBytes,
      time: this.#heartbeat,
      onCommand: deps.onCommand,
      onEnd: (connection, disconnect) => this.#forget(connection, disconnect),
      onError: (connection, error) =>
        deps.log.error("command_failed", { connection: connection.id, error }),
    };
    deps.broker.start((publication) => this.deliver(publication));
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

  /** Registers the client behind an open transport; without an identity it has to authenticate in time. */
  connect(
    transport: Transport,
    protocol: Protocol,
    identity?: Identity,
  ): Connection {
    const { chance, log } = this.#deps;
    const authenticateBy = this.#heartbeat.now +
      this.limits.authenticateWithinMs;
    const connection = new Connection(
      { id: chance.uuid(), protocol, transport, authenticateBy },
      this.#owner,
    );
    this.#connections.set(connection.id, connection);
    this.#heartbeat.add(connection);
    if (identity !== undefined) this.identify(connection, identity);
    log.debug("connected", { connection: connection.id, uid: connection.uid });
    return connection;
  }

  /** Lets `connection` be who it has shown to be: it begins to receive what is sent to it and to all. */
  identify(connection: Connection, { uid, expiresAt }: Identity): void {
    connection.authenticateBy = Infinity;
    connection.expiresAt = expiresAt;
    this.#heartbeat.reschedule(connection);
    this.#join(connection, EVERYONE);
    if (uid === undefined) return;
    connection.uid = uid;
    this.#join(connection, inboxOf(uid));
  }

  /**
   * Subscribes `connection` to `name`; again is the same as once. Resolves when
   * publications arrive, in the same turn as the first could.
   *
   * @throws {ProtocolError} If the connection has as many channels as it may.
   */
  async subscribe(connection: Connection, name: string): Promise<void> {
    const { maxChannels } = this.limits;
    const { channels } = connection;
    if (channels.size >= maxChannels && !channels.has(name)) {
      throw new ProtocolError(
        errors.limitExceeded,
        `cannot subscribe to "${name}": the connection already has ${maxChannels} channels`,
      );
    }
    const channel = this.#open(name);
    channel.waiting++;
    try {
      await channel.ready;
      if (connection.closed) return;
      channel.add(connection);
      channels.add(name);
    } finally {
      channel.waiting--;
      this.#closeUnused(name, channel);
    }
  }

  /** Ends a subscription; without one nothing happens. */
  unsubscribe(connection: Connection, name: string): void {
    if (connection.channels.delete(name)) this.#leave(connection, name);
  }

  /** Publishes to a channel that clients can join. */
  publish(
    channel: string,
    payload: Payload,
    from?: string,
  ): Published | Promise<Published> {
    return this.#deps.broker.publish({ channel, payload, from });
  }

  /** Sends to every connection of `uid`, on every node. */
  sendTo(
    uid: string,
    payload: Payload,
    from?: string,
  ): Published | Promise<Published> {
    return this.publish(inboxOf(uid), payload, from);
  }

  /** Sends to every connection, on every node. */
  broadcast(
    payload: Payload,
    from?: string,
  ): Published | Promise<Published> {
    return this.publish(EVERYONE, payload, from);
  }

  /** Hands a publication to this node's subscribers; says whether there was one. */
  deliver(publication: Publication): boolean {
    const channel = this.#channels.get(publication.channel);
    return channel !== undefined && channel.deliver(publication);
  }

  /** Ends the hub; nothing of it keeps the process alive. Connections are not told: see `drain.ts`. */
  async close(): Promise<void> {
    this.#heartbeat.stop();
    await this.#deps.broker.close();
  }

  #join(connection: Connection, name: string): void {
    this.#open(name).add(connection);
  }

  #leave(connection: Connection, name: string): void {
    const channel = this.#channels.get(name);
    if (channel === undefined) return;
    channel.remove(connection);
    this.#closeUnused(name, channel);
  }

  #open(name: string): Channel {
    const known = this.#channels.get(name);
    if (known !== undefined) return known;
    const ready = this.#deps.broker.subscribe(name);
    this.#observe(ready, "broker_subscribe_failed", name);
    const channel = new Channel(ready);
    this.#channels.set(name, channel);
    return channel;
  }

  #closeUnused(name: string, channel: Channel): void {
    if (!channel.unused || this.#channels.get(name) !== channel) return;
    this.#channels.delete(name);
    const done = this.#deps.broker.unsubscribe(name);
    this.#observe(done, "broker_unsubscribe_failed", name);
  }

  #observe(done: Promise<void>, event: string, channel: string): void {
    done.catch((error) => this.#deps.log.error(event, { channel, error }));
  }

  #forget(connection: Connection, disconnect: Disconnect): void {
    this.#connections.delete(connection.id);
    this.#heartbeat.remove(connection);
    for (const name of connection.channels) this.#leave(connection, name);
    connection.channels.clear();
    this.#leave(connection, EVERYONE);
    if (connection.uid !== undefined) {
      this.#leave(connection, inboxOf(connection.uid));
    }
    this.#deps.log.debug("disconnected", {
      connection: connection.id,
      uid: connection.uid,
      code: disconnect.code,
      reason: disconnect.reason,
    });
  }
}

/** Does what the heartbeat's finding calls for. */
function act(connection: Connection, finding: Finding): void {
  if (finding === "ping") connection.reply({ type: "ping" });
  else connection.disconnect(disconnects[finding]);
}
