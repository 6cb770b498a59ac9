/** What a text client can be told, and what it assumes otherwise. */

import { type Clock, systemClock } from "../base/clock.ts";
import { type Random, systemRandom } from "../base/random.ts";
import type { LinkClose, WebSocketConstructor } from "./reconnecting_socket.ts";
import { deviceNetwork, type Network } from "./network.ts";

/** One frame as it travelled: text, or the bytes of a binary message to this uid. */
export type FrameData = string | ArrayBuffer;

/** What a text client calls back. None of them may throw. */
export interface TextClientHandlers {
  /** A frame arrived that is not a heartbeat. */
  readonly onMessage?: (data: FrameData) => void;
  /** Any frame was received or handed to the socket, heartbeats included, the token left out. */
  readonly onFrame?: (direction: "in" | "out", data: FrameData) => void;
  /** A connection is open and the token was sent; channels and what waited follow. */
  readonly onOpen?: () => void;
  /** A connection, or an attempt at one, ended. */
  readonly onClose?: (close: LinkClose) => void;
  /** Something that the client shows about itself may have changed. */
  readonly onChange?: () => void;
}

/** What a text client can be told; everything has a default. */
export interface TextClientOptions extends TextClientHandlers {
  /** Who to be, where the server admits anonymous clients. Left out of the URL if there is a token. */
  readonly uid?: string;
  /** A JWT, sent in the first frame of every connection and never in the URL. */
  readonly token?: string;
  /** Whether direct messages arrive as `sender>message`. @default {false} */
  readonly showSender?: boolean;
  /**
   * Milliseconds between two heartbeats. In a tab that has been hidden for some
   * minutes, browsers run timers once a minute only: a server that evicts after
   * 60 s may then do so, and the client comes back. @default {55_000}
   */
  readonly heartbeatMs?: number;
  /** Milliseconds in which a frame must follow a heartbeat. @default {10_000} */
  readonly answerMs?: number;
  /** The shortest wait before connecting again, in milliseconds. @default {500} */
  readonly minDelayMs?: number;
  /** The longest wait before connecting again, in milliseconds. @default {20_000} */
  readonly maxDelayMs?: number;
  /** Milliseconds after which an attempt to connect counts as failed. @default {10_000} */
  readonly connectTimeoutMs?: number;
  /** Frames kept while the link is down; more are dropped. @default {100} */
  readonly maxQueuedFrames?: number;
  /** Makes the sockets. @default {globalThis.WebSocket} */
  readonly WebSocket?: WebSocketConstructor;
  /** Tells of a lost and a regained network. @default {deviceNetwork()} */
  readonly network?: Network;
  /** Where the time comes from. @default {systemClock} */
  readonly clock?: Clock;
  /** Where the spread of the waits comes from. @default {systemChance} */
  readonly random?: Pick<Random, "number">;
}

/** The same, with every default filled in. */
export type TextClientSettings =
  & TextClientHandlers
  & Pick<TextClientOptions, "token">
  & Required<
    Omit<TextClientOptions, keyof TextClientHandlers | "token" | "uid">
  >;

/** Fills in the defaults. */
export function withDefaults(options: TextClientOptions): TextClientSettings {
  return {
    showSender: false,
    heartbeatMs: 55_000,
    answerMs: 10_000,
    minDelayMs: 500,
    maxDelayMs: 20_000,
    connectTimeoutMs: 10_000,
    maxQueuedFrames: 100,
    WebSocket: globalThis.WebSocket,
    network: deviceNetwork(),
    clock: systemClock,
    random: systemRandom,
    ...options,
  };
}

/**
 * The URL that the socket opens.
 *
 * @throws {TypeError} If `url` is not an absolute ws: or wss: URL.
 */
export function socketUrl(
  url: string | URL,
  { uid, token, showSender }: TextClientOptions,
): string {
  const result = new URL(url);
  if (result.protocol !== "ws:" && result.protocol !== "wss:") {
    throw new TypeError(`Cannot connect to "${url}": not a ws: or wss: URL`);
  }
  if (uid && !token) result.searchParams.set("uid", uid);
  if (showSender) result.searchParams.set("from", "1");
  return result.href;
}
