/** Connection of one client: frames in, frames out, and its end. */

import type { Caps } from "../auth/caps.ts";
import {
  checkDisconnect,
  type Disconnect,
  DisconnectError,
  disconnects,
  GONE,
  writeCloseReason,
} from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { ClientInfo } from "../base/publication.ts";
import type { Transport } from "../base/transport.ts";
import type { Intervals, Verdict } from "../heartbeat/intervals.ts";
import type { Exceeded } from "../limits/client_rates.ts";
import { ErrorBudget } from "../limits/error_budget.ts";
import type { Party } from "../limits/parties.ts";
import { isLongerThan } from "../base/bytes.ts";
import { lengthOf } from "../base/publication.ts";
import type {
  Command,
  Frame,
  Outgoing,
  Protocol,
  Push,
  Reply,
} from "../protocol/types.ts";
import type { ConnectionInit, ConnectionOwner } from "./connection_owner.ts";
import { HeldFrames, Replies } from "./frame_queues.ts";
import { RateGuard } from "./rate_guard.ts";
import { Turns } from "./turns.ts";

/** Pauses between two looks at a client that has much to read, in milliseconds: the first and the longest. */
const FIRST_PAUSE_MS = 10;
const MAX_PAUSE_MS = 500;

/** Multiple of the unsent bytes that a client may have, for frames that only wait for the next turn. */
const TURN_SHARE = 16;

/** Progress of a client's admission; once it has `begun` the client is admitted, or may not try again. */
export type Opening = "awaited" | "begun" | "done";

/** One client's connection. The hub makes it; its uid and channels are the hub's to write. */
export class Connection {
  /** Unique among all connections, a UUID. */
  readonly id: string;
  /** Protocol of the client. */
  readonly protocol: Protocol<Outgoing>;
  /** Rhythm of its heartbeat. */
  readonly intervals: Intervals;
  /** Headers of the request that the client came with; kept where the program has hooks. */
  readonly headers: Headers | undefined;
  /** The client as others see it. */
  info: ClientInfo;
  /** The client's uid; `undefined` until it authenticates or claims a name. */
  uid: string | undefined = undefined;
  /** The uid that a newer token has to name: that of its token, which the program may have replaced in `uid`. */
  subject: string | undefined = undefined;
  /** Capabilities of the client's token. */
  caps: Caps = [];
  /** Data of the program about the connection; not sent to clients. */
  meta: unknown = undefined;
  /** Secret name that requests address, where the transport carries no frames up. */
  session: string | undefined = undefined;
  /** Progress of the client's admission; it may send commands once that is `done`. */
  opening: Opening = "awaited";
  /** True if the client was admitted. */
  admitted = false;
  /** Deadline of its authentication, on the owner's time; `Infinity` once it has authenticated. */
  authenticateBy: number;
  /** Expiry of the client's token, in milliseconds since 1970; `Infinity` without one. */
  expiresAt: number = Infinity;
  /** Names of the channels that this connection is subscribed to. */
  readonly channels: Set<string> = new Set();
  /** Time of the last inbound frame, on the owner's time. Outbound frames do not count. */
  lastMessageTime = 0;
  /** Time of the next ping; written by the heartbeat. */
  pingAt = 0;
  /** Time of the last ping; written by the heartbeat. */
  pingedAt = 0;
  /** The connections of its uid, once it has one. */
  user: Party | undefined = undefined;
  /** Rates of what the client sends. */
  readonly rates: RateGuard;
  /** Slot in the heartbeat's wheel; written by the wheel. */
  slot: number | undefined = undefined;
  /** True if the connection has ended; nothing is received or sent any more. */
  closed = false;
  /** Reason of its end; `undefined` until then. */
  end: Disconnect | undefined = undefined;

  readonly #owner: ConnectionOwner;
  readonly #transport: Transport<Outgoing>;
  readonly #errorBudget = new ErrorBudget();
  /** Frames that wait for the command before them; `undefined` while nothing is waited for. */
  #held: HeldFrames | undefined;
  /** Settles once nothing is waited for any more. */
  #waiting: Promise<void> | undefined;
  /** True if the commands of a frame are being carried out; where the protocol can, their replies share one. */
  #isBusy = false;
  readonly #replies: Replies;
  readonly #turns: Turns;

