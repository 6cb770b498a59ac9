/** Who a connection reports to, and what it begins with. */

import type { Connection } from "./connection.ts";
import type { Disconnect } from "../base/disconnect.ts";
import type { Intervals } from "../heartbeat/intervals.ts";
import type { Command, Protocol } from "../protocol/types.ts";
import type { Transport } from "../base/transport.ts";

/** Who a connection reports to, and how it tells the time. */
export interface ConnectionOwner {
  /** Longest message that a client may send, in bytes. */
  readonly maxMessageBytes: number;
  /** Unsent bytes above which a client counts as slow. */
  readonly maxBufferedBytes: number;
  /** The time that `lastMessageTime` is taken from, in milliseconds. */
  readonly time: { readonly now: number };
  /** Calls back once what this turn of the event loop brought is done. */
  soon(callback: () => void): void;
  /** Calls back after a while. */
  after(delayMs: number, callback: () => void): void;
  /** Sends what waits to share a frame with more; called before a connection is closed. */
  flush(): void;
  /** Carries out a command; the next frame waits for a returned promise. */
  onCommand(connection: Connection, command: Command): void | Promise<void>;
  /** Called once, at the moment the connection ends and before its transport is closed. */
  onEnd(connection: Connection, disconnect: Disconnect): void;
  /** Called when carrying out a command failed in a way that is not the client's mistake. */
  onError(connection: Connection, error: unknown): void;
}

/** What is known of a client when its transport opens. */
export interface ConnectionInit {
  /** Unique among all connections, a UUID. */
  readonly id: string;
  /** What the client speaks. */
  readonly protocol: Protocol;
  /** What leads to the client. */
  readonly transport: Transport;
  /** How the connection is kept alive. */
  readonly beat: Intervals;
  /** When the client must have authenticated, on the owner's time. */
  readonly authenticateBy: number;
  /** Headers of the request that it came with, where they are kept. */
  readonly headers?: Headers;
}
