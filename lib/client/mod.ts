/** A text client for browsers that connects again by itself. */

export type { Chance, Clock } from "../clock.ts";
export {
  httpSocket,
  type HttpSocketOptions,
  type HttpTransport,
} from "./http_socket.ts";
export type { LinkClose, WebSocketConstructor, WebSocketLike } from "./link.ts";
export { deviceNetwork, type Network } from "./network.ts";
export type {
  FrameData,
  TextClientHandlers,
  TextClientOptions,
} from "./options.ts";
export { type SendResult, TextClient } from "./text_client.ts";