  /** Called by the hub, which registers the connection. */
  constructor(init: ConnectionInit, owner: ConnectionOwner) {
    this.id = init.id;
    this.protocol = init.protocol;
    this.intervals = init.intervals;
    this.headers = init.headers;
    this.authenticateBy = init.authenticateBy;
    this.info = { client: init.id, user: "" };
    this.#transport = init.transport;
    this.#owner = owner;
    this.rates = new RateGuard(owner);
    this.#turns = new Turns(owner);
    this.#replies = new Replies(owner.maxBufferedBytes);
  }

  /** Takes one frame from the transport. Its commands are carried out strictly in order. */
  receive(frame: Frame): void {
    if (this.closed) return;
    this.lastMessageTime = this.#owner.time.now;
    if (isLongerThan(frame, this.#owner.maxMessageBytes)) {
      return this.disconnect(disconnects.messageTooBig);
    }
    const exceeded = this.rates.takeMessage(lengthOf(frame));
    if (exceeded !== undefined) return this.#refuseFrame(frame, exceeded);
    if (this.#held !== undefined) {
      if (this.#held.push(frame)) return;
      return this.disconnect(disconnects.tooManyRequests);
    }
    if (this.#turns.isOver()) return this.#endTurn(frame);
    const pending = this.#carryOut(frame);
    if (pending !== undefined) this.#waiting = this.#wait(pending);
  }

  /**
   * Carries out one command that no frame has brought, in its turn: after all that
   * came before it, and before frames that come later. Resolves when it is done, and
   * never rejects: its error is replied.
   */
  async execute(command: Command): Promise<void> {
    // Not `idle()`, after which another command that waited could have its turn too.
    while (this.#held !== undefined) await this.#waiting;
    if (this.closed) return;
    const attempt = async () => await this.#owner.onCommand(this, command);
    this.#waiting = this.#wait(this.#carryOn(attempt(), [command]));
    await this.#waiting;
  }

  /** Resolves once no command is being waited for. */
  async idle(): Promise<void> {
    while (this.#held !== undefined) await this.#waiting;
  }

  /** Holds frames back until `pending` is done; its error is answered like a command's. */
  waitFor(pending: Promise<void>): void {
    this.#waiting = this.#wait(
      pending.catch((error) => this.#refuse(error, 0)),
    );
  }

  /** Sends one frame, or disconnects a slow consumer. */
  send(frame: Outgoing): void {
    if (this.closed) return;
    if (this.#replies.count > 0) this.#sendReplies();
    if (this.#transport.bufferedAmount > this.#owner.maxBufferedBytes) {
      return this.disconnect(disconnects.slow);
    }
    this.#transport.send(frame);
  }

  /** Sends the reply to a command. */
  reply(reply: Reply): void {
    const frame = this.protocol.encodeReply(reply);
    if (frame === undefined) return;
    if (this.#isBusy && this.protocol.join !== undefined) {
      this.#replies.push(frame);
      if (this.#replies.full) this.#sendReplies();
      // It does not wait for a later command that takes long.
      else if (this.#replies.count === 1 && this.#held) {
        this.#owner.soon(() => this.#sendReplies());
      }
    } else this.send(frame);
  }

  /** Sends the client what it has not asked for. */
  push(push: Push): void {
    const frame = this.protocol.encodePush(push);
    if (frame !== undefined) this.send(frame);
  }

  /** Acts on a verdict of the heartbeat. */
  onVerdict(verdict: Verdict): void {
    if (verdict === "ping") this.push({ type: "ping" });
    else this.disconnect(disconnects[verdict]);
  }

  /**
   * Ends the connection: it is forgotten at once, then the client is notified and
   * the transport closed.
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
    const notice = this.#owner.appoint(disconnect);
    const disconnectFrame = this.protocol.encodeDisconnect(notice);
    // A slow client's queue is full: nothing more goes into it.
    if (disconnectFrame !== undefined && disconnect !== disconnects.slow) {
      this.#transport.send(disconnectFrame);
    }
    this.#transport.close(notice.code, writeCloseReason(notice));
  }

  /** Notes that the transport has ended; may be called again. */
  ended(): void {
    if (!this.closed) this.#end(GONE);
  }

  #end(disconnect: Disconnect): void {
    this.closed = true;
    this.end = disconnect;
    this.#owner.onEnd(this, disconnect);
  }

  /** Lets the other clients have their turn before `frame` and those that follow it. */
  #endTurn(frame: Frame): void {
    this.#waiting = this.#wait(
      this.#turns.next(),
      this.#owner.maxBufferedBytes * TURN_SHARE,
    );
    this.#held?.push(frame);
  }

  /** Answers every command of a frame that is above a rate. */
  #refuseFrame(frame: Frame, exceeded: NonNullable<Exceeded>): void {
    let commands: readonly { readonly id: number }[];
    try {
      commands = this.protocol.decode(frame);
    } catch {
      commands = [{ id: 0 }];
    }
    for (const { id } of commands) {
      this.#refuse(this.rates.refusal(exceeded), id);
      if (this.closed) return;
    }
  }

  /** Carries out the commands of a frame, each once the client has read enough; the next frame waits for a returned promise. */
  #carryOut(frame: Frame): Promise<void> | void {
    let commands: readonly Command[];
    try {
      commands = this.protocol.decode(frame);
    } catch (error) {
      return this.#refuse(error, 0);
    }
    if (commands.length > 1) this.rates.chargeMessages(commands.length - 1);
    this.#isBusy = true;
    for (let index = 0; index < commands.length && !this.closed; index++) {
      const command = commands[index]!;
      const isLast = index + 1 === commands.length;
      let pending: Promise<void> | void = undefined;
      try {
        pending = this.#owner.onCommand(this, command);
      } catch (error) {
        this.#refuse(error, command.id);
      }
      if (!isLast && this.#isCrowded) pending ??= this.#awaitRoom();
      if (!isLast && this.#turns.isOver()) pending ??= this.#turns.next();
      if (pending !== undefined) {
        return this.#carryOn(pending, commands.slice(index));
      }
    }
    this.#rest();
  }

  /** Goes on with the commands of a frame once `pending`, which belongs to the first, is done. */
  async #carryOn(
    pending: Promise<void>,
    commands: readonly Command[],
  ): Promise<void> {
    let turnBegan = this.#owner.clock.now;
    for (let index = 0; index < commands.length; index++) {
      const command = commands[index]!;
      try {
        if (index === 0) await pending;
        else if (!this.closed) await this.#owner.onCommand(this, command);
      } catch (error) {
        this.#refuse(error, command.id);
      }
      if (index + 1 === commands.length) break;
      await this.#awaitRoom();
      turnBegan = await this.#turns.share(turnBegan);
    }
    this.#rest();
  }

  #rest(): void {
    this.#isBusy = false;
    this.#sendReplies();
  }

  /** True if the client has to read more of its replies before the next command. */
  get #isCrowded(): boolean {
    return !this.closed &&
      this.#transport.bufferedAmount > this.#replies.maxBytes;
  }

  /** Resolves once the client has read enough; one that does not read is looked at ever less often. */
  async #awaitRoom(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (this.#isCrowded) {
      await new Promise<void>((resolve) => this.#owner.after(pauseMs, resolve));
      pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
    }
  }

