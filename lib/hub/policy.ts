/** The application's own rules: functions that the hub asks before it lets a client do something. */

import type { ServerSubscription } from "../auth/server_subscription.ts";
import type { Connection } from "./connection.ts";
import type { Disconnect } from "../base/disconnect.ts";
import type { Payload } from "../base/publication.ts";

/** What may be answered now, or later. */
export type Answer<T> = T | void | Promise<T | void>;

/** A client wants to connect. */
export interface ConnectEvent {
  /** The connection; it has a uid where its token said so. */
  readonly connection: Connection;
  /** The uid of its token; `undefined` without one. */
  readonly uid: string | undefined;
  /** What the client says about itself: any JSON value. */
  readonly data: unknown;
}

/** What a client is let in with. */
export interface ConnectDecision {
  /**
   * Who the client is, `""` being nobody; by default who its token says. A client
   * without a token is let in by this. What can be no uid is logged, and ends the
   * connection with 3004.
   */
  readonly uid?: string;
  /** What the client is told: any JSON value. */
  readonly data?: unknown;
  /** What others see beside the uid: any JSON value. */
  readonly info?: unknown;
  /** Channels that the client is subscribed to, those of other users not excepted. */
  readonly channels?: readonly string[];
}

/** A client wants to subscribe. */
export interface SubscribeEvent {
  /** The connection it is about. */
  readonly connection: Connection;
  /** The channel's name. */
  readonly channel: string;
  /** What the client says with it: any JSON value. */
  readonly data: unknown;
}

/** What a client is subscribed with. */
export interface SubscribeDecision {
  /** What the client is told: any JSON value. */
  readonly data?: unknown;
  /** What others in the channel see of it: any JSON value. */
  readonly info?: unknown;
}

/** A client wants to publish to a channel. */
export interface PublishEvent {
  /** The connection it is about. */
  readonly connection: Connection;
  /** The channel's name. */
  readonly channel: string;
  /** What it publishes: text, bytes, or any JSON value. */
  readonly data: unknown;
}

/** What is published instead. */
export interface PublishDecision {
  /** Text, bytes, or any JSON value. */
  readonly data?: unknown;
  /** Whether the history is not to have it. */
  readonly skipHistory?: boolean;
}

/** A client calls a procedure. */
export interface RpcEvent {
  /** The client that calls; `undefined` for the application's own backend, by the server API. */
  readonly connection: Connection | undefined;
  /** The procedure's name; may be empty. */
  readonly method: string;
  /** What it is called with: any JSON value. */
  readonly data: unknown;
}

/** A connection has ended. */
export interface DisconnectEvent {
  /** The connection it is about. */
  readonly connection: Connection;
  /** Why it ended; 1006 when the client or the network ended it. */
  readonly disconnect: Disconnect;
}

/**
 * What a program decides for its clients. Each function may be async. It refuses
 * by throwing a {@linkcode ProtocolError}, whose code the client is told, or a
 * {@linkcode DisconnectError}, which ends the connection; anything else that it
 * throws is logged, and told as error 100, as is a `DisconnectError` that cannot
 * be made. What the hub's own permissions refuse is not asked for, nor is what a
 * client wanted that has gone.
 */
export interface Policy {
  /** Lets a client in. Without it, those with a valid token come in. */
  onConnect?(event: ConnectEvent): Answer<ConnectDecision>;
  /** Lets a client subscribe, after the channel's permissions have. */
  onSubscribe?(event: SubscribeEvent): Answer<SubscribeDecision>;
  /** Lets a client publish, after the channel's permissions have. */
  onPublish?(event: PublishEvent): Answer<PublishDecision>;
  /** Answers a call with any JSON value; without it, calls are answered with error 108. */
  onRpc?(event: RpcEvent): unknown;
  /** Takes a message that is addressed to nobody: of the plain protocol, or the `send` of an SDK. */
  onMessage?(connection: Connection, payload: Payload): void | Promise<void>;
  /** Hears that a connection that was let in has ended: once, and never before it was let in. */
  onDisconnect?(event: DisconnectEvent): void | Promise<void>;
}

/** The subscription of a channel that only has a name. */
export const PLAIN_SUBSCRIPTION: ServerSubscription = {
  info: undefined,
  data: undefined,
  override: {},
};
