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

/** What every command and reply has. */
export interface Numbered {
  /** What joins a command and its reply; 0 in a protocol without. */
  readonly id: number;
}

/** A command about one channel. */
export interface InChannel extends Numbered {
  /** The channel's name. */
  readonly channel: string;
}

/** The first command of a client that says everything about itself at once. */
export interface ConnectCommand extends Numbered {
  /** What kind it is. */
  readonly type: "connect";
  /** Empty for none. */
  readonly token: string;
  /** What the client tells the program. */
  readonly data: Json | undefined;
  /** Where the client stands in its server-side subscriptions. */
  readonly positions: ReadonlyMap<string, StreamPosition>;
}

/** Asks for a subscription, and for what was missed. */
export interface SubscribeCommand extends InChannel {
  /** What kind it is. */
  readonly type: "subscribe";
  /** Empty for none. */
  readonly token: string;
  /** Where the client stands; `undefined` if it does not ask for what it missed. */
  readonly since: StreamPosition | undefined;
  /** Whether the client wants to be able to recover, or to hear of a gap. */
  readonly positioned: boolean;
  /** Whether the client wants to hear who joins and leaves. */
  readonly joinLeave: boolean;
  /** Whether the client can apply Fossil deltas. */
  readonly delta: boolean;
  /** Whether a failed recovery is to be an error. */
  readonly rejectUnrecovered: boolean;
  /**
   * Who cannot subscribe anew by itself says so: a `stream` ends with its
   * subscription, and a `poll` is over before anybody could see it in the channel.
   */
  readonly lasts?: "stream" | "poll";
  /** What the other side said or is told with it. */
  readonly data: Json | undefined;
}

/** Asks for a channel's past. */
export interface HistoryCommand extends InChannel {
  /** What kind it is. */
  readonly type: "history";
  /** 0: only the position; -1: as much as the server gives. */
  readonly limit: number;
  /** Where to go on from. */
  readonly since: StreamPosition | undefined;
  /** Newest first. */
  readonly reverse: boolean;
}

/** A command about a channel that says no more than which. */
export interface ChannelCommand extends InChannel {
  /** What kind it is. */
  readonly type: "unsubscribe" | "presence" | "presenceStats";
}

/** Sends a payload to everybody in a channel. */
export interface PublishCommand extends InChannel {
  /** What kind it is. */
  readonly type: "publish";
  /** The message itself. */
  readonly payload: Payload;
}

/** Sends a payload to every connection of a uid. */
export interface DirectCommand extends Numbered {
  /** What kind it is. */
  readonly type: "direct";
  /** The uid of those it is for. */
  readonly uid: string;
  /** The message itself. */
  readonly payload: Payload;
}

/** Sends a payload to everybody, or to the program. */
export interface PayloadCommand extends Numbered {
  /** What kind it is. */
  readonly type: "broadcast" | "message";
  /** The message itself. */
  readonly payload: Payload;
}

/** Comes with a token: the first, or a newer one. */
export interface TokenCommand extends Numbered {
  /** What kind it is. */
  readonly type: "auth" | "refresh";
  /** The token as it was sent. */
  readonly token: string;
}

/** Comes with a newer token for a channel. */
export interface SubRefreshCommand extends InChannel {
  /** What kind it is. */
  readonly type: "subRefresh";
  /** The token as it was sent. */
  readonly token: string;
}

/** Calls a procedure of the program. */
export interface RpcCommand extends Numbered {
  /** What kind it is. */
  readonly type: "rpc";
  /** May be empty. */
  readonly method: string;
  /** The message itself. */
  readonly payload: Json;
}

/** What a client asks for. */
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
  // `ping` is a client's question and `pong` its answer; the others are what
  // cannot be carried out: not offered here, wanting something, or no command.
  | Numbered & {
    readonly type: "ping" | "pong" | "unavailable" | "incomplete" | "invalid";
  };

/** How long a token still holds; absent for one that never ends. */
export interface Lifetime {
  /** Seconds until the client must come with another. */
  readonly ttl?: number;
}

/** What a client is told of its new subscription. */
export interface SubscribeResult extends Lifetime {
  /** Whether the client may recover, and hears of gaps. */
  readonly positioned: boolean;
  /** Where the client stands with the publications below; without a stream, `undefined`. */
  readonly position: StreamPosition | undefined;
  /** Whether what was missed is in `publications`; `undefined` if it was not asked for. */
  readonly recovered: boolean | undefined;
  /** What is kept or was missed, in order. */
  readonly publications: readonly Publication[];
  /** Whether payloads come as Fossil deltas from now on. */
  readonly delta: boolean;
  /** What the other side said or is told with it. */
  readonly data?: Json;
}

/** What a client is told of its connection. */
export interface ConnectResult extends Lifetime {
  /** The connection's id. */
  readonly client: string;
  /** What leads a client's requests to a connection that only carries what it is told. */
  readonly session?: string;
  /** The node of that connection. */
  readonly node?: string;
  /** What the other side said or is told with it. */
  readonly data?: Json;
  /** Server-side subscriptions. */
  readonly subscriptions: ReadonlyMap<string, SubscribeResult>;
  /** Seconds between two pings; 0 for none. */
  readonly ping: number;
  /** Whether a ping wants an answer. */
  readonly pong: boolean;
}

/** What a client is told in answer to a command. */
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
  | Numbered & { readonly type: "rpc"; readonly payload: Json }
  | Numbered & Lifetime & {
    readonly type: "refreshed";
    /** The connection's id; `undefined` where a subscription was refreshed. */
    readonly client: string | undefined;
  }
  | Numbered & {
    readonly type: "error";
    readonly code: number;
    readonly message: string;
    /** Whether the same command may succeed later. */
    readonly temporary?: boolean;
  };

/** What a client is told without having asked. */
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
 * subscriber that speaks it. Where it has no words for something, it encodes
 * nothing: `undefined`.
 */
export interface Protocol<Out extends Outgoing = Frame> {
  /** The subprotocol's name in the handshake, as registered or by custom. */
  readonly name: string;
  /** The command by which a client says who it is. */
  readonly opening: "auth" | "connect";
  /** Whether the hub pings and the client answers; else the client has to speak by itself. */
  readonly pinged: boolean;
  /**
   * Which way its messages go, where not both: who only `listens` cannot answer a
   * ping and is never too silent, and to who only `speaks` nothing is brought.
   */
  readonly oneWay?: "listens" | "speaks";
  /** Whether its clients know positions: they recover, and hear of gaps. */
  readonly positions: boolean;
  /** One frame of several, in their order; absent where messages cannot share a frame. */
  join?(frames: readonly Out[]): Out;
  /**
   * Reads one frame, which may hold several commands.
   *
   * @throws {ProtocolError} If the frame is no command of this protocol, and the
   * connection can go on.
   */
  decode(frame: Frame): readonly Command[];
  /** The frame of a publication, a join or a leave, the same for all its subscribers. */
  encodePublication(publication: Publication): Out | undefined;
  /**
   * The frame of a publication for a subscriber that asked for deltas: by its
   * difference to `previous`, or in full where that is shorter or there is none.
   */
  encodeDelta(
    publication: Publication,
    previous: Publication | undefined,
  ): Out | undefined;
  /** The frame of a reply. */
  encodeReply(reply: Reply): Out | undefined;
  /** The frame of a push. */
  encodePush(push: Push): Out | undefined;
  /** The last frame before the transport closes. */
  encodeDisconnect(disconnect: Disconnect): Out | undefined;
}
