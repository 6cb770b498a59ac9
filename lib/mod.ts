/**
 * Thrum, a realtime hub: clients hold a connection, channels carry publications to them.
 *
 * {@linkcode createHub} makes a hub, and {@linkcode EmbeddedHub} has its methods.
 * {@linkcode EmbeddedHub.upgrade} lets WebSockets in; `@thrum/thrum/hono` has all
 * transports, the server API and the pages as a Hono app.
 *
 * @example A hub that every client of a WebSocket may use
 * ```ts
 * import { createHub } from "@thrum/thrum";
 *
 * const hub = createHub({ access: "anonymous" });
 *
 * export default {
 *   fetch: (request: Request) =>
 *     hub.upgrade(request) ?? new Response("not a WebSocket", { status: 426 }),
 * };
 * ```
 *
 * @module
 */

export { createHub, type CreateHubOptions } from "./create_hub.ts";
export type { EmbeddedHub } from "./embedding/embedded_hub.ts";
export type {
  AcceptWebSocketOptions,
  ChannelHistory,
  ConnectionSelection,
  HubAppendOptions,
  HubDisconnectOptions,
  HubDrainOptions,
  HubHistoryOptions,
  HubNode,
  HubPublishOptions,
  HubSubscribeOptions,
  KeptPublication,
  UpgradeOptions,
} from "./embedding/options.ts";
export type { HubLimits, RateLimits } from "./limits/hub_limits.ts";

export type { HeartbeatLimits } from "./heartbeat/intervals.ts";
export type { HandedSocket } from "./transports/handed_socket.ts";
export {
  type NodeBindings,
  type NodeFetch,
  type NodeRequest,
  type NodeWebSocket,
  type NodeWebSockets,
  upgradeListener,
  type UpgradeListenerOptions,
} from "./transports/node_upgrade.ts";
export type { NodeSocket } from "./transports/node_response.ts";
export type { PingingSocket } from "./transports/frame_pings.ts";
export type { ProtocolName } from "./transports/web_socket.ts";

// Access
export type { Access, TokenAccess } from "./auth/access.ts";
export type { DirectMessages } from "./auth/direct_messages.ts";
export {
  createTokenVerifier,
  type TokenVerifier,
  type TokenVerifierOptions,
} from "./auth/token_verifier.ts";
export { TokenError, type TokenErrorReason } from "./auth/token_error.ts";
export type { ConnectionClaims, SubscriptionClaims } from "./auth/claims.ts";
export type { Capability, Caps } from "./auth/caps.ts";
export type { FetchKeys } from "./auth/key_set.ts";
export type {
  ServerSubscription,
  SubscriptionOverride,
} from "./auth/server_subscription.ts";

// Hooks
export type {
  Answer,
  ConnectContext,
  ConnectDecision,
  ConnectionHandle,
  DisconnectContext,
  HookContext,
  HubHooks,
  MessageContext,
  PublishContext,
  PublishDecision,
  RpcContext,
  SubscribeContext,
  SubscribeDecision,
} from "./hub/hooks.ts";

// Channels and their data
export {
  type ChannelAction,
  type ChannelOptions,
  type ChannelPattern,
  type ChannelsConfig,
  DEFAULT_CHANNEL_OPTIONS,
  type KnownChannels,
  type KnownOptions,
  type SlowPolicy,
} from "./channel/channel_options.ts";
export type {
  SchemaIssue,
  SchemaResult,
  StandardSchema,
} from "./channel/data_schema.ts";
export type { DataOf, InputOf, PatternOf } from "./channel/typed_data.ts";

// Brokers
export {
  isolates,
  type IsolatesOptions,
  memory,
  type MemoryOptions,
  nats,
  type NatsOptions,
  postgres,
  type PostgresOptions,
  redis,
  type RedisOptions,
} from "./embedding/brokers.ts";
export type {
  BrokerDeps,
  BrokerFactory,
  OpenBroker,
} from "./broker/factory.ts";
export type {
  Broker,
  BrokerNode,
  HistoryPolicy,
  HistoryQuery,
  HistoryResult,
  Published,
  Publishing,
  PublishRequest,
  RecoverQuery,
  RelayCounters,
} from "./broker/types.ts";
export type { StateVersion } from "./broker/version.ts";
export type { Presence, PresenceStats } from "./presence/types.ts";
export type { Recovery, RecoveryMode } from "./base/recovery.ts";
export type {
  ClientInfo,
  Json,
  Payload,
  Publication,
  PublicationType,
  StreamPosition,
} from "./base/publication.ts";

// Message systems behind the hub
export type { BridgeOptions } from "./bridge/bridge.ts";
export type { SourceOptions } from "./bridge/source_feed.ts";
export type { SinkOptions } from "./bridge/sink_queue.ts";
export type {
  BridgeRecord,
  BridgeSink,
  BridgeSource,
  SourceRecord,
  TakeOptions,
  TakeRecords,
} from "./bridge/types.ts";
export type {
  KafkaBatch,
  KafkaClient,
  KafkaConsumer,
  KafkaHeader,
  KafkaMessage,
  KafkaProducer,
} from "./bridge/kafka_client.ts";
export {
  type OutboxOptions,
  postgresOutbox,
} from "./bridge/postgres_outbox.ts";
export { natsSource, type NatsSourceOptions } from "./bridge/nats_source.ts";
export {
  kafkaSink,
  type KafkaSinkOptions,
  kafkaSource,
  type KafkaSourceOptions,
} from "./bridge/kafka.ts";

// Codes and errors
export {
  type Disconnect,
  DisconnectError,
  disconnects,
} from "./base/disconnect.ts";
export { type ErrorCode, errors, ProtocolError } from "./base/errors.ts";

// Logs, time and random numbers
export {
  createLog,
  type Log,
  type LogFields,
  type LogLevel,
  type LogOptions,
} from "./base/log.ts";
export type { CpuUse } from "./base/cpu_use.ts";
export type { MemoryUse } from "./base/memory_use.ts";
export { type Clock, systemClock } from "./base/clock.ts";
export { type Random, systemRandom } from "./base/random.ts";
