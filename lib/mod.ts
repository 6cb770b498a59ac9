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
export * from "./hub/drain.ts";
export * from "./hub/hub.ts";
export * from "./hub/connection.ts";
export * from "./base/publication.ts";
export * from "./base/names.ts";
export * from "./base/disconnect.ts";
export * from "./base/errors.ts";
export * from "./base/clock.ts";
export * from "./base/random.ts";
export * from "./base/log.ts";
export * from "./base/transport.ts";
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
export * from "./channel/channel_options.ts";
export * from "./hub/identity.ts";
export * from "./hub/admission.ts";
export * from "./limits/hub_limits.ts";
export * from "./hub/policy.ts";
export * from "./presence/types.ts";
export * from "./protocol/centrifuge.ts";
export * from "./protocol/cursor.ts";
export * from "./protocol/events.ts";
export type { Recovery, RecoveryMode } from "./base/recovery.ts";
export {
  type ApiAnswer,
  createServerApi,
  type ServerApiDeps,
} from "./server_api/server_api.ts";
export * from "./hub/subscription.ts";
export * from "./heartbeat/intervals.ts";
export * from "./hub/channel.ts";
export * from "./protocol/types.ts";
export * from "./protocol/plain.ts";
export * from "./protocol/text.ts";
export * from "./hub/subscriptions.ts";
export * from "./node_calls/emulation.ts";
export * from "./transports/web_socket.ts";
export * from "./transports/http_stream.ts";
export * from "./transports/event_stream.ts";
export * from "./transports/plain_http.ts";
export * from "./transports/long_poll.ts";
export * from "./transports/one_shot.ts";
export * from "./transports/admission_slot.ts";
