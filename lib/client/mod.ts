/**
 * Client of the text protocol, for browsers and everything else that has
 * `WebSocket`: it connects again by itself, joins its channels again and notices a
 * dead connection.
 *
 * ```ts
 * import { TextClient } from "@thrum/thrum/client";
 *
 * const client = new TextClient("wss://example.org/ws", {
 *   token: async () => await (await fetch("/my/token")).text(),
 *   onMessage: (data) => console.log(data),
 *   onClose: ({ code, reason }) => console.log("closed", code, reason),
 * });
 * client.join("room"); // now and after every reconnect
 * client.connect();
 * client.send("#room:hello"); // queued until the connection is open
 * ```
 *
 * If a network lets no WebSocket through, the same client works over event
 * streams or polls:
 *
 * ```ts
 * import { httpSocket, TextClient } from "@thrum/thrum/client";
 *
 * const client = new TextClient("wss://example.org/ws", {
 *   WebSocket: httpSocket("sse"),
 *   token: async () => await (await fetch("/my/token")).text(),
 * });
 * ```
 *
 * The protocol's channels with history, recovery and presence have official SDKs
 * (`centrifuge`); this client is for the text protocol alone.
 *
 * @module
 */

export type { Clock } from "../base/clock.ts";
export type { Random } from "../base/random.ts";
export {
  httpSocket,
  type HttpSocketOptions,
  type HttpTransport,
} from "./http_socket.ts";
export { deviceNetwork, type Network } from "./network.ts";
export type {
  FrameData,
  TextClientHandlers,
  TextClientOptions,
} from "./options.ts";
export type {
  SocketClose,
  WebSocketConstructor,
  WebSocketLike,
} from "./reconnecting_socket.ts";
export { type SendResult, TextClient } from "./text_client.ts";
export type { TokenOptions, TokenSource } from "./token_keeper.ts";
