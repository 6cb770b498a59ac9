/**
 * Thrum, a realtime hub: clients hold a connection, channels carry publications to them.
 *
 * @example Everybody hears what anybody says
 * ```ts
 * import { acceptWebSocket, createHub, plainProtocol } from "@thrum/thrum";
 *
 * const hub = createHub({
 *   insecureAnonymousAll: true,
 *   onMessage: async (_connection, message) => {
 *     await hub.broadcast(message);
 *   },
 * });
 * ```
 *
 * @module
 */

export * from "./create_hub.ts";
export * from "./drain.ts";
export * from "./hub.ts";
export * from "./connection.ts";
export * from "./publication.ts";
export * from "./names.ts";
export * from "./disconnect.ts";
export * from "./errors.ts";
export * from "./clock.ts";
export * from "./log.ts";
export * from "./transport.ts";
export * from "./auth/jwt.ts";
export * from "./broker/types.ts";
export * from "./limits/admission.ts";
export * from "./protocol/types.ts";
export * from "./protocol/plain.ts";
export * from "./protocol/text.ts";
export * from "./transports/web_socket.ts";
