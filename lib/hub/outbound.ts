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

/** Pauses between two looks at a client that has much to read, in milliseconds: the first and the longest. */
const FIRST_PAUSE_MS = 10;
const MAX_PAUSE_MS = 500;
/** A look at a WebSocket costs a third of a send: for each 64 KiB that it may hold, 1 KiB is sent without another look. */
const UNSEEN_SHARE = 1_024 / 65_536;
const MIN_UNSEEN = 1_024;

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
  /** Bytes that are sent without another look. */
  readonly #unseen: number;
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
    // Others may hold more with time, such as a stream whose client has not read what it missed.
    const isSocket = (transport.kind ?? "websocket") === "websocket";
    const unseen = isSocket ? owner.maxBufferedBytes * UNSEEN_SHARE : 0;
    this.#unseen = unseen < MIN_UNSEEN ? 0 : unseen;
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

  /**
   * Bytes that may be sent before the next look, a frame of so many bytes included;
   * less than those if the transport has no room for it. A frame that is longer than
   * all of its room goes alone.
   */
  look(bytes: number): number {
    const unsent = this.#transport.bufferedAmount;
    const free = this.#room - unsent;
    if (bytes <= free) return Math.max(bytes, Math.min(free, this.#unseen));
    return unsent === 0 && this.#room >= 0 ? bytes : -1;
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
  resume(now: number): BacklogState {
    const state = this.#backlog?.look(now) ?? "drained";
    if (state === "drained") this.drop();
    const isOver = state === "drained" || state === "slow";
    if (isOver && this.#end !== undefined) this.close(this.#end);
    return state;
  }

  /** Closes the transport after what waits and a last frame; within the grace time at the latest. */
  closeAfter(disconnect: Disconnect, last: Outgoing | undefined): void {
    if (this.#backlog === undefined) {
      if (last !== undefined) this.#sendLast(last);
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

  #sendLast(frame: Outgoing): void {
    this.#connection.traffic.sent(frame);
    try {
      this.#transport.send(frame);
    } catch {
      // The transport may be what has failed; it is closed with the same code.
    }
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
