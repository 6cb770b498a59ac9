/** Makes a subscription, whoever asked for it, and says what its client is to be told. */

import type { SubscriptionOverride } from "../auth/server_subscription.ts";
import type { RecoverQuery } from "../broker/types.ts";
import type { ChannelOptions } from "../channel/channel_options.ts";
import type { Connection } from "../hub/connection.ts";
import { disconnects, unsubscribes } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { Joined } from "../hub/hub_deps.ts";
import { levelOfFailure } from "../base/log.ts";
import type { SubscribeResult } from "../protocol/types.ts";
import type { Json, StreamPosition } from "../base/publication.ts";
import type { Subscription } from "../hub/subscription.ts";
import type { CommandsDeps } from "./deps.ts";
import { lifetime, REFRESH_GRACE_MS } from "./tokens.ts";

/** The longest delay that a timer can have, in milliseconds. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** What a subscription is to be. */
export interface JoinRequest {
  readonly channel: string;
  readonly options: ChannelOptions;
  readonly override: SubscriptionOverride;
  readonly serverSide: boolean;
  readonly tokenAccepted: boolean;
  /** Where the client stands; `undefined` if it does not ask for what it missed. */
  readonly since: StreamPosition | undefined;
  /** How much it may have missed to recover; by default as SDKs may. */
  readonly cap?: number;
  /** What the client asked for. */
  readonly positioned: boolean;
  readonly joinLeave: boolean;
  readonly delta: boolean;
  /** What others in the channel see of the client, as JSON text. */
  readonly info: string | undefined;
  /** What the client is told. */
  readonly data: Json | undefined;
  /** When the subscription ends, in milliseconds since 1970; `Infinity` for never. */
  readonly expiresAt: number;
}

/** A subscription that its client is still to be told of. */
export interface NewSubscription {
  readonly subscription: Subscription;
  readonly result: SubscribeResult;
}

/** Subscribes; resolves with `undefined` if the connection or the subscription has ended meanwhile. */
export async function join(
  deps: CommandsDeps,
  connection: Connection,
  request: JoinRequest,
): Promise<NewSubscription | undefined> {
  const { hub, presenceLeases } = deps;
  const { channel, options, override, since, cap, info } = request;
  const positioned = isPositioned(connection, request);
  const query: RecoverQuery | undefined = positioned && since !== undefined
    ? { since, mode: options.recoveryMode, cap }
    : undefined;
  const joined = await unlessAway(
    deps,
    hub.subscribe(connection, channel, {
      positioned,
      serverSide: request.serverSide,
      tokenAccepted: request.tokenAccepted,
      delta: request.delta && options.delta.includes("fossil"),
      joinLeave: options.joinLeave &&
        (request.joinLeave || override.forcePushJoinLeave === true),
      info: info === undefined
        ? connection.info
        : { ...connection.info, chanInfo: info },
    }, query),
  );
  if (joined === undefined) return undefined;
  const { subscription } = joined;
  const isStanding = () => isStill(deps, subscription);
  if (!isStanding()) return undefined;
  setExpiry(deps, subscription, request.expiresAt);
  try {
    const entered = presenceLeases.enter(subscription, {
      presence: override.presence ?? options.presence,
      joinLeave: override.joinLeave ?? options.joinLeave,
    });
    await unlessAway(deps, entered);
  } catch (error) {
    // Another may have been made since this one was ended.
    if (isStanding()) hub.unsubscribe(connection, channel);
    throw error;
  }
  subscription.requireRoom();
  if (!isStanding()) return undefined;
  return { subscription, result: resultOf(deps, joined, request) };
}

/** Whether a subscription has not been ended since it was made. */
export function isStill(
  { hub }: CommandsDeps,
  subscription: Subscription,
): boolean {
  const { connection, channel } = subscription;
  return hub.subscription(connection, channel) === subscription;
}

/** Waits for the broker; a client that comes while it is away may come again. */
async function unlessAway<T>(
  { hub, log }: CommandsDeps,
  pending: Promise<T>,
): Promise<T> {
  try {
    return await pending;
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    log[levelOfFailure(hub.broker)]("subscribe_failed", { error });
    throw new ProtocolError(errors.internal);
  }
}

/** Lets publications through to a subscription whose client was told of it, and tells the channel. */
export function begin(
  { hub, presenceLeases }: CommandsDeps,
  { subscription }: NewSubscription,
): void {
  hub.begin(subscription);
  presenceLeases.announce(subscription);
}

/** Ends a subscription some time after `expiresAt`, unless its client comes with another token. */
export function setExpiry(
  deps: CommandsDeps,
  subscription: Subscription,
  expiresAt: number,
): void {
  const { hub } = deps;
  subscription.stopExpiry?.();
  subscription.stopExpiry = undefined;
  if (expiresAt === Infinity) return;
  const delayMs = expiresAt + REFRESH_GRACE_MS - hub.clock.wallTime;
  subscription.stopExpiry = hub.clock.after(
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
  else hub.unsubscribe(connection, channel, unsubscribes.expired);
}

function isPositioned(
  { protocol }: Connection,
  { options, override, positioned, since }: JoinRequest,
): boolean {
  if (!protocol.positions) return false;
  if (options.historySize === 0 || options.historyTtlMs === 0) return false;
  return positioned || since !== undefined ||
    override.forcePositioning === true ||
    (override.forceRecovery ?? options.forceRecovery);
}

function resultOf(
  { hub }: CommandsDeps,
  { subscription, recovery }: Joined,
  { since, data, expiresAt }: JoinRequest,
): SubscribeResult {
  const { positioned, delta } = subscription;
  const { recovered, publications, position: top } = recovery;
  // Who recovered stands where it stood; the publications take it to the top.
  const position = recovered && since !== undefined
    ? { offset: since.offset, epoch: top.epoch }
    : top;
  return {
    positioned,
    position: positioned ? position : undefined,
    recovered: since === undefined ? undefined : recovered,
    publications,
    delta: delta !== "off",
    data,
    ...lifetime(hub.clock, expiresAt),
  };
}
