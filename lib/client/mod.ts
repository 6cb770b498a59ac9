/** A text client for browsers that connects again by itself. */

export type { Clock } from "../base/clock.ts";
export type { Random } from "../base/random.ts";
export {
  httpSocket,
  type HttpSocketOptions,
  type HttpTransport,
} from "./http_socket.ts";
export type {
  LinkClose,
  WebSocketConstructor,
  WebSocketLike,
} from "./reconnecting_socket.ts";
export { deviceNetwork, type Network } from "./network.ts";
export type {
  FrameData,
  TextClientHandlers,
  TextClientOptions,
} from "./options.ts";
export { type SendResult, TextClient } from "./text_client.ts";
