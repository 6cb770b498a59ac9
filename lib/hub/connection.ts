/** One client: frames in, frames out, and the end. */

import type { Caps } from "../auth/caps.ts";
import type { ConnectionInit, ConnectionOwner } from "./connection_owner.ts";
import {
  checkDisconnect,
  type Disconnect,
  DisconnectError,
  disconnects,
  GONE,
} from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { Intervals, Verdict } from "../heartbeat/intervals.ts";
import { HeldFrames } from "./held_frames.ts";
import type {
  Command,
  Frame,
  Protocol,
  Push,
  Reply,
} from "../protocol/types.ts";
import type { ClientInfo } from "../base/publication.ts";
import { isLongerThan } from "../protocol/frame_size.ts";
import { ErrorBudget } from "../limits/error_budget.ts";
import { awaitRoom, Replies } from "./replies.ts";
import type { Transport } from "../base/transport.ts";

export type { ConnectionInit, ConnectionOwner };

/** How far a client is in saying who it is; once it has `begun` it is let in, or may try no more. */
export type Opening = "awaited" | "begun" | "done";

/** One client's connection. The hub makes it; its uid and channels are the hub's to write. */
export class Connection {
  /** Unique among all connections, a UUID. */
  readonly id: string;
  /** What the client speaks. */
  readonly protocol: Protocol;
  /** How the connection is kept alive. */
  readonly beat: Intervals;
  /** Headers of the request that the client came with; kept where the program has hooks. */
  readonly headers: Headers | undefined;
  /** Who the client is to others. */
  info: ClientInfo;
  /** Who the client is; `undefined` until it authenticates or claims a name. */
  uid: string | undefined = undefined;
  /** Whom a newer token has to name: the uid of its token, for which the application may have put another. */
  subject: string | undefined = undefined;
  /** What the client's token allows it. */
  caps: Caps = [];
  /** What the application keeps with the connection; no client is told. */
  meta: unknown = undefined;
  /** What leads requests here, where the transport carries nothing up; nobody can guess it. */
  session: string | undefined = undefined;
  /** Whether the client may send commands. */
  opening: Opening = "awaited";
  /** Whether the client was let in, as who it is. */
  admitted = false;
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
  /** When the last ping was sent; written by the heartbeat. */
  pingedAt = 0;
  /** The place in the heartbeat's wheel; written by the wheel. */
  slot: number | undefined = undefined;
  /** Whether the connection has ended; nothing is received or sent any more. */
  closed = false;
  /** Why the connection has ended; `undefined` until then. */
  end: Disconnect | undefined = undefined;

  readonly #owner: ConnectionOwner;
  readonly #transport: Transport;
  readonly #errorBudget = new ErrorBudget();
  /** Frames that wait for the command before them; `undefined` while nothing is waited for. */
  #held: HeldFrames | undefined;
  /** Whether the commands of a frame are being carried out; where the protocol can, their answers share one. */
  #isBusy = false;
  readonly #replies: Replies;

  /** Called by the hub, which registers the connection. */
  constructor(init: ConnectionInit, owner: ConnectionOwner) {
    this.id = init.id;
    this.protocol = init.protocol;
    this.beat = init.beat;
    this.headers = init.headers;
    this.authenticateBy = init.authenticateBy;
    this.info = { client: init.id, user: "" };
    this.#transport = init.transport;
    this.#owner = owner;
    this.#replies = new Replies(owner.maxBufferedBytes);
  }

