/** A hub inside a program: its publications, its clients and their WebSockets, on all nodes. */

import { allowedOriginsOf } from "../auth/allowed_origins.ts";
import { disconnects } from "../base/disconnect.ts";
import { isUid, UID_RULE } from "../base/names.ts";
import {
  type ClientInfo,
  type StreamPosition,
  toPayload,
} from "../base/publication.ts";
import type { Published } from "../broker/types.ts";
import type { ChannelsConfig } from "../channel/channel_options.ts";
import type { DataOf } from "../channel/typed_data.ts";
import type { CommandsDeps } from "../commands/deps.ts";
import { knownOptions } from "../commands/permission.ts";
import { withBroker } from "./broker_failure.ts";
import {
  toDisconnect,
  toRefresh,
  toSubscribe,
  toUnsubscribe,
} from "./calls.ts";
import { refuseHub, requireFor, requireText } from "./check_options.ts";
import {
  type AcceptWebSocketOptions,
  type ChannelHistory,
  type ConnectionSelection,
  type HubAppendOptions,
  type HubDisconnectOptions,
  type HubDrainOptions,
  type HubHistoryOptions,
  type HubNode,
  type HubPublishOptions,
  type HubSubscribeOptions,
  requireUser,
  toHistoryQuery,
  toHubNode,
  toKept,
  toPart,
  toTerms,
  type UpgradeOptions,
} from "./options.ts";
import { TrustedProxies } from "../limits/client_address.ts";
import { drain } from "../hub/drain.ts";
import { ANYBODY } from "../hub/identity.ts";
import type { NodeCall } from "../node_calls/node_call.ts";
import { gatherMetrics } from "../node_calls/metrics.ts";
import type { PresenceStats } from "../presence/types.ts";
import {
  appendText,
  doOnAll,
  dropHistory,
  listChannels,
  listNodes,
  readHistory,
  readPresence,
  readPresenceStats,
} from "../server_api/operations.ts";
import { asksForWebSocket } from "../transports/handshake.ts";
import {
  acceptWebSocket,
  refuseSocket,
} from "../transports/accepted_socket.ts";
import type { HandedSocket } from "../transports/handed_socket.ts";
import { peerOfUpgrade } from "../transports/node_upgrade.ts";
import { protocolOf, upgradeWebSocket } from "../transports/web_socket.ts";

/** An address of an internal network may be that of a proxy, and is not counted. */
const NO_PROXIES = new TrustedProxies();

let make: <Channels extends ChannelsConfig>(
  core: CommandsDeps,
) => EmbeddedHub<Channels>;
let read: (hub: EmbeddedHub) => CommandsDeps;

/**
 * A hub, made by {@linkcode createHub}. Its methods act on all nodes that share its
 * broker, as the methods of the server API do. They reject with a
 * {@linkcode ProtocolError} for the reasons that clients get errors for; with 100, which
 * is temporary, while the broker is away. A value of another type, or out of its
 * range, is a `TypeError` or a `RangeError`.
 *
 * @example Publishing, and reading what a channel keeps
 * ```ts
 * import { createHub } from "@thrum/thrum";
 *
 * const hub = createHub({ access: "anonymous" });
 * await hub.publish("news", { headline: "hello" });
 * const { publications } = await hub.history("news");
 * console.log(publications[0]?.data);
 * ```
 */
