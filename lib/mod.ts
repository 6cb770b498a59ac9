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
export * from "./hub_deps.ts";
export * from "./connection.ts";
export * from "./publication.ts";
export * from "./names.ts";
export * from "./disconnect.ts";
export * from "./errors.ts";
export * from "./clock.ts";
export * from "./log.ts";
export * from "./transport.ts";
export * from "./auth/token_verifier.ts";
export * from "./auth/token_error.ts";
export type { ConnectionClaims, SubscriptionClaims } from "./auth/claims.ts";
export type { Capability, Caps } from "./auth/caps.ts";
export type { FetchKeys } from "./auth/key_set.ts";
export type {
  ServerSubscription,
  SubscriptionOverride,
} from "./auth/server_subscription.ts";
export * from "./broker/types.ts";
export * from "./channel_options.ts";
export * from "./identity.ts";
export * from "./limits/admission.ts";
export * from "./limits/hub_limits.ts";
export * from "./policy.ts";
export * from "./presence/types.ts";
export * from "./protocol/centrifuge.ts";
export * from "./protocol/cursor.ts";
export * from "./protocol/events.ts";
export type { Recovery, RecoveryMode } from "./recovery.ts";
export {
  type ApiAnswer,
  createServerApi,
  type ServerApiDeps,
} from "./server_api.ts";
export * from "./subscription.ts";
export * from "./heartbeat/beat.ts";
export * from "./channel.ts";
export * from "./protocol/types.ts";
export * from "./protocol/plain.ts";
export * from "./protocol/text.ts";
export * from "./sessions.ts";
export * from "./emulation.ts";
export * from "./transports/web_socket.ts";
export * from "./transports/http_stream.ts";
export * from "./transports/event_stream.ts";
export * from "./transports/listen.ts";
export * from "./transports/long_poll.ts";
export * from "./transports/one_answer.ts";
export * from "./transports/place.ts";