  /** Holds later frames back until `pending` is done, then carries them out in turn. Never rejects. */
  async #wait(
    pending: Promise<void> | void,
    maxBytes: number = this.#owner.maxBufferedBytes,
  ): Promise<void> {
    const held = new HeldFrames(maxBytes);
    let turnBegan = this.#owner.clock.now;
    this.#held = held;
    if (this.#replies.count > 0) this.#owner.soon(() => this.#sendReplies());
    try {
      for (;;) {
        await pending;
        if (held.count > 0) turnBegan = await this.#turns.share(turnBegan);
        const frame = held.shift();
        if (frame === undefined || this.closed) break;
        pending = this.#carryOut(frame);
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#held = undefined;
  }

  /** Ends the connection after an error that has no caller: it would end the process. */
  #fail(error: unknown): void {
    try {
      this.#owner.onError(this, error);
    } catch {
      // A log that fails cannot be logged.
    }
    try {
      this.disconnect(disconnects.internal);
    } catch {
      // The transport has failed, and the connection is forgotten.
    }
  }

  #sendReplies(): void {
    if (this.#replies.count === 0) return;
    for (const frame of this.#replies.take(this.protocol)) this.send(frame);
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
    const { code, message, temporary } = error;
    const isRefused = code === errors.tooManyRequests.code;
    // A message of an SDK that has no id has no reply.
    if (isRefused && id === 0 && this.protocol.opening === "connect") return;
    // Without an id there is no command, only an invalid frame.
    const isInvalid = id === 0 && !isRefused;
    if (isInvalid && this.#errorBudget.isOneTooMany(this.#owner.time.now)) {
      return this.disconnect(disconnects.tooManyErrors);
    }
    this.reply({ type: "error", id, code, message, temporary });
  }
}
