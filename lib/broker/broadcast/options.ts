/** What a broker of several isolates can be told, and what it does otherwise. */

import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import type { Presence } from "../../presence/types.ts";
import {
  type Locks,
  type OpenChannel,
  platformChannels,
  platformLocks,
} from "./net.ts";

/** What a broker of several isolates is made of. */
export interface BroadcastChannelBrokerOptions {
  readonly random: Random;
  readonly clock: Clock;
  /** Keeps the leases of all nodes while this one is the sequencer. */
  readonly presence: Presence;
  /**
   * What the names of channels and locks begin with: brokers of another cluster
   * in this process are strangers.
   * @default {"thrum"}
   */
  readonly cluster?: string;
  /**
   * Whether the platform's channels reach other processes, and publications are
   * to reach them too. Each process keeps an order of its own.
   * @default {false}
   */
  readonly relay?: boolean;
  /**
   * How long an answer of the sequencer is waited for, in milliseconds.
   * @default {5_000}
   */
  readonly timeoutMs?: number;
  /**
   * Bytes that may wait for one node, and of a node for the sequencer. A node
   * that is further behind loses deliveries and checks its positions; calls above
   * that are rejected.
   * @default {67_108_864}
   */
  readonly maxWaitingBytes?: number;
  /** By default the platform's `BroadcastChannel`; `null` for none. */
  readonly openChannel?: OpenChannel | null;
  /** By default the platform's `navigator.locks`; `null` for none. */
  readonly locks?: Locks | null;
  /** Called with what an operator should know: an event in snake_case, and its fields. */
  readonly onWarn?: (
    event: string,
    fields?: Readonly<Record<string, unknown>>,
  ) => void;
}

/** The options with their defaults. */
export interface Settings {
  readonly random: Random;
  readonly clock: Clock;
  readonly presence: Presence;
  readonly cluster: string;
  readonly relay: boolean;
  readonly timeoutMs: number;
  readonly maxWaitingBytes: number;
  /** `undefined` where there are none. */
  readonly open: OpenChannel | undefined;
  /** `undefined` where there are none. */
  readonly locks: Locks | undefined;
  readonly onWarn: (
    event: string,
    fields: Readonly<Record<string, unknown>>,
  ) => void;
}

/** Fills in the defaults. */
export function toSettings(
  {
    cluster = "thrum",
    relay = false,
    timeoutMs = 5_000,
    maxWaitingBytes = 67_108_864,
    openChannel = platformChannels(),
    locks = platformLocks(),
    onWarn = () => {},
    random,
    clock,
    presence,
  }: BroadcastChannelBrokerOptions,
): Settings {
  return {
    random,
    clock,
    presence,
    cluster,
    relay,
    timeoutMs,
    maxWaitingBytes,
    open: openChannel ?? undefined,
    locks: locks ?? undefined,
    onWarn,
  };
}
