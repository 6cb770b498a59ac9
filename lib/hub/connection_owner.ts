/** Parts of a connection that its hub gives it: properties of the client, bounds, time and callbacks. */

import type { Disconnect } from "../base/disconnect.ts";
import type { Transport } from "../base/transport.ts";
import type { Intervals } from "../heartbeat/intervals.ts";
import type { RateTable } from "../limits/client_rates.ts";
import type { Command, Outgoing, Protocol } from "../protocol/types.ts";
import type { OutboundOwner } from "./outbound.ts";
import type { Traffic } from "./traffic.ts";
import type { Turns } from "./turns.ts";

/** Bounds, time and callbacks of a connection `C`. */
export interface ConnectionOwner<C> extends OutboundOwner {
  /** Rates of each connection. */
  readonly rates: RateTable;
  /** Turns of the event loop, which clients share. */
  readonly turns: Turns;
  /** Time within a turn, in milliseconds. */
  readonly clock: { readonly now: number };
  /** Calls back at the end of this turn of the event loop. */
  soon(callback: () => void): void;
  /** Longest message that a client may send, in bytes. */
  readonly maxMessageBytes: number;
  /** Time that `lastMessageTime` is taken from, in milliseconds. */
  readonly time: { readonly now: number };
  /** Checks whether channels may be in the namespace `name`. */
  readonly isNamespace: (name: string) => boolean;
  /** Sends a connection the publications that wait to share a frame; called before it is closed. */
  flushTo(connection: C): void;
  /** Lets a connection {@linkcode Coalesced.advance} after the publications that wait to share a frame; `false` if none does. */
  ride(connection: C): boolean;
  /** Adds the time to come back to a disconnect that needs one. */
  appoint(disconnect: Disconnect): Disconnect;
  /** Carries out a command; the next frame waits for a returned promise. */
  readonly onCommand: (
    connection: C,
    command: Command,
  ) => void | Promise<void>;
  /** Called once, at the moment the connection ends and before its transport is closed. */
  onEnd(connection: C, disconnect: Disconnect): void;
  /** Called when the transport of a connection has ended; may be called again. */
  onTransportEnd(connection: C): void;
  /** Called when a command failed in a way that is not the client's mistake. */
  onError(connection: C, error: unknown): void;
}

/** Progress of a client's admission; once it has `begun` the client is admitted, or may not try again. */
export type Opening = "awaited" | "begun" | "done";

/** Properties of a client that are known when its transport opens. */
export interface ConnectionInit {
  /** Unique among all connections, a UUID. */
  readonly id: string;
  /** Protocol of the client. */
  readonly protocol: Protocol<Outgoing>;
  /** Way to the client. */
  readonly transport: Transport<Outgoing>;
  /** Counters of its protocol on its transport. */
  readonly traffic: Traffic;
  /** Rhythm of its heartbeat. */
  readonly intervals: Intervals;
  /** Deadline of its authentication, on the owner's time. */
  readonly authenticateBy: number;
  /** Headers of its request, where they are kept. */
  readonly headers?: Headers;
}
