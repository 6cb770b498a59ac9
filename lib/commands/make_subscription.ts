/** Subscription as a client, a token or the server asks for it: made, shown to others, and limited in time. */

import type { SubscriptionOverride } from "../auth/server_subscription.ts";
import type { RecoverQuery } from "../broker/types.ts";
import {
  type ChannelOptions,
  keepsHistory,
  MAX_RECOVERY_SIZE,
} from "../channel/channel_options.ts";
import type { TagsFilter } from "../channel/tags_filter.ts";
import { disconnects, unsubscribes } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import { logFailure } from "../base/log.ts";
import type { SubscribeResult } from "../protocol/types.ts";
import type { Json, Publication, StreamPosition } from "../base/publication.ts";
import type { Recovery } from "../base/recovery.ts";
import type { FilteredQuery } from "../hub/recover_filtered.ts";
import type { Subscription } from "../hub/subscription.ts";
import type { CommandsDeps } from "./deps.ts";
import { lifetime, REFRESH_GRACE_MS } from "./tokens.ts";

/** Longest delay of a timer, in milliseconds. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** Settings that a subscription is made with; what is left out was not asked for. */
export interface SubscriptionRequest {
  /** Options of the channel. */
  readonly options: ChannelOptions;
  /** Deviations from them. */
  readonly override?: SubscriptionOverride;
  /** True if a token for the channel was accepted. */
  readonly tokenAccepted?: boolean;
  /** Position of the client; without it, nothing is recovered. */
  readonly since?: StreamPosition;
  /** Missed publications above which nothing is recovered, of those that fit the filter; by default the `recoverySize` of the channel. */
  readonly cap?: number;
  /** True if the client asks for positions. */
  readonly positioned?: boolean;
  /** True if the client asks for joins and leaves. */
  readonly joinLeave?: boolean;
  /** True if the client asks for deltas; it gets none where it has a filter. */
  readonly delta?: boolean;
  /** The publications that the client asks for; by default all of them. */
  readonly filter?: TagsFilter;
  /** Data that others in the channel see beside the client, as JSON text. */
  readonly info?: string;
  /** Data that the client is sent with the subscription. */
  readonly data?: Json;
  /**
   * End of the subscription, in milliseconds since 1970.
   * @default {Infinity}
   */
  readonly expiresAt?: number;
}

/**
 * Lets a pending subscription stand, and resolves with what its client is to be sent
 * before it begins; with `undefined` if it was ended meanwhile. It has ended where
 * this rejects.
 *
 * @throws {ProtocolError} If it cannot be made; 100 also while the broker is away.
 */
export async function makeSubscription(
  deps: CommandsDeps,
  subscription: Subscription,
  asked: SubscriptionRequest,
): Promise<SubscribeResult | undefined> {
  const request = { ...asked, since: sinceOf(subscription, asked) };
  const { hub, presenceLeases } = deps;
  const { connection, channel } = subscription;
  const { options, override = {}, expiresAt = Infinity } = request;
  configure(subscription, request);
  try {
    const query = recoverQuery(subscription, request);
    const recovery = await hub.subscriptions.subscribe(subscription, query);
    if (recovery === undefined || subscription.ended) return undefined;
    setExpiry(deps, subscription, expiresAt);
    const entering = presenceLeases.enter(subscription, {
      presence: override.presence ?? options.presence,
      joinLeave: override.joinLeave ?? options.joinLeave,
    });
    if (entering !== undefined) await entering;
    subscription.requireRoom();
    if (subscription.ended) return undefined;
    return {
      ...resultOf(subscription, request, recovery),
      ...lifetime(hub.clock, expiresAt),
    };
  } catch (error) {
    // Another may stand since this one was ended.
    if (subscription.standing) hub.subscriptions.end(connection, channel);
    if (error instanceof ProtocolError) throw error;
    logFailure(hub, "subscribe_failed", { error });
    throw new ProtocolError(errors.internal, undefined, { cause: error });
  }
}

