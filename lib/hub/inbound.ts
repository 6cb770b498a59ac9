/** Way in of a connection: its frames and commands in their order, and no more in a turn than the others can bear. */

import { deferred } from "../base/deferred.ts";
import { isLongerThan } from "../base/bytes.ts";
import { type Disconnect, disconnects } from "../base/disconnect.ts";
import { lengthOf } from "../base/publication.ts";
import type { ClientRates } from "../limits/client_rates.ts";
import type { Command, Frame, Outgoing, Protocol } from "../protocol/types.ts";
import { HeldFrames, type Replies } from "./frame_queues.ts";
import type { Outbound } from "./outbound.ts";
import type { Traffic } from "./traffic.ts";
import { type Turns, TurnShare } from "./turns.ts";

/** Multiple of the bytes that may wait for a command, for frames that only wait for the next turn. */
const TURN_SHARE = 16;
/** Bytes of a frame that are as much work as one more message, as a power of two. */
const WORK_BITS = 10;
/** Length of frames whose messages are counted before they are decoded, and whose decoding is timed. */
const LONG_FRAME = 2_048;
/** Messages that take as long as a millisecond of decoding. */
const WORK_PER_MS = 500;
/** Most bytes of a frame that count as a message because they took long: the process may have stood still meanwhile. */
const SLOW_BYTES = 16;

/** Connection whose way in it is. */
export interface InboundConnection {
  /** True if it has ended. */
  readonly closed: boolean;
  /** Time of the last frame, on the owner's time. */
  lastMessageTime: number;
  /** Number of frames so far. */
  framesReceived: number;
  /** Protocol of its client. */
  readonly protocol: Protocol<Outgoing>;
  /** Counters of its protocol on its transport. */
  readonly traffic: Traffic;
  /** Rates of what its client sends. */
  readonly rates: ClientRates;
  /** Ends it. */
  disconnect(disconnect: Disconnect): void;
  /** Ends it, because its client floods the server. */
  endFlood(): void;
}

/** Bounds, time and commands of the way in. */
export interface InboundOwner<C> {
  /** Turns of the event loop, which clients share. */
  readonly turns: Turns;
  /** Time in which frames are decoded, in milliseconds. */
  readonly clock: { readonly now: number };
  /** Calls back at the end of this turn of the event loop. */
  soon(callback: () => void): void;
  /** Longest message that a client may send, in bytes. */
  readonly maxMessageBytes: number;
  /** Time that `lastMessageTime` is taken from, in milliseconds. */
  readonly time: { readonly now: number };
  /** Checks whether channels may be in the namespace `name`. */
  readonly isNamespace: (name: string) => boolean;
  /** Carries out a command; the next frame waits for a returned promise. */
  readonly onCommand: (
    connection: C,
    command: Command,
  ) => void | Promise<void>;
  /** Bytes of frames that may wait for a command. */
  readonly maxBufferedBytes: number;
}

/** Reports of a way in to its connection: functions of all connections, for closures of each would take a tenth of its memory. */
export interface InboundReports<C> {
  /** Called when the commands of a frame are carried out, and when the next has to wait. */
  onRest(connection: C): void;
  /** Called when a command, or a frame (with the id 0), has failed. */
  onRefused(connection: C, refusal: Refusal): void;
  /** Called after an error that has no caller. */
  onFailed(connection: C, error: unknown): void;
}

/** Error of a command. */
export interface Refusal {
  readonly error: unknown;
  /** Id of the command; 0 of a frame. */
  readonly id: number;
}

/** Parts of the connection that commands reply by. */
export interface InboundParts<C> {
  /** Way out of the connection: its client has to read before the next command. */
  readonly outbound: Outbound;
  /** Replies that wait to share a frame. */
  readonly replies: Replies;
  readonly reports: InboundReports<C>;
}

/** Takes frames, and carries out their commands. */
export class Inbound<C extends InboundConnection> {
  /** True if the commands of a frame are being carried out; where the protocol can, their replies share one. */
  isBusy = false;
  readonly #connection: C;
  readonly #owner: InboundOwner<C>;
  readonly #parts: InboundParts<C>;
  readonly #turns: TurnShare;
  /** Frames that wait for the command before them; `undefined` while nothing is waited for. */
  #held: HeldFrames | undefined;
  /** True if those frames wait for a command, not only for a turn. */
  #awaitsCommand = false;
  /** Settles once nothing is waited for any more. */
  #waiting: Promise<void> | undefined;
  /** Ends the wait of a publisher for its recipients. */
  #resume: (() => void) | undefined;

