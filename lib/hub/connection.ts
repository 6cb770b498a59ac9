/** Connection of one client: frames in, frames out, and its end. */

import type { Caps } from "../auth/caps.ts";
import {
  checkDisconnect,
  type Disconnect,
  DisconnectError,
  disconnects,
  GONE,
} from "../base/disconnect.ts";
import { deferred } from "../base/deferred.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { ClientInfo } from "../base/publication.ts";
import type { Transport } from "../base/transport.ts";
import type { Intervals, Verdict } from "../heartbeat/intervals.ts";
import { ErrorBudget } from "../limits/error_budget.ts";
import { isLongerThan } from "../base/bytes.ts";
import type {
  Command,
  Frame,
  Outgoing,
  Protocol,
  Push,
  Reply,
} from "../protocol/types.ts";
import type { BacklogState, Droppable } from "./backlog.ts";
import type { ConnectionInit, ConnectionOwner } from "./connection_owner.ts";
import { HeldFrames, Replies } from "./frame_queues.ts";
import { Outbound } from "./outbound.ts";
import type { Traffic } from "./traffic.ts";

/** Progress of a client's admission; once it has `begun` the client is admitted, or may not try again. */
export type Opening = "awaited" | "begun" | "done";

/** One client's connection. The hub makes it; its uid and channels are the hub's to write. */
export class Connection {
  /** Unique among all connections, a UUID. */
  readonly id: string;
  /** Protocol of the client. */
  readonly protocol: Protocol<Outgoing>;
  /** Counters of its protocol on its transport. */
  readonly traffic: Traffic;
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
  /** End of the client's token on the scale of `Clock.now`, which a wall clock that jumps does not move. */
  expireBy: number = Infinity;
  /** Names of the channels that this connection is subscribed to. */
  readonly channels: Set<string> = new Set();
  /** Time of the last inbound frame, on the owner's time. Outbound frames do not count. */
  lastMessageTime = 0;
  /** Time of the next ping; written by the heartbeat. */
  pingAt = 0;
  /** Time of the last ping; written by the heartbeat. */
  pingedAt = 0;
  /** Slot in the heartbeat's wheel; written by the wheel. */
  slot: number | undefined = undefined;
  /** True if the connection has ended; nothing is received or sent any more. */
  closed = false;
  /** Reason of its end; `undefined` until then. */
  end: Disconnect | undefined = undefined;

  readonly #owner: ConnectionOwner<Connection>;
  readonly #transport: Transport<Outgoing>;
  readonly #outbound: Outbound;
  readonly #errorBudget = new ErrorBudget();
  /** Frames that wait for the command before them; `undefined` while nothing is waited for. */
  #held: HeldFrames | undefined;
  /** Settles once nothing is waited for any more. */
  #waiting: Promise<void> | undefined;
  /** True if the commands of a frame are being carried out; where the protocol can, their replies share one. */
  #isBusy = false;
  readonly #replies: Replies;
  /** Ends the wait of a publisher for its recipients. */
  #resume: (() => void) | undefined;

  /** Called by the hub, which registers the connection. */
  constructor(init: ConnectionInit, owner: ConnectionOwner<Connection>) {
    this.id = init.id;
    this.protocol = init.protocol;
    this.traffic = init.traffic;
    this.intervals = init.intervals;
    this.headers = init.headers;
    this.authenticateBy = init.authenticateBy;
    this.info = { client: init.id, user: "" };
    this.#owner = owner;
    this.#replies = new Replies(owner.maxBufferedBytes);
    this.#transport = init.transport;
    this.#outbound = new Outbound(init.transport, this, owner);
  }

