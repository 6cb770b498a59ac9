/** Options of a text client, with their defaults. */

import { type Clock, systemClock } from "../base/clock.ts";
import { namesOf, requireKnown } from "../base/options.ts";
import { type Random, systemRandom } from "../base/random.ts";
import type {
  SocketClose,
  WebSocketConstructor,
} from "./reconnecting_socket.ts";
import { deviceNetwork, type Network } from "./network.ts";
import type { TokenSource } from "./token_keeper.ts";

/** One frame as it travelled: text, or the bytes of a binary message to this uid. */
export type FrameData = string | ArrayBuffer;

/** Callbacks of a text client. None of them may throw. */
export interface TextClientHandlers {
  /** Called with a frame that is not a heartbeat. */
  readonly onMessage?: (data: FrameData) => void;
  /** Called with any frame that was received or handed to the socket, heartbeats included, the token left out. */
  readonly onFrame?: (direction: "in" | "out", data: FrameData) => void;
  /** Called when a connection is open and the token was accepted; channels and queued frames follow. */
  readonly onOpen?: () => void;
  /** Called when a connection, or an attempt at one, has ended. */
  readonly onClose?: (close: SocketClose) => void;
  /** Called with what the function `token` threw or rejected with; it is asked again, later each time. */
  readonly onTokenError?: (error: unknown) => void;
  /** Called when a property of the client may have changed. */
  readonly onChange?: () => void;
}

/** Options of a text client; every one has a default. */
export interface TextClientOptions extends TextClientHandlers {
  /** Uid of this client, where the server admits clients without a token. Left out of the URL if there is a token. */
  readonly uid?: string;
  /**
   * A JWT, sent in the first frame of every connection and never in the URL; or a
   * function that makes one, called before each connection and before the last one
   * expires. A frame `auth:<token>` that the program sends replaces the JWT.
   */
  readonly token?: string | TokenSource;
  /** Delivers direct messages as `sender>message`. @default {false} */
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
  /** Frames kept while the client is not connected; more are dropped. @default {100} */
  readonly maxQueuedFrames?: number;
  /** Makes the sockets; where there is no such global, as on Node 20, that of the package `ws` does. @default {globalThis.WebSocket} */
  readonly WebSocket?: WebSocketConstructor;
  /** Source of the network's state. @default {deviceNetwork()} */
  readonly network?: Network;
  /** Source of the time. @default {systemClock} */
  readonly clock?: Clock;
  /** Source of the jitter. @default {systemRandom} */
  readonly random?: Pick<Random, "number">;
}

const CLIENT_OPTIONS = namesOf<TextClientOptions>({
  uid: true,
  token: true,
  showSender: true,
  heartbeatMs: true,
  answerMs: true,
  minDelayMs: true,
  maxDelayMs: true,
  connectTimeoutMs: true,
  maxQueuedFrames: true,
  WebSocket: true,
  network: true,
  clock: true,
  random: true,
  onMessage: true,
  onFrame: true,
  onOpen: true,
  onClose: true,
  onTokenError: true,
  onChange: true,
});

/** Options of a text client with every default filled in. */
export type TextClientSettings =
  & TextClientHandlers
  & Pick<TextClientOptions, "token">
  & Required<
    Omit<TextClientOptions, keyof TextClientHandlers | "token" | "uid">
  >;

/**
 * Fills in the defaults; an option that is `undefined` counts as left out.
 *
 * @throws {TypeError} If there is no such option.
 */
export function withDefaults(options: TextClientOptions): TextClientSettings {
  requireKnown("make a client", options, CLIENT_OPTIONS);
  const stated = Object.entries(options)
    .filter(([, value]) => value !== undefined);
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
    ...Object.fromEntries(stated),
  };
}

/**
 * Refuses to connect where there is no WebSocket, such as on Node 20.
 *
 * @throws {TypeError} If neither a global nor the option is there.
 */
export function requireWebSocket(
  { WebSocket }: Pick<TextClientSettings, "WebSocket">,
): void {
  if (typeof WebSocket === "function") return;
  throw new TypeError(
    "Cannot connect without a global WebSocket, which Node has from version 22 on: " +
      "expected the option WebSocket, such as that of the package ws",
  );
}

/**
 * Builds the URL that the socket opens.
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
