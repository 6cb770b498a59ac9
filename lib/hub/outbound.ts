/** Way out of a connection: its transport, and the backlog in front of it while that is full. */

import { type Disconnect, writeCloseReason } from "../base/disconnect.ts";
import type { Transport } from "../base/transport.ts";
import type { Outgoing } from "../protocol/types.ts";
import {
  Backlog,
  type BacklogLimits,
  type BacklogState,
  type Droppable,
} from "./backlog.ts";
import type { BackloggedConnection, Backlogs } from "./backlogs.ts";
import { sizeOf } from "./frame_queues.ts";

/** Pauses between two looks at a client that has much to read, in milliseconds: the first and the longest. */
const FIRST_PAUSE_MS = 10;
const MAX_PAUSE_MS = 500;

/** Bounds and callbacks of the way out. */
export interface OutboundOwner extends BacklogLimits {
  /** Registry of the connections whose transports are full. */
  readonly backlogs: Backlogs;
  /** Calls back after a while. */
  after(delayMs: number, callback: () => void): void;
}

/** Sends frames in their order, no more at a time than the transport may hold. */
export class Outbound {
  #transport: Transport<Outgoing>;
  readonly #owner: OutboundOwner;
  readonly #connection: BackloggedConnection;
  /** Frames for which the transport has no room; `undefined` if it has. */
  #backlog: Backlog | undefined;
  /** Unsent bytes up to which a frame goes to the transport at once; negative while others wait. */
  #room: number;
  /** Reason to close the transport once nothing waits any more. */
  #end: Disconnect | undefined;

  /** Called by its connection. */
  constructor(
    transport: Transport<Outgoing>,
    connection: BackloggedConnection,
    owner: OutboundOwner,
  ) {
    this.#transport = transport;
    this.#connection = connection;
    this.#owner = owner;
    this.#room = owner.maxBufferedBytes;
  }

  /** Bytes that the client has not read: those of the transport, and those that wait for it. */
  get unsentBytes(): number {
    return this.#transport.bufferedAmount + (this.#backlog?.bytes ?? 0);
  }

  /** Puts another transport in place of its own, such as one that shows what passes. */
  replace(transport: Transport<Outgoing>): void {
    this.#transport = transport;
    if (this.#backlog !== undefined) this.#backlog.transport = transport;
  }

  /** Checks whether more than `bytes` wait. */
  holdsMoreThan(bytes: number): boolean {
    return this.#backlog !== undefined ||
      this.#transport.bufferedAmount > bytes;
  }

  /** Resolves once no more than `bytes` wait, or the connection has ended; a client that does not read is looked at ever less often. */
  async awaitRoom(bytes: number): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (!this.#connection.closed && this.holdsMoreThan(bytes)) {
      await new Promise<void>((resolve) => this.#owner.after(pauseMs, resolve));
      pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
    }
  }

  /** Checks whether the transport has room for a frame now. One that is longer than all of it goes alone. */
  hasRoom(frame: Outgoing): boolean {
    const unsent = this.#transport.bufferedAmount;
    const room = this.#room;
    return unsent + sizeOf(frame) <= room || (unsent === 0 && room >= 0);
  }

  /** Queues a frame for which there was no room; `false` if more waits than is allowed. */
  push(frame: Outgoing): boolean {
    return this.#open().push(frame);
  }

  /** Queues a publication for which there was no room; see {@linkcode Backlog.pushDroppable}. */
  pushDroppable(frame: Outgoing, droppable: Droppable): boolean {
    return this.#open().pushDroppable(frame, droppable);
  }

  /** Hands over what waits, as far as the client has read. */
  look(now: number): BacklogState {
    const state = this.#backlog?.look(now) ?? "drained";
    if (state === "drained") this.drop();
    const isOver = state === "drained" || state === "slow";
    if (isOver && this.#end !== undefined) this.close(this.#end);
    return state;
  }

  /** Closes the transport after what waits and a last frame; within the grace time at the latest. */
  closeAfter(disconnect: Disconnect, last: Outgoing | undefined): void {
    if (this.#backlog === undefined) {
      if (last !== undefined) {
        this.#connection.traffic.sent(last);
        this.#transport.send(last);
      }
      return this.close(disconnect);
    }
    this.#end = disconnect;
    if (last !== undefined) this.#backlog.push(last);
    this.#backlog.end();
  }

  /** Drops what waits, and closes the transport. */
  close(disconnect: Disconnect): void {
    this.drop();
    this.#transport.close(disconnect.code, writeCloseReason(disconnect));
  }

  /** Drops what waits. */
  drop(): void {
    if (this.#backlog === undefined) return;
    this.#backlog.clear();
    this.#backlog = undefined;
    this.#room = this.#owner.maxBufferedBytes;
    this.#owner.backlogs.remove(this.#connection);
  }

  #open(): Backlog {
    if (this.#backlog !== undefined) return this.#backlog;
    const { backlogs } = this.#owner;
    const { counters, now } = backlogs;
    const { traffic } = this.#connection;
    this.#backlog = new Backlog(this.#transport, this.#owner, {
      counters,
      traffic,
      now,
    });
    this.#room = -1;
    backlogs.add(this.#connection);
    return this.#backlog;
  }
}