  /** Takes one frame from the transport. Its commands are carried out strictly in order. */
  receive(frame: Frame): void {
    if (this.closed) return;
    this.lastMessageTime = this.#owner.time.now;
    this.traffic.received(frame);
    if (isLongerThan(frame, this.#owner.maxMessageBytes)) {
      return this.disconnect(disconnects.messageTooBig);
    }
    if (this.#held !== undefined) {
      return this.#hold(frame, this.#held);
    }
    const pending = this.#carryOut(frame);
    if (pending !== undefined) this.#waiting = this.#wait(pending);
  }

  /**
   * Carries out one command that no frame has brought, in its turn among the frames.
   * Resolves when it is done, and never rejects: its error is replied.
   */
  async execute(command: Command): Promise<void> {
    // After `idle()` another waiting command could have its turn too.
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

  /** Holds frames back until {@linkcode resume}, or as much waits as may; `undefined` if it does already. */
  pause(onResume: () => void): Promise<void> | undefined {
    if (this.closed || this.#held?.crowded || this.#resume) return undefined;
    const { promise, resolve } = deferred<void>();
    this.#resume = () => {
      this.#resume = undefined;
      onResume();
      resolve();
    };
    return promise;
  }

  /** Carries on after a {@linkcode pause}. */
  resume(): void {
    this.#resume?.();
  }

  /** Sends one frame, after those that wait; disconnects a client for which too much waits. */
  send(frame: Outgoing): void {
    if (this.closed) return;
    if (this.#replies.count > 0) this.#sendReplies();
    if (!this.#outbound.hasRoom(frame)) return this.#enqueue(frame);
    this.traffic.sent(frame);
    this.#transport.send(frame);
  }

  /** Sends one frame unless it would have to wait: `false` then. */
  offer(frame: Outgoing): boolean {
    if (this.closed) return true;
    if (this.#replies.count > 0) this.#sendReplies();
    if (!this.#outbound.hasRoom(frame)) return this.closed;
    this.traffic.sent(frame);
    this.#transport.send(frame);
    return true;
  }

  /** Lets a publication wait that {@linkcode offer} did not send; see {@linkcode Outbound.pushDroppable}. */
  enqueue(frame: Outgoing, droppable: Droppable): boolean {
    return !this.closed && this.#outbound.pushDroppable(frame, droppable);
  }

  /** Hands over what waits, as far as the client has read; called by the registry of backlogs. */
  look(now: number): BacklogState {
    try {
      const state = this.#outbound.look(now);
      if (state === "slow") this.disconnect(disconnects.slow);
      return state;
    } catch (error) {
      // A throw at a timer would end the process.
      this.#outbound.drop();
      this.#fail(error);
      return "drained";
    }
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
   * the transport closed, after the frames that wait. A slow client gets none of them.
   *
   * @throws {RangeError} If no close frame has room for it; the connection goes on.
   */
  disconnect(disconnect: Disconnect): void {
    if (this.closed) return;
    checkDisconnect(disconnect);
    const isSlow = disconnect === disconnects.slow;
    if (!isSlow) {
      this.#owner.flushTo(this);
      this.#sendReplies();
      // What was sent last may have shown that the client is slow.
      if (this.closed) return;
    }
    this.#end(disconnect);
    const notice = this.#owner.appoint(disconnect);
    if (isSlow) return this.#outbound.close(notice);
    this.#outbound.closeAfter(notice, this.protocol.encodeDisconnect(notice));
  }

  /** Notes that the transport has ended; may be called again. */
  ended(): void {
    if (!this.closed) this.#end(GONE);
    this.#outbound.drop();
    this.#owner.onTransportEnd(this);
  }

  #end(disconnect: Disconnect): void {
    this.closed = true;
    this.end = disconnect;
    this.resume();
    this.#owner.onEnd(this, disconnect);
  }

  /** Holds a frame back; a publisher that waits for its recipients is held up no longer than there is room. */
  #hold(frame: Frame, held: HeldFrames): void {
    const hasRoom = held.push(frame);
    if (this.#resume === undefined) {
      if (!hasRoom) this.disconnect(disconnects.tooManyRequests);
    } else if (held.crowded) this.#resume();
  }

  #enqueue(frame: Outgoing): void {
    // The replies before it may have shown that the client is slow.
    if (this.closed) return;
    if (!this.#outbound.push(frame)) this.disconnect(disconnects.slow);
  }

  /** Carries out the commands of a frame, each once the client has read enough; the next frame waits for a returned promise. */
  #carryOut(frame: Frame): Promise<void> | void {
    let commands: readonly Command[];
    try {
      commands = this.protocol.decode(frame, this.#owner.isNamespace);
    } catch (error) {
      return this.#refuse(error, 0);
    }
    this.traffic.messagesReceived += commands.length;
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
      // The client has to read more of its replies before the next command.
      const isCrowded = !isLast && !this.closed &&
        this.#outbound.holdsMoreThan(this.#replies.maxBytes);
      if (isCrowded) pending ??= this.#room();
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
    for (let index = 0; index < commands.length; index++) {
      const command = commands[index]!;
      try {
        if (index === 0) await pending;
        else if (!this.closed) await this.#owner.onCommand(this, command);
      } catch (error) {
        this.#refuse(error, command.id);
      }
      if (index + 1 < commands.length) await this.#room();
    }
    this.#rest();
  }

  #rest(): void {
    this.#isBusy = false;
    this.#sendReplies();
  }

  /** Resolves once the client has read enough of its replies for the next command. */
  #room(): Promise<void> {
    return this.#outbound.awaitRoom(this.#replies.maxBytes);
  }

  /** Holds later frames back until `pending` is done, then carries them out in turn. Never rejects. */
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
      const reply = { type: "error", id, ...errors.internal } as const;
      // A client that is not let in yet could not ask again.
      const canTell = (id !== 0 || this.opening === "done") &&
        this.protocol.encodeReply(reply) !== undefined;
      if (canTell) return this.reply(reply);
      return this.disconnect(disconnects.internal);
    }
    const { code, message, temporary } = error;
    // Without an id it is an invalid frame; a temporary error is not the client's mistake.
    const isMistake = id === 0 && !temporary;
    if (isMistake && this.#errorBudget.isOneTooMany(this.#owner.time.now)) {
      return this.disconnect(disconnects.tooManyErrors);
    }
    this.reply({ type: "error", id, code, message, temporary });
  }
}
