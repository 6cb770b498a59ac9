/** The protocol port: frames from and to one client, as commands, replies and publications. */

import type { Disconnect } from "../base/disconnect.ts";
import type {
  ClientInfo,
  Json,
  Payload,
  Publication,
  StreamPosition,
} from "../base/publication.ts";
import type { FeedFrame } from "./events.ts";

/** One message of a transport: text, or bytes. */
export type Frame = string | ArrayBuffer;

/** Output of a protocol: a frame; or an object, for a transport that gives it a form of its own. */
export type Outgoing = Frame | FeedFrame | Reply;

/** Part of every command and reply. */
export interface Numbered {
  /** Id that a command and its reply share; 0 in a protocol without ids. */
  readonly id: number;
}

/** A command about one channel. */
export interface InChannel extends Numbered {
  /** The channel's name. */
  readonly channel: string;
}

/** First command of a client that authenticates and subscribes at once. */
export interface ConnectCommand extends Numbered {
  /** Kind of the command. */
  readonly type: "connect";
  /** Connection token; empty without one. */
  readonly token: string;
  /** Data for the application. */
  readonly data: Payload | undefined;
  /** Positions of the client in its server-side subscriptions, by channel. */
  readonly positions: ReadonlyMap<string, StreamPosition>;
  /** Headers that the client could not send with its request, by name. */
  readonly headers: ReadonlyMap<string, string>;
}

/** Requests a subscription, and the missed publications. */
export interface SubscribeCommand extends InChannel {
  /** Kind of the command. */
  readonly type: "subscribe";
  /** Subscription token; empty without one. */
  readonly token: string;
  /** Position to recover from; `undefined` without recovery. */
  readonly since: StreamPosition | undefined;
  /** True if the client asks for positions, to recover and to detect gaps. */
  readonly positioned: boolean;
  /** True if the client asks for joins and leaves. */
  readonly joinLeave: boolean;
  /** True if the client asks for Fossil deltas. */
  readonly delta: boolean;
  /** Filter by tags as it came, not checked yet; `undefined` without one. */
  readonly tagsFilter?: unknown;
  /** True if a failed recovery must be an error. */
  readonly rejectUnrecovered: boolean;
  /**
   * Kind of a connection that cannot subscribe again by itself: a `stream` ends with
   * its subscription, and a `poll` is too short to be in the channel's presence.
   */
  readonly lasts?: "stream" | "poll";
  /** Data for the application. */
  readonly data: Payload | undefined;
}

/** Requests a part of a channel's history. */
export interface HistoryCommand extends InChannel {
  /** Kind of the command. */
  readonly type: "history";
  /** Number of publications; 0: only the position; -1: as many as the server allows. */
  readonly limit: number;
  /** Position to continue after. */
  readonly since: StreamPosition | undefined;
  /** Newest first. */
  readonly reverse: boolean;
}

/** A command about a channel without further parameters. */
export interface ChannelCommand extends InChannel {
  /** Kind of the command. */
  readonly type: "unsubscribe" | "presence" | "presenceStats";
}

/** Publishes a payload to a channel. */
export interface PublishCommand extends InChannel {
  /** Kind of the command. */
  readonly type: "publish";
  /** The message itself. */
  readonly payload: Payload;
}

/** Sends a payload to every connection of a uid. */
export interface DirectCommand extends Numbered {
  /** Kind of the command. */
  readonly type: "direct";
  /** Uid of the receivers. */
  readonly uid: string;
  /** The message itself. */
  readonly payload: Payload;
}

/** Sends a payload to all connections, or to the application. */
export interface PayloadCommand extends Numbered {
  /** Kind of the command. */
  readonly type: "broadcast" | "message";
  /** The message itself. */
  readonly payload: Payload;
}

/** Brings the first token of a connection, or a newer one. */
export interface TokenCommand extends Numbered {
  /** Kind of the command. */
  readonly type: "auth" | "refresh";
  /** The token as it was received. */
  readonly token: string;
}

/** Brings a newer token of a subscription. */
export interface SubRefreshCommand extends InChannel {
  /** Kind of the command. */
  readonly type: "subRefresh";
  /** The token as it was received. */
  readonly token: string;
}

/** Calls a procedure of the application. */
export interface RpcCommand extends Numbered {
  /** Kind of the command. */
  readonly type: "rpc";
  /** Name of the procedure; may be empty. */
  readonly method: string;
  /** The message itself. */
  readonly payload: Payload;
}

/** A request of a client. */
export type Command =
  | ConnectCommand
  | TokenCommand
  | SubscribeCommand
  | SubRefreshCommand
  | ChannelCommand
  | HistoryCommand
  | PublishCommand
  | DirectCommand
  | PayloadCommand
  | RpcCommand
  // `ping` asks the hub for a pong, and `pong` answers its ping. The others cannot be
  // carried out: not available here, with a missing field, or not a command at all.
  | Numbered & {
    readonly type: "ping" | "pong" | "unavailable";
  }
  | FaultyCommand;

/** A command that lacks a field, or a frame that is no command. */
export interface FaultyCommand extends Numbered {
  readonly type: "incomplete" | "invalid";
  /** The fault, without a value of the client. */
  readonly problem: string;
}