  /** Called by its connection. */
  constructor(
    connection: C,
    owner: InboundOwner<C>,
    parts: InboundParts<C>,
  ) {
    this.#connection = connection;
    this.#owner = owner;
    this.#parts = parts;
    this.#turns = new TurnShare(owner.turns);
  }

  /** True if frames have to wait for a command. */
  get isWaiting(): boolean {
    return this.#held !== undefined;
  }

  /** Takes a frame. Its commands are carried out strictly in order. A property, so that its connection needs no method that only calls it. */
  readonly receive = (frame: Frame): void => {
    const connection = this.#connection;
    if (connection.closed) return;
    const { time, maxMessageBytes } = this.#owner;
    const bytes = lengthOf(frame);
    connection.lastMessageTime = time.now;
    connection.framesReceived++;
    connection.traffic.received(bytes);
    if (bytes * 3 > maxMessageBytes && isLongerThan(frame, maxMessageBytes)) {
      return connection.disconnect(tooBig(maxMessageBytes));
    }
    if (this.#held !== undefined) return this.#hold(frame, this.#held);
    if (this.#turns.isOver(workOf(bytes))) return this.#endTurn(frame);
    const pending = this.#carryOut(frame);
    if (pending !== undefined) this.#waiting = this.#wait(pending);
  };

  /** Carries out one command that no frame has brought, in its turn. Resolves when it is done, and never rejects. */
  async execute(command: Command): Promise<void> {
    // Not `idle()`, after which another command that waited could have its turn too.
    while (this.#held !== undefined) await this.#waiting;
    if (this.#connection.closed) return;
    const attempt = async () =>
      await this.#owner.onCommand(this.#connection, command);
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

  /** Holds later frames back until {@linkcode resume} is called, or as much has come as may wait. */
  pause(onResume: () => void): Promise<void> | undefined {
    const { closed } = this.#connection;
    if (closed || this.#held?.crowded || this.#resume) return undefined;
    const { promise, resolve } = deferred();
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

  /** Holds a frame back; a publisher that waits for its recipients is held up no longer than there is room. */
  #hold(frame: Frame, held: HeldFrames): void {
    held.push(frame);
    if (this.#resume !== undefined) {
      if (held.crowded) this.#resume();
    } else if (
      held.exceeds(this.#awaitsCommand ? 1 : TURN_SHARE) ||
      !this.#mayWait(workOf(lengthOf(frame)))
    ) this.#endFlood();
  }

  /** Counts work that has to wait; `false` if there is more of it than the other clients can bear. */
  #mayWait(work: number): boolean {
    return this.#connection.rates.takeWaiting(this.#turns.turn, work);
  }

  /** Lets the other clients have their turn before `frame` and those that follow it. */
  #endTurn(frame: Frame): void {
    this.#waiting = this.#wait(this.#turns.next());
    this.#awaitsCommand = false;
    if (this.#held !== undefined) this.#hold(frame, this.#held);
  }

  /** Carries out the commands of a frame, each once the client has read enough; the next frame waits for a returned promise. */
  #carryOut(frame: Frame): Promise<void> | void {
    const connection = this.#connection;
    const commands = this.#decode(frame);
    if (commands === undefined) return;
    const count = commands.length;
    connection.traffic.messagesReceived += count;
    if (count > 1) connection.rates.chargeMessages(count - 1);
    this.isBusy = true;
    for (let index = 0; index < count && !connection.closed; index++) {
      const command = commands[index]!;
      const isLast = index + 1 === count;
      let pending: Promise<void> | void = undefined;
      try {
        pending = this.#owner.onCommand(connection, command);
      } catch (error) {
        this.#refuse(error, command.id);
      }
      if (!isLast && this.#isCrowded) pending ??= this.#room();
      if (!isLast && this.#turns.isOver(1)) pending ??= this.#turns.next();
      if (pending !== undefined) {
        return this.#carryOn(pending, commands.slice(index));
      }
    }
    this.#rest();
  }

  /** Reads the commands of a frame; answers those that are above a rate, and returns `undefined` if none is left. */
  #decode(frame: Frame): readonly Command[] | undefined {
    const connection = this.#connection;
    const { protocol, rates } = connection;
    const { clock, isNamespace } = this.#owner;
    const bytes = lengthOf(frame);
    const isLong = bytes > LONG_FRAME;
    const exceeded = rates.takeMessage(bytes);
    const count = isLong ? protocol.countMessages?.(frame) ?? 1 : 1;
    if (count > 1 && !this.#mayWait(count)) return this.#endFlood();
    const startedAt = isLong ? clock.now : 0;
    let commands: readonly Command[];
    try {
      commands = protocol.decode(frame, isNamespace);
    } catch (error) {
      const refusal = exceeded === undefined ? error : rates.refusal(exceeded);
      this.#refuse(refusal, 0);
      return undefined;
    }
    if (isLong) {
      // Very many keys or levels take far longer than as many bytes of text.
      const work = (clock.now - startedAt) * WORK_PER_MS;
      const isFlood = !this.#mayWait(Math.min(work, bytes / SLOW_BYTES));
      if (isFlood) return this.#endFlood();
    }
    if (exceeded === undefined) return commands;
    for (const { id } of commands) {
      this.#refuse(rates.refusal(exceeded), id);
      if (connection.closed) break;
    }
    return undefined;
  }

  #endFlood(): undefined {
    this.#connection.endFlood();
  }

  /** Goes on with the commands of a frame once `pending`, which belongs to the first, is done. */
  async #carryOn(
    pending: Promise<void>,
    commands: readonly Command[],
  ): Promise<void> {
    const connection = this.#connection;
    for (let index = 0; index < commands.length; index++) {
      const command = commands[index]!;
      try {
        if (index === 0) await pending;
        else if (!connection.closed) {
          await this.#owner.onCommand(connection, command);
        }
      } catch (error) {
        this.#refuse(error, command.id);
      }
      if (index + 1 === commands.length) break;
      await this.#room();
      if (!this.#turns.isLong()) continue;
      this.#awaitsCommand = false;
      await this.#turns.next();
      this.#awaitsCommand = true;
    }
    this.#rest();
  }

  #rest(): void {
    this.isBusy = false;
    this.#parts.reports.onRest(this.#connection);
  }

  #refuse(error: unknown, id: number): void {
    this.#parts.reports.onRefused(this.#connection, { error, id });
  }

  /** Resolves once the client has read enough of its replies for the next command. */
  #room(): Promise<void> {
    const { outbound, replies } = this.#parts;
    return outbound.awaitRoom(replies.maxBytes);
  }

  /** True if the client has to read more of its replies before the next command. */
  get #isCrowded(): boolean {
    const { outbound, replies } = this.#parts;
    return !this.#connection.closed && outbound.holdsMoreThan(replies.maxBytes);
  }

  /** Holds later frames back until `pending` is done, then carries them out in turn. Never rejects. */
  async #wait(pending: Promise<void> | void): Promise<void> {
    const { reports, replies } = this.#parts;
    const held = new HeldFrames(this.#owner.maxBufferedBytes);
    this.#held = held;
    this.#awaitsCommand = true;
    this.#turns.time();
    if (replies.count > 0) {
      this.#owner.soon(() => reports.onRest(this.#connection));
    }
    try {
      for (;;) {
        await pending;
        this.#awaitsCommand = false;
        if (held.count > 0 && this.#turns.isLong()) await this.#turns.next();
        const frame = held.shift();
        if (frame === undefined || this.#connection.closed) break;
        pending = this.#carryOut(frame);
        this.#awaitsCommand = pending !== undefined;
      }
    } catch (error) {
      reports.onFailed(this.#connection, error);
    }
    this.#held = undefined;
    this.#waiting = undefined;
  }
}

/** Work that a frame causes, in messages. */
function workOf(bytes: number): number {
  return 1 + (bytes >> WORK_BITS);
}

/** The end of a connection for a message over a limit, which its reason names. */
function tooBig(maxMessageBytes: number): Disconnect {
  const { messageTooBig } = disconnects;
  const reason =
    `${messageTooBig.reason}: at most ${maxMessageBytes} bytes (MAX_MESSAGE_BYTES)`;
  return { ...messageTooBig, reason };
}
