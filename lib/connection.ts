/** One client: frames in, frames out, and the end. */

import { type Disconnect, disconnects, GONE } from "./disconnect.ts";
import { ProtocolError } from "./errors.ts";
import type { Command, Frame, Protocol, Reply } from "./protocol/types.ts";
import type { Transport } from "./transport.ts";

/** Mistakes that a client may make in {@linkcode MISTAKE_WINDOW_MS}; one more ends the connection. */
const MAX_MISTAKES = 9;
const MISTAKE_WINDOW_MS = 60_000;
/** What a held frame counts at least, so that empty ones are bounded too. */
const HELD_FRAME_BYTES = 64;

/** What a connection is bounded by, in bytes. */
export interface ConnectionLimits {
  /** Longest message that a client may send. */
  readonly maxMessageBytes: number;
  /** Unsent bytes above which a client counts as slow. */
  readonly maxBufferedBytes: number;
}

/** Who a connection reports to, and how it tells the time. */
export interface ConnectionOwner extends ConnectionLimits {
  /** The time that `lastMessageTime` is taken from, in milliseconds. */
  readonly time: { readonly now: number };
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
  /** When the client must have authenticated, on the owner's time; `Infinity`: it has, or need not. */
  readonly authenticateBy: number;
}

/** One client's connection. The hub makes it; its uid and channels are the hub's to write. */
export class Connection {
  /** Unique among all connections, a UUID. */
  readonly id: string;
  /** What the client speaks. */
  readonly protocol: Protocol;
  /** Who the client is; `undefined` until it authenticates or claims a name. */
  uid: string | undefined = undefined;
  /** When the client must have authenticated, on the owner's time; `Infinity` once it has. */
  authenticateBy: number;
  /** When the client's token ends, in milliseconds since 1970; `Infinity` without one. */
  expiresAt: number = Infinity;
  /** Names of the channels that this connection is subscribed to. */
  readonly channels: Set<string> = new Set();
  /** When the last inbound frame came, on the owner's time. What we send does not count. */
  lastMessageTime = 0;
  /** When the next ping is due; written by the heartbeat. */
  pingAt = 0;
  /** The place in the heartbeat's wheel; written by the wheel. */
  slot: number | undefined = undefined;
  /** Whether the connection has ended; nothing is received or sent any more. */
  closed = false;

  readonly #owner: ConnectionOwner;
  readonly #transport: Transport;
  #mistakes = 0;
  #mistakesSince = -Infinity;
  /** Frames that wait for the command before them; `undefined` while nothing is waited for. */
  #held: Frame[] | undefined;
  #heldBytes = 0;

  /** Called by the hub, which registers the connection. */
  constructor(init: ConnectionInit, owner: ConnectionOwner) {
    this.id = init.id;
    this.protocol = init.protocol;
    this.authenticateBy = init.authenticateBy;
    this.#transport = init.transport;
    this.#owner = owner;
  }

  /** Whether the client has shown who it is, or need not. */
  get authenticated(): boolean {
    return this.authenticateBy === Infinity;
  }

  /** Takes one frame from the transport. Frames are carried out strictly in order. */
  receive(frame: Frame): void {
    if (this.closed) return;
    this.lastMessageTime = this.#owner.time.now;
    if (isLongerThan(frame, this.#owner.maxMessageBytes)) {
      return this.disconnect(disconnects.messageTooBig);
    }
    if (this.#held !== undefined) return this.#hold(frame, this.#held);
    const pending = this.#carryOut(frame);
    if (pending !== undefined) this.#wait(pending);
  }

  /** Sends one frame, or ends the connection when its client does not keep up. */
  send(frame: Frame): void {
    if (this.closed) return;
    if (this.#transport.bufferedAmount > this.#owner.maxBufferedBytes) {
      return this.disconnect(disconnects.slow);
    }
    this.#transport.send(frame);
  }

  /** Answers the client in its own protocol. */
  reply(reply: Reply): void {
    const frame = this.protocol.encodeReply(reply);
    if (frame !== undefined) this.send(frame);
  }

  /** Ends the connection: it is forgotten at once, then the client is told and the transport closed. */
  disconnect(disconnect: Disconnect): void {
    if (this.closed) return;
    this.#end(disconnect);
    const farewell = this.protocol.encodeFarewell(disconnect);
    // A slow client's queue is full: nothing more goes into it.
    if (farewell !== undefined && disconnect !== disconnects.slow) {
      this.#transport.send(farewell);
    }
    this.#transport.close(disconnect.code, disconnect.reason);
  }

  /** Takes note that the transport has ended, whoever ended it; may be called again. */
  ended(): void {
    if (!this.closed) this.#end(GONE);
  }

  #end(disconnect: Disconnect): void {
    this.closed = true;
    this.#owner.onEnd(this, disconnect);
  }

  #carryOut(frame: Frame): Promise<void> | void {
    try {
      return this.#owner.onCommand(this, this.protocol.decode(frame));
    } catch (error) {
      this.#refuse(error);
    }
  }

  /** Holds later frames back until `pending` and what they ask for in turn is done. */
  async #wait(pending: Promise<void> | void): Promise<void> {
    const held: Frame[] = [];
    this.#held = held;
    for (;;) {
      try {
        await pending;
      } catch (error) {
        this.#refuse(error);
      }
      const frame = held.shift();
      if (frame === undefined || this.closed) break;
      pending = this.#carryOut(frame);
    }
    this.#held = undefined;
    this.#heldBytes = 0;
  }

  #hold(frame: Frame, held: Frame[]): void {
    this.#heldBytes += HELD_FRAME_BYTES +
      (typeof frame === "string" ? frame.length : frame.byteLength);
    if (this.#heldBytes > this.#owner.maxBufferedBytes) {
      return this.disconnect(disconnects.tooManyRequests);
    }
    held.push(frame);
  }

  #refuse(error: unknown): void {
    if (!(error instanceof ProtocolError)) {
      this.#owner.onError(this, error);
      return this.disconnect(disconnects.internal);
    }
    if (this.#isOneMistakeTooMany()) {
      return this.disconnect(disconnects.tooManyErrors);
    }
    this.reply({ type: "error", code: error.code, message: error.message });
  }

  #isOneMistakeTooMany(): boolean {
    const { now } = this.#owner.time;
    if (now - this.#mistakesSince >= MISTAKE_WINDOW_MS) {
      this.#mistakesSince = now;
      this.#mistakes = 0;
    }
    return ++this.#mistakes > MAX_MISTAKES;
  }
}

/** Whether `frame` has more than `maxBytes` in UTF-8; counts them only where its length leaves a doubt. */
function isLongerThan(frame: Frame, maxBytes: number): boolean {
  if (typeof frame !== "string") return frame.byteLength > maxBytes;
  if (frame.length * 3 <= maxBytes) return false;
  return frame.length > maxBytes || utf8Length(frame) > maxBytes;
}

const encoder = new TextEncoder();

function utf8Length(text: string): number {
  return encoder.encode(text).byteLength;
}