/** Remaining lifetime of a token; absent if it never expires. */
export interface Lifetime {
  /** Seconds until the client must send another token. */
  readonly ttl?: number;
}

/** Result of a subscribe command. */
export interface SubscribeResult extends Lifetime {
  /** True if the client receives positions, can recover, and is notified of gaps. */
  readonly positioned: boolean;
  /** Position of the client after the publications below; `undefined` without a stream. */
  readonly position: StreamPosition | undefined;
  /** True if `publications` has all that was missed; `undefined` if the client did not ask to recover. */
  readonly recovered: boolean | undefined;
  /** Stored or missed publications, in their order. */
  readonly publications: readonly Publication[];
  /** True if payloads are Fossil deltas from now on. */
  readonly delta: boolean;
  /** Value of the application for the client. */
  readonly data?: Json;
}

/** Result of a connect command. */
export interface ConnectResult extends Lifetime {
  /** The connection's id. */
  readonly client: string;
  /** Secret that ties a client's requests to a connection that cannot carry them. */
  readonly session?: string;
  /** Node of the connection with this session. */
  readonly node?: string;
  /** Value of the application for the client. */
  readonly data?: Json;
  /** Server-side subscriptions. */
  readonly subscriptions: ReadonlyMap<string, SubscribeResult>;
  /** Seconds between two pings; 0 for none. */
  readonly ping: number;
  /** True if the client must answer a ping. */
  readonly pong: boolean;
}

/** Answer to a command. */
export type Reply =
  | Numbered & { readonly type: "connected"; readonly result: ConnectResult }
  | InChannel & {
    readonly type: "subscribed";
    readonly result: SubscribeResult;
  }
  | InChannel & { readonly type: "unsubscribed" }
  | Numbered & { readonly type: "published" | "pong" }
  | Numbered & {
    readonly type: "presence";
    readonly clients: ReadonlyMap<string, ClientInfo>;
  }
  | Numbered & {
    readonly type: "presenceStats";
    readonly clients: number;
    readonly users: number;
  }
  | Numbered & StreamPosition & {
    readonly type: "history";
    readonly publications: readonly Publication[];
  }
  | Numbered & { readonly type: "rpc"; readonly payload: Payload }
  | Numbered & Lifetime & {
    readonly type: "refreshed";
    /** The connection's id; `undefined` where a subscription was refreshed. */
    readonly client: string | undefined;
  }
  | Numbered & {
    readonly type: "error";
    readonly code: number;
    readonly message: string;
    /** True if the same command may succeed later. */
    readonly temporary?: boolean;
  };

/** A message to a client that is not an answer. */
export type Push =
  | { readonly type: "ping" }
  | {
    readonly type: "unsubscribed";
    readonly channel: string;
    readonly code: number;
    readonly reason: string;
  }
  | {
    readonly type: "subscribed";
    readonly channel: string;
    readonly result: SubscribeResult;
  };

/**
 * Translates between frames and commands; `Out` is what its transports carry. Pure: a protocol keeps no state, so
 * that one instance serves every connection and one encoding serves every
 * subscriber that speaks it. An encoder returns `undefined` for a message that the
 * protocol does not have.
 */
export interface Protocol<Out extends Outgoing = Frame> {
  /** The subprotocol's name in the handshake, as registered or by custom. */
  readonly name: string;
  /** Command with which a client authenticates. */
  readonly opening: "auth" | "connect";
  /** True if the hub pings and the client answers; else the client must send by itself. */
  readonly pinged: boolean;
  /**
   * Direction of a protocol that has only one: a client that `listens` cannot answer
   * a ping and is never evicted for silence; one that `speaks` receives nothing.
   */
  readonly oneWay?: "listens" | "speaks";
  /** True if its clients know positions: they recover, and are notified of gaps. */
  readonly positions: boolean;
  /** Makes one frame of several, in their order; absent if a frame has only one message. */
  join?(frames: readonly Out[]): Out;
  /** Number of messages in a frame; absent if a frame has only one message. */
  countMessages?(frame: Out): number;
  /**
   * Reads one frame, which may hold several commands. Where a frame does not say where
   * the name of a channel ends, the namespaces that exist decide; by default there are none.
   *
   * @throws {ProtocolError} If the frame is not a command of this protocol, and the
   * connection can stay open.
   */
  decode(
    frame: Frame,
    isNamespace?: (name: string) => boolean,
  ): readonly Command[];
  /** Writes a publication, a join or a leave, the same for all its subscribers. */
  encodePublication(publication: Publication): Out | undefined;
  /**
   * Writes a publication for a subscriber that asked for deltas: as the delta from
   * `previous`, or in full if that is shorter or there is no delta.
   */
  encodeDelta(
    publication: Publication,
    previous: Publication | undefined,
  ): Out | undefined;
  /** Writes a reply. */
  encodeReply(reply: Reply): Out | undefined;
  /** Writes a push. */
  encodePush(push: Push): Out | undefined;
  /** Writes the last frame before the transport closes, if the client needs more than the code and the reason of the close. */
  encodeDisconnect(disconnect: Disconnect): Out | undefined;
}