/** Sends a subscription, whose client was notified of it, what was held back, and publishes its join. */
export function begin(
  { hub, presenceLeases }: CommandsDeps,
  subscription: Subscription,
): void {
  // The reply may have shown that its client is slow.
  if (!subscription.standing) return;
  hub.channels.get(subscription.channel)?.begin(subscription);
  presenceLeases.announce(subscription);
}

/** Ends a subscription some time after `expiresAt`, unless its client sends another token. */
export function setExpiry(
  deps: CommandsDeps,
  subscription: Subscription,
  expiresAt: number,
): void {
  const { clock } = deps.hub;
  subscription.stopExpiry?.();
  subscription.stopExpiry = undefined;
  if (expiresAt === Infinity) return;
  const delayMs = expiresAt + REFRESH_GRACE_MS - clock.wallTime;
  subscription.stopExpiry = clock.after(
    Math.min(delayMs, MAX_DELAY_MS),
    () => {
      if (delayMs > MAX_DELAY_MS) setExpiry(deps, subscription, expiresAt);
      else expire(deps, subscription);
    },
  );
}

function expire({ hub }: CommandsDeps, subscription: Subscription): void {
  const { connection, channel, serverSide } = subscription;
  if (serverSide) connection.disconnect(disconnects.subscriptionExpired);
  else hub.subscriptions.end(connection, channel, unsubscribes.expired);
}

/** Position of a client that has nothing. */
const BEGINNING: StreamPosition = { offset: 0, epoch: "" };

/** Position to recover from: that of the client, or where the channel gives its newest publication to every SDK, the beginning. */
function sinceOf(
  { connection: { protocol } }: Subscription,
  { options, since }: SubscriptionRequest,
): StreamPosition | undefined {
  const isAutomatic = options.autoCacheRecover &&
    options.recoveryMode === "cache" && protocol.opening === "connect";
  return since ?? (isAutomatic ? BEGINNING : undefined);
}

/** Takes over the settings that the channel and the client's protocol allow. */
function configure(
  subscription: Subscription,
  request: SubscriptionRequest,
): void {
  const { info, protocol } = subscription.connection;
  const { options, override = {}, since } = request;
  const isAskedFor = request.positioned === true || since !== undefined ||
    override.forcePositioning === true ||
    (override.forceRecovery ?? options.forceRecovery);
  subscription.configure({
    positioned: protocol.positions && keepsHistory(options) && isAskedFor,
    tokenAccepted: request.tokenAccepted,
    // A difference from a publication that was filtered out would be of no use.
    delta: request.delta && options.delta.includes("fossil") &&
      request.filter === undefined,
    filter: request.filter,
    joinLeave: options.joinLeave &&
      (request.joinLeave === true || override.forcePushJoinLeave === true),
    info: request.info === undefined
      ? info
      : { ...info, chanInfo: request.info },
  });
}

function recoverQuery(
  { positioned, filter }: Subscription,
  { options, since, cap }: SubscriptionRequest,
): RecoverQuery | FilteredQuery | undefined {
  if (!positioned || since === undefined) return undefined;
  const { recoveryMode: mode, recoverySize, historySize } = options;
  if (filter === undefined) return { since, mode, cap: cap ?? recoverySize };
  return {
    since,
    mode,
    filter,
    // A client misses little of what it does not get.
    cap: Math.min(historySize, MAX_RECOVERY_SIZE),
    fittingCap: cap ?? recoverySize,
  };
}

function resultOf(
  { positioned, delta }: Subscription,
  { since, data }: SubscriptionRequest,
  { recovered, publications, position: top }: Recovery<Publication>,
): SubscribeResult {
  // A client that recovered is where it was, and the publications take it on; without one it is at the top.
  const position = recovered && since !== undefined && publications.length > 0
    ? { offset: since.offset, epoch: top.epoch }
    : top;
  return {
    positioned,
    position: positioned ? position : undefined,
    recovered: since === undefined ? undefined : recovered,
    publications,
    delta: delta !== "off",
    data,
  };
}