  /** Takes one frame from the transport. Commands are carried out strictly in order. */
  receive(frame: Frame): void {
    if (this.closed) return;
    this.lastMessageTime = this.#owner.time.now;
    if (isLongerThan(frame, this.#owner.maxMessageBytes)) {
      return this.disconnect(disconnects.messageTooBig);
    }
    if (this.#held !== undefined) {
      if (this.#held.push(frame)) return;
      return this.disconnect(disconnects.tooManyRequests);
    }
    const pending = this.#carryOut(frame);
    if (pending !== undefined) this.#wait(pending);
  }

  /** Holds frames back until `pending` is done; an error of it is answered as a command's is. */
  waitFor(pending: Promise<void>): void {
    this.#wait(pending.catch((error) => this.#refuse(error, 0)));
  }

  /** Sends one frame, or ends the connection when its client does not keep up. */
  send(frame: Frame): void {
    if (this.closed) return;
    if (this.#replies.count > 0) this.#sendReplies();
    if (this.#transport.bufferedAmount > this.#owner.maxBufferedBytes) {
      return this.disconnect(disconnects.slow);
    }
    this.#transport.send(frame);
  }

  /** Answers a command in the client's own protocol. */
  reply(reply: Reply): void {
    const frame = this.protocol.encodeReply(reply);
    if (frame === undefined) return;
    if (this.#isBusy && this.protocol.separator !== undefined) {
      this.#replies.push(frame);
      if (this.#replies.full) this.#sendReplies();
      // It does not wait for a later command that takes long.
      else if (this.#replies.count === 1 && this.#held) {
        this.#owner.soon(() => this.#sendReplies());
      }
    } else this.send(frame);
  }

  /** Tells the client something that it has not asked for. */
  push(push: Push): void {
    const frame = this.protocol.encodePush(push);
    if (frame !== undefined) this.send(frame);
  }

  /** Does what the heartbeat's finding calls for. */
  onVerdict(verdict: Verdict): void {
    if (verdict === "ping") this.push({ type: "ping" });
    else this.disconnect(disconnects[verdict]);
  }

  /**
   * Ends the connection: it is forgotten at once, then the client is told and the
   * transport closed.
   *
   * @throws {RangeError} If no close frame has room for it; the connection goes on.
   */
  disconnect(disconnect: Disconnect): void {
    if (this.closed) return;
    checkDisconnect(disconnect);
    if (disconnect !== disconnects.slow) {
      this.#owner.flush();
      this.#sendReplies();
      // What was sent last may have shown that the client is slow.
      if (this.closed) return;
    }
    this.#end(disconnect);
    const disconnectFrame = this.protocol.encodeDisconnect(disconnect);
    // A slow client's queue is full: nothing more goes into it.
    if (disconnectFrame !== undefined && disconnect !== disconnects.slow) {
      this.#transport.send(disconnectFrame);
    }
    this.#transport.close(disconnect.code, disconnect.reason);
  }

  /** Takes note that the transport has ended, whoever ended it; may be called again. */
  ended(): void {
    if (!this.closed) this.#end(GONE);
  }

  #end(disconnect: Disconnect): void {
    this.closed = true;
    this.end = disconnect;
    this.#owner.onEnd(this, disconnect);
  }

  /** Carries out all commands of a frame, each when the client has read enough; what is returned must be waited for. */
  #carryOut(frame: Frame): Promise<void> | void {
    let commands: readonly Command[];
    try {
      commands = this.protocol.decode(frame);
    } catch (error) {
      return this.#refuse(error, 0);
    }
    this.#isBusy = true;
    for (let index = 0; index < commands.length; index++) {
      const isLast = index + 1 === commands.length;
      const pending = this.#execute(commands[index]!) ??
        (isLast || !this.#isCrowded ? undefined : this.#roomToCome());
      if (pending !== undefined) {
        return this.#carryOn(pending, commands.slice(index));
      }
    }
    this.#rest();
  }

  async #carryOn(
    pending: Promise<void>,
    commands: readonly Command[],
  ): Promise<void> {
    for (let index = 0; index < commands.length; index++) {
      try {
        await (index === 0 ? pending : this.#execute(commands[index]!));
        if (index + 1 < commands.length) await this.#roomToCome();
      } catch (error) {
        this.#refuse(error, commands[index]!.id);
      }
    }
    this.#rest();
  }

  #rest(): void {
    this.#isBusy = false;
    this.#sendReplies();
  }

  #execute(command: Command): Promise<void> | void {
    try {
      if (!this.closed) return this.#owner.onCommand(this, command);
    } catch (error) {
      this.#refuse(error, command.id);
    }
  }

  /** Whether the client has not read enough of its answers to be given more. */
  get #isCrowded(): boolean {
    return !this.closed &&
      this.#transport.bufferedAmount > this.#replies.maxBytes;
  }

  #roomToCome(): Promise<void> {
    return awaitRoom(() => this.#isCrowded, this.#owner);
  }

  /** Holds later frames back until `pending` and what they ask for in turn is done. Never rejects. */
  async #wait(pending: Promise<void> | void): Promise<void> {
    const held = new HeldFrames(this.#owner.maxBufferedBytes);
    this.#held = held;
    if (this.#replies.count > 0) this.#owner.soon(() => this.#sendReplies());
    try {
      for (;;) {
        await pending;
        const frame = held.shift();
        if (frame === undefined || this.closed) break;
        pending = this.#carryOut(frame);
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#held = undefined;
  }

  /** Ends the connection where nobody is left to throw at: that would end the process. */
  #fail(error: unknown): void {
    try {
      this.#owner.onError(this, error);
    } catch {
      // A log that fails has nobody to tell.
    }
    try {
      this.disconnect(disconnects.internal);
    } catch {
      // The transport has failed, and the connection is forgotten.
    }
  }

  #sendReplies(): void {
    if (this.#replies.count === 0) return;
    this.send(this.#replies.take(this.protocol.separator));
  }

  #refuse(error: unknown, id: number): void {
    if (error instanceof DisconnectError) {
      return this.disconnect(error.disconnect);
    }
    if (!(error instanceof ProtocolError)) {
      this.#owner.onError(this, error);
      if (id === 0) return this.disconnect(disconnects.internal);
      return this.reply({ type: "error", id, ...errors.internal });
    }
    // Without an id there is no question, only a client that talks nonsense.
    if (id === 0 && this.#errorBudget.isOneTooMany(this.#owner.time.now)) {
      return this.disconnect(disconnects.tooManyErrors);
    }
    const { code, message, temporary } = error;
    this.reply({ type: "error", id, code, message, temporary });
  }
}
