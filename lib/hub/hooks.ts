/** Hooks: functions of the program that the hub calls before it lets a client do something, and at its end. */

import type { ServerSubscription } from "../auth/server_subscription.ts";
import type { Disconnect } from "../base/disconnect.ts";

/** An answer now, or later. */
export type Answer<T> = T | void | Promise<T | void>;

/** A client's connection, as far as hooks use it. */
export interface ConnectionHandle {
  /** Unique among all connections, a UUID. */
  readonly id: string;
  /** Name of the client; `undefined` until it has shown who it is, and for a client without a name. */
  readonly uid: string | undefined;
  /** Headers of the request that it came with; `undefined` where it came without a request. */
  readonly headers: Headers | undefined;
  /** Value that its token keeps with the connection; no client sees it. */
  readonly meta: unknown;
  /** Names of the channels that it is subscribed to. */
  readonly channels: ReadonlySet<string>;
  /** True if it has ended; nothing is received or sent any more. */
  readonly closed: boolean;
  /** Sends one frame as it is, or ends the connection when its client does not keep up. */
  send(frame: string | ArrayBuffer): void;
  /**
   * Ends the connection.
   *
   * @throws {RangeError} If no close frame has room for the reason, or the code is invalid.
   */
  disconnect(disconnect: Disconnect): void;
}

/** Context of every hook. */
export interface HookContext {
  /** The connection it is about. */
  readonly connection: ConnectionHandle;
  /** The same as `connection.headers`. */
  readonly headers: Headers | undefined;
}

/** A client that wants to connect. */
export interface ConnectContext extends HookContext {
  /** The uid of its token; `undefined` without one. */
  readonly uid: string | undefined;
  /** Data of the command `connect` of an SDK: any JSON value, or other bytes of a client in protobuf. */
  readonly data: unknown;
  /**
   * Headers in the command `connect` of an SDK, of those that the option
   * `emulatedHeaders` names. They prove nothing, because the client can write
   * anything there; a proxy can set or remove those in `headers`.
   */
  readonly emulatedHeaders: Headers;
}

/** Terms on which a client is let in. */
export interface ConnectDecision {
  /**
   * Name of the client, `""` for none; by default that of its token. A client
   * without a token is let in by this. An invalid uid is logged, and ends the
   * connection with 3004.
   */
  readonly uid?: string;
  /** Data for the client, in the answer to its `connect`: any JSON value. */
  readonly data?: unknown;
  /** Data that others see beside the uid: any JSON value. */
  readonly info?: unknown;
  /** Channels that the client is subscribed to, those of other users included. */
  readonly channels?: readonly string[];
}

/** A client that wants to subscribe to a channel. */
export interface SubscribeContext extends HookContext {
  /** Name of the channel. */
  readonly channel: string;
  /** Data of the command `subscribe` of an SDK: any JSON value, or other bytes of a client in protobuf. */
  readonly data: unknown;
}

/** Terms on which a client is subscribed. */
export interface SubscribeDecision {
  /** Data for the client, in the answer: any JSON value. */
  readonly data?: unknown;
  /** Data that others in the channel see of it: any JSON value. */
  readonly info?: unknown;
}

/** A client that wants to publish to a channel. */
export interface PublishContext extends HookContext {
  /** Name of the channel. */
  readonly channel: string;
  /** Data as the client sent it, before the schema of the channel: text, bytes, or any JSON value. */
  readonly data: unknown;
}

/** Changes to a publication. */
export interface PublishDecision {
  /** Data that is published instead: text, bytes, or any JSON value. */
  readonly data?: unknown;
  /**
   * Leaves it out of the history.
   * @default {false}
   */
  readonly skipHistory?: boolean;
}

/** A message to the program itself: of the plain protocol, or the `send` of an SDK. */
export interface MessageContext extends HookContext {
  /** Text, bytes, or any JSON value. */
  readonly data: unknown;
}

/** A procedure that a client calls, or a backend by the server API. */
export interface RpcContext {
  /** The client that calls; `undefined` for a backend. */
  readonly connection: ConnectionHandle | undefined;
  /** The same as `connection.headers`; `undefined` for a backend. */
  readonly headers: Headers | undefined;
  /** Name of the procedure; may be empty. */
  readonly method: string;
  /** Its argument: any JSON value, or other bytes of a client in protobuf. */
  readonly data: unknown;
}

/** A connection that has ended. */
export interface DisconnectContext extends HookContext {
  /** Why it ended; 1006 when the client or the network ended it. */
  readonly disconnect: Disconnect;
}

/**
 * Decisions of a program about its clients. Each hook may be async. It refuses by
 * throwing a {@linkcode ProtocolError}, whose code the client receives, or a
 * {@linkcode DisconnectError}, which ends the connection. Anything else that it
 * throws is logged, and answered with error 100; a client that has no answer to wait
 * for is disconnected (3004): one that is not let in yet by its handshake or `auth:`,
 * and the sender of a `send` or of a frame of the plain protocol. What the hub's own
 * permissions refuse never reaches a hook.
 *
 * @example Clients are admitted by a cookie, and one channel is for administrators
 * ```ts
 * import { createHub, errors, ProtocolError } from "@thrum/thrum";
 *
 * const hub = createHub({
 *   access: "onConnect",
 *   onConnect: ({ headers }) => {
 *     const [, uid] = /session=(\w+)/.exec(headers?.get("cookie") ?? "") ?? [];
 *     if (uid === undefined) throw new ProtocolError(errors.unauthorized);
 *     return { uid, channels: ["news"] };
 *   },
 *   onSubscribe: ({ connection, channel }) => {
 *     if (channel === "admin" && connection.uid !== "root") {
 *       throw new ProtocolError(errors.permissionDenied);
 *     }
 *   },
 *   onRpc: ({ method, data }) => ({ method, data }),
 * });
 * ```
 */
export interface HubHooks {
  /** Lets a client in. Without it, clients with a valid token come in. */
  onConnect?(context: ConnectContext): Answer<ConnectDecision>;
  /** Lets a client subscribe, after the channel's permissions have. */
  onSubscribe?(context: SubscribeContext): Answer<SubscribeDecision>;
  /** Lets a client publish, after the channel's permissions have. */
  onPublish?(context: PublishContext): Answer<PublishDecision>;
  /** Takes a message that is addressed to the program itself. */
  onMessage?(context: MessageContext): void | Promise<void>;
  /** Answers a call with text, bytes, or any JSON value; without it, calls are answered with error 108. */
  onRpc?(context: RpcContext): unknown;
  /** Notes the end of a connection that was let in: once, and never before it was. */
  onDisconnect?(context: DisconnectContext): void | Promise<void>;
}

/** The subscription of a channel that only has a name. */
export const PLAIN_SUBSCRIPTION: ServerSubscription = {
  info: undefined,
  data: undefined,
  override: {},
};

/**
 * Takes what a hook has decided. `false` of a program without types would not refuse.
 *
 * @throws {TypeError} If it is neither an object nor nothing.
 */
export function decisionOf<Decision>(
  hook: keyof HubHooks,
  answer: Decision | void,
): NonNullable<Decision> | undefined {
  if (answer === undefined || answer === null) return undefined;
  if (typeof answer === "object" && !Array.isArray(answer)) return answer;
  throw new TypeError(
    `Cannot use the ${typeof answer} that ${hook} returned: ` +
      "expected an object or nothing; it refuses by an error that it throws",
  );
}
