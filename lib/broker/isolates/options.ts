/** Options of the broker of isolates, and their defaults. */

import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import type { RelayCounters } from "../types.ts";
import type { Presence } from "../../presence/types.ts";
import {
  type Locks,
  type OpenChannel,
  platformChannels,
  platformLocks,
} from "./platform.ts";

/** Options of the broker of isolates. */
export interface IsolatesBrokerOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Keeps the leases of all nodes while this one is the sequencer. */
  readonly presence: Presence;
  /**
   * Beginning of the names of channels and locks: brokers of another cluster in this
   * process do not find each other.
   * @default {"thrum"}
   */
  readonly cluster?: string;
  /**
   * Milliseconds that a call waits for the sequencer's answer.
   * @default {5_000}
   */
  readonly timeoutMs?: number;
  /**
   * Bytes that may wait for one node, and of a node for the sequencer. A node that
   * is further behind loses deliveries and checks its positions; calls above that
   * are rejected.
   * @default {67_108_864}
   */
  readonly maxWaitingBytes?: number;
  /**
   * Bytes of all histories that the sequencer keeps.
   * @default {268_435_456}
   */
  readonly maxHistoryBytes?: number;
  /** The platform's `BroadcastChannel` by default; `null` for none. */
  readonly openChannel?: OpenChannel | null;
  /** The platform's `navigator.locks` by default; `null` for none. */
  readonly locks?: Locks | null;
  /** Receives warnings for an operator: an event in snake_case, and its fields. */
  readonly onWarn?: (
    event: string,
    fields: Readonly<Record<string, unknown>>,
  ) => void;
}

type Platform = "openChannel" | "locks";

/** The options with their defaults. */
export interface IsolatesBrokerSettings
  extends Required<Omit<IsolatesBrokerOptions, Platform>> {
  /** Counters of all links of the node. */
  readonly counters: RelayCounters;
  /** `undefined` where there are none. */
  readonly openChannel: OpenChannel | undefined;
  /** `undefined` where there are none. */
  readonly locks: Locks | undefined;
}

/** Fills in the defaults. */
export function toSettings(
  options: IsolatesBrokerOptions,
): IsolatesBrokerSettings {
  const { openChannel = platformChannels(), locks = platformLocks() } = options;
  return {
    cluster: "thrum",
    timeoutMs: 5_000,
    maxWaitingBytes: 67_108_864,
    maxHistoryBytes: 268_435_456,
    onWarn: () => {},
    counters: { gaps: 0, repairs: 0, drops: 0 },
    ...options,
    openChannel: openChannel ?? undefined,
    locks: locks ?? undefined,
  };
}
