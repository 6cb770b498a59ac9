/** Settings of the two streams of a hub. */

import { IDEMPOTENCY_MS } from "../types.ts";
import type { Subjects } from "./subjects.ts";

/** Largest history, in publications. */
export const MAX_HISTORY = 16_384;
/** Nanoseconds of a millisecond, in which JetStream counts. */
const NS = 1_000_000;

/** Settings of a stream, as the JetStream API has them. */
export type StreamConfig = Readonly<Record<string, unknown>>;

/** Options that decide the settings. */
export interface StreamOptions {
  readonly storage: "file" | "memory";
  /** Milliseconds until a publication is dropped. */
  readonly maxAgeMs: number;
  /** Copies of a stream; `undefined` leaves those that it has. */
  readonly replicas?: number;
  /** Duration of a lease in milliseconds. */
  readonly leaseMs: number;
}

function copies(replicas: number | undefined): StreamConfig {
  return replicas === undefined ? {} : { num_replicas: replicas };
}

/** Settings of the publications. Each stored one is sent to the subscribers by the server itself. */
export function publicationsConfig(
  subjects: Subjects,
  { storage, maxAgeMs, replicas }: StreamOptions,
): StreamConfig {
  return {
    name: subjects.stream,
    subjects: [
      subjects.stored(),
      subjects.removed(),
      subjects.version(),
      subjects.keys(),
      subjects.time,
    ],
    retention: "limits",
    discard: "old",
    storage,
    max_age: maxAgeMs * NS,
    max_msgs_per_subject: MAX_HISTORY + 1,
    duplicate_window: Math.min(IDEMPOTENCY_MS, maxAgeMs) * NS,
    allow_direct: true,
    allow_rollup_hdrs: true,
    ...copies(replicas),
    republish: { src: subjects.stored(), dest: subjects.live() },
  };
}

/** Settings of the leases, which end by their age. Nodes make them again, so they are in memory. */
export function leasesConfig(
  subjects: Subjects,
  { leaseMs, replicas }: StreamOptions,
): StreamConfig {
  return {
    name: subjects.leases,
    subjects: [subjects.lease(), subjects.member()],
    retention: "limits",
    discard: "old",
    storage: "memory",
    max_age: leaseMs * NS,
    max_msgs_per_subject: 1,
    duplicate_window: Math.min(leaseMs, IDEMPOTENCY_MS) * NS,
    allow_direct: true,
    ...copies(replicas),
  };
}

/** Checks whether a stream has all of the settings. */
export function hasSettings(
  found: StreamConfig,
  wanted: StreamConfig,
): boolean {
  return Object.entries(wanted).every(([name, value]) =>
    JSON.stringify(found[name]) === JSON.stringify(value)
  );
}