export class EmbeddedHub<Channels extends ChannelsConfig = ChannelsConfig>
  implements AsyncDisposable {
  readonly #core: CommandsDeps;

  static {
    make = (core) => new EmbeddedHub(core);
    read = (hub) => #core in Object(hub) ? hub.#core : refuseHub(hub);
  }

  private constructor(core: CommandsDeps) {
    this.#core = core;
  }

  /** Connections of this node. */
  get size(): number {
    return this.#core.hub.size;
  }

  /** True if clients are admitted, and calls can be expected to succeed now. */
  get ready(): boolean {
    const { draining, broker } = this.#core.hub;
    return !draining && broker.ready;
  }

  /**
   * Publishes data to a channel: text, bytes, or any JSON value.
   *
   * @throws {ProtocolError} If the channel is unknown (102), or its schema refuses the data (107).
   * @throws {TypeError} If the data are neither text nor bytes, and JSON would lose them or a part of them, such as `NaN` or a `Map`; or if a tag is no string.
   */
  async publish<const Channel extends string>(
    channel: Channel,
    data: DataOf<Channels, Channel>,
    options: HubPublishOptions = {},
  ): Promise<Published> {
    const { hub } = this.#core;
    knownOptions(hub, channel);
    const terms = toTerms(options);
    const payload = toPayload(data);
    return await withBroker(() => hub.publish(channel, payload, terms));
  }

  /**
   * Appends to the text of a channel with the `recoveryMode` `"cache"`, such as the
   * answer of a model. Subscribers get `{ text, closed }` with the whole text each time;
   * with deltas only what is new travels, and one that comes later begins with the
   * whole. Appends within 40 ms share a publication, whose position is the result.
   *
   * @throws {ProtocolError} If the channel keeps no text (108) or has other data (107), or the text is closed (409) or would be longer than 64 KiB (106).
   * @throws {TypeError} If it is no text.
   */
  async append(
    channel: string,
    text: string,
    options: HubAppendOptions = {},
  ): Promise<StreamPosition> {
    const { hub } = this.#core;
    const part = toPart(text, options);
    return await withBroker(() => appendText(hub, channel, part));
  }

  /** Sends data to every connection of a user: text, bytes, or any JSON value. */
  async sendTo(user: string, data: unknown): Promise<Published> {
    requireUser(user);
    const payload = toPayload(data, "send");
    return await withBroker(() => this.#core.hub.sendTo(user, payload));
  }

  /** Sends data to every connection: text, bytes, or any JSON value. */
  async broadcast(data: unknown): Promise<Published> {
    const payload = toPayload(data, "send");
    return await withBroker(() => this.#core.hub.broadcast(payload));
  }

  /**
   * Subscribes connections to a channel; those that are subscribed stay as they are.
   * Resolves with how many were.
   */
  async subscribe(
    selection: ConnectionSelection,
    channel: string,
    options: HubSubscribeOptions = {},
  ): Promise<number> {
    const { hub } = this.#core;
    knownOptions(hub, channel);
    const nowMs = hub.clock.wallTime;
    const call = toSubscribe(selection, { channel, options, nowMs });
    return await this.#act(call);
  }

  /** Ends subscriptions (2000): the clients do not come back by themselves. Resolves with how many ended. */
  async unsubscribe(
    selection: ConnectionSelection,
    channel: string,
  ): Promise<number> {
    const { hub } = this.#core;
    knownOptions(hub, channel);
    return await this.#act(toUnsubscribe(selection, channel));
  }

  /**
   * Ends connections. Resolves with how many ended.
   *
   * @example
   * ```ts
   * import { createHub, disconnects } from "@thrum/thrum";
   *
   * const hub = createHub({ access: "anonymous" });
   * await hub.disconnect({ user: "alice" });
   * await hub.disconnect({ user: "bob" }, disconnects.forceReconnect);
   * ```
   *
   * @throws {RangeError} If no close frame has room for the reason, or the code is invalid.
   */
  async disconnect(
    selection: ConnectionSelection,
    options: HubDisconnectOptions = {},
  ): Promise<number> {
    return await this.#act(toDisconnect(selection, options));
  }

  /**
   * Lets connections last until `expiresAt`, in milliseconds since 1970; a time that
   * has passed ends them (3005). Resolves with how many there were.
   */
  async refresh(
    selection: ConnectionSelection,
    expiresAt: number,
  ): Promise<number> {
    const { wallTime } = this.#core.hub.clock;
    return await this.#act(toRefresh(selection, expiresAt, wallTime));
  }

  /**
   * The clients in a channel, by the ids of their connections.
   *
   * @throws {ProtocolError} If the channel has no presence (108).
   */
  presence(channel: string): Promise<ReadonlyMap<string, ClientInfo>> {
    return withBroker(() => readPresence(this.#core.hub, channel));
  }

  /**
   * The numbers of connections and of users in a channel.
   *
   * @throws {ProtocolError} If the channel has no presence (108).
   */
  presenceStats(channel: string): Promise<PresenceStats> {
    return withBroker(() => readPresenceStats(this.#core.hub, channel));
  }

  /**
   * Reads what a channel has kept.
   *
   * @throws {ProtocolError} If the channel keeps nothing (108), or `since` is of another epoch (112).
   * @throws {RangeError} If the limit is no whole number from -1 on, or `since` is no position.
   */
  async history(
    channel: string,
    options: HubHistoryOptions = {},
  ): Promise<ChannelHistory> {
    const query = toHistoryQuery(options);
    const found = await withBroker(() =>
      readHistory(this.#core.hub, channel, query)
    );
    return {
      position: found.position,
      publications: found.publications.map(toKept),
    };
  }

  /** Drops what a channel has kept; its position stays. */
  removeHistory(channel: string): Promise<void> {
    return withBroker(() => dropHistory(this.#core.hub, channel));
  }

  /** Numbers of subscribers, by channel, of the channels that have one; in the pattern, `*` stands for anything. */
  channels(pattern = "*"): Promise<ReadonlyMap<string, number>> {
    return withBroker(() => listChannels(this.#core.hub, pattern));
  }

  /** The nodes that share the broker, this one included. */
  async nodes(): Promise<readonly HubNode[]> {
    const nodes = await withBroker(() => listNodes(this.#core.hub));
    return nodes.map(toHubNode);
  }

  /**
   * Lets the client of a request in by a WebSocket. The promise resolves with the
   * answer to the request, also where it is refused: a handshake that is invalid (4xx),
   * a page of another origin (403), a token that is (401), a hub that is full (503).
   * A request that asks for no WebSocket gets `undefined`, and is the program's. A hub
   * with access `"anonymous"` answers under localhost, an address and the hosts of
   * `allowedOrigins` only (403).
   *
   * It takes the very request that `Deno.serve`, or on Node and Bun an {@linkcode upgradeListener},
   * has handed over, once, and its answer has to
   * be returned. A copy, such as that of `new Request` or `clone()`, opens no socket; nor does
   * one over HTTP/2. What a program reads of a request, it reads before.
   *
   * @example
   * ```ts
   * import { createHub } from "@thrum/thrum";
   *
   * const hub = createHub({ access: "anonymous" });
   *
   * export default {
   *   fetch: (request: Request) =>
   *     hub.upgrade(request) ?? new Response("not a WebSocket", { status: 426 }),
   * };
   * ```
   *
   * @throws {TypeError} If there is no such option, or no page can have one of the `allowedOrigins`. It rejects with one where
   * the protocol is unknown, or the runtime is not Deno and the request not one of an {@linkcode upgradeListener}.
   */
  upgrade(
    request: Request,
    options: UpgradeOptions = {},
  ): Promise<Response> | undefined {
    requireFor("upgrade", options);
    const { protocol = "text", allowedOrigins, address } = options;
    if (!asksForWebSocket(request)) return undefined;
    const guard = {
      ...this.#core,
      allowedOrigins: allowedOriginsOf(allowedOrigins),
    };
    return upgradeWebSocket(guard, request, {
      protocol,
      address: address ??
        NO_PROXIES.addressOf(request.headers, peerOfUpgrade(request)),
    });
  }

  /**
   * Connects the client of a socket that the program has upgraded by itself. Nothing of
   * its request is checked: the origin of the page, the host, the token in a header and
   * the uid are the matter of the program. On Node and Bun, {@linkcode upgradeListener}
   * does all that. A socket that has ended is let go, and one with an invalid uid is
   * closed with 3501, for a client may be the reason of both.
   *
   * @throws {TypeError} If it is no socket, was handed over before, or the uid is no string.
   */
  acceptWebSocket(
    socket: HandedSocket,
    options: AcceptWebSocketOptions = {},
  ): void {
    requireFor("accept a socket", options);
    const { protocol: name = "text", uid, headers, address } = options;
    requireText(uid);
    const { hub, insecure, log } = this.#core;
    const protocol = protocolOf(name, socket);
    if (protocol === undefined) return;
    if (uid !== undefined && !isUid(uid)) {
      log.info("uid_refused", { expected: UID_RULE });
      return refuseSocket(hub, socket, disconnects.badRequest);
    }
    const isKnown = uid !== undefined || insecure;
    // An SDK is admitted by its first command.
    const identity = isKnown && protocol.opening !== "connect"
      ? { ...ANYBODY, uid }
      : undefined;
    acceptWebSocket(hub, socket, { protocol, identity, headers, address });
  }

  /**
   * The metrics of all nodes that the broker reaches, in the text format of Prometheus,
   * each with the label `node`. A node that does not answer is left out.
   */
  async metrics(): Promise<string> {
    return await gatherMetrics(this.#core);
  }

  /**
   * Ends the hub: no client is let in, every client is disconnected with 3001 and
   * comes back later, and nothing keeps the process alive.
   *
   * @throws {RangeError} If no timer can hold one of the durations.
   */
  async drain(options: HubDrainOptions = {}): Promise<void> {
    requireFor("drain", options);
    const { hub } = this.#core;
    await drain(hub, { ...options, clock: hub.clock });
  }

  /** Drains the hub at once, at the end of an `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.drain({ spreadMs: 0 });
  }

  #act(call: NodeCall): Promise<number> {
    return withBroker(() => doOnAll(this.#core.hub, call));
  }
}

/** Hands the parts of a hub to a program, as one. */
export function embedHub<Channels extends ChannelsConfig>(
  core: CommandsDeps,
): EmbeddedHub<Channels> {
  return make(core);
}

/** The parts of a hub, for the routes that lead to it; throws a `TypeError` for any other value. */
export function coreOf(hub: EmbeddedHub): CommandsDeps {
  return read(hub);
}
