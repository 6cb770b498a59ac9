/** Connection of one client: frames in, frames out, and its end. */

import { type Caps, NO_CAPS } from "../auth/caps.ts";
import {
  checkDisconnect,
  type Disconnect,
  DisconnectError,
  disconnects,
  GONE,
} from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { ClientInfo } from "../base/publication.ts";
import type { Transport } from "../base/transport.ts";
import type { Intervals, Verdict } from "../heartbeat/intervals.ts";
import { ErrorBudget } from "../limits/error_budget.ts";
import type { ClientGroup } from "../limits/client_groups.ts";
import { ClientRates } from "../limits/client_rates.ts";
import type {
  Command,
  Frame,
  Outgoing,
  Protocol,
  Push,
  Reply,
} from "../protocol/types.ts";
import type { BacklogState, Droppable } from "./backlog.ts";
import type {
  ConnectionInit,
  ConnectionOwner,
  Opening,
} from "./connection_owner.ts";
import { Replies, sizeOf } from "./frame_queues.ts";
import { Inbound, type InboundReports } from "./inbound.ts";
import { Outbound } from "./outbound.ts";
import type { Traffic } from "./traffic.ts";

const NO_CHANNELS: ReadonlySet<string> = new Set();

/** One client's connection. The hub makes it; its uid and channels are the hub's to write. */
export class Connection {
  /** Bytes that are sent without a look at anything but the first four fields; negative while replies or a backlog wait, and once it has ended. */
  #credit = -1;
  #transport: Transport<Outgoing>;
  /** Counters of its protocol on its transport. */
  readonly traffic: Traffic;
  /** Protocol of the client. */
  readonly protocol: Protocol<Outgoing>;
  /** Unique among all connections, a UUID. */
  readonly id: string;
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
  caps: Caps = NO_CAPS;
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
  /** Second in which it began, on the owner's time. */
  readonly openedAt: number;
  /** End of the client's token on the scale of `Clock.now`, which a wall clock that jumps does not move. */
  expireBy: number = Infinity;
  /** Time of the last inbound frame, on the owner's time. Outbound frames do not count. */
  lastMessageTime = 0;
  /** Number of inbound frames so far. */
  framesReceived = 0;
  /** Time of the next ping; written by the heartbeat. */
  pingAt = 0;
  /** Time of the last ping; written by the heartbeat. */
  pingedAt = 0;
  /** The clients of its address, where that is known. */
  address: ClientGroup | undefined = undefined;
  /** The connections of its uid, once it has one. */
  user: ClientGroup | undefined = undefined;
  /** Rates of what the client sends. */
  readonly rates: ClientRates;
  /** Slot in the heartbeat's wheel; written by the wheel. */
  slot: number | undefined = undefined;
  /** True if the connection has ended; nothing is received or sent any more. */
  closed = false;
  /** Reason of its end; `undefined` until then. */
  end: Disconnect | undefined = undefined;
  /** Takes one frame from the transport. Its commands are carried out strictly in order. */
  receive: (frame: Frame) => void;

  static readonly #reports: InboundReports<Connection> = {
    onRest(connection) {
      if (!connection.#isRiding) connection.#sendReplies();
    },
    onRefused: (connection, { error, id }) => connection.#refuse(error, id),
    onFailed: (connection, error) => connection.#fail(error),
  };
  readonly #owner: ConnectionOwner<Connection>;
  readonly #outbound: Outbound;
  /** Undefined while there are none, for a set takes as much memory as the rest of these fields. */
  #channels: Set<string> | undefined;
  /** Most clients cause no errors. */
  #errorBudget: ErrorBudget | undefined;
  readonly #inbound: Inbound<Connection>;
  readonly #replies: Replies;
  /** True if the replies wait for the fan-out of what they acknowledge, to share its frame. */
  #isRiding = false;

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
    this.openedAt = Math.round(owner.time.now / 1_000);
    this.#transport = init.transport;
    this.#outbound = new Outbound(init.transport, this, owner);
    this.rates = new ClientRates(owner.rates);
    this.#inbound = new Inbound<Connection>(this, owner, {
      outbound: this.#outbound,
      replies: this.#replies,
      reports: Connection.#reports,
    });
    this.receive = this.#inbound.receive;
  }

  /** Time of the owner, that of {@linkcode lastMessageTime}. */
  get now(): number {
    return this.#owner.time.now;
  }

  /** Bytes that its client has not read. */
  get unsentBytes(): number {
    return this.#outbound.unsentBytes;
  }

  /** Takes another transport, such as one in front of its own, and returns the one that it had. */
  exchange(transport: Transport<Outgoing>): Transport<Outgoing> {
    const own = this.#transport;
    this.#transport = transport;
    this.#outbound.replace(transport);
    return own;
  }

  /** Counts it among the clients of its address, whose rates it shares unless it has a uid. */
  countFor(address: ClientGroup | undefined): void {
    this.address = address;
    this.rates.address = address?.rates;
    this.rates.group ??= address?.rates;
  }

  /** Names of the channels that this connection is subscribed to. */
  get channels(): ReadonlySet<string> {
    return this.#channels ?? NO_CHANNELS;
  }

  /** Adds a channel; called by the registry of subscriptions. */
  enter(channel: string): void {
    (this.#channels ??= new Set()).add(channel);
  }

  /** Removes a channel, if it is one of them; called by the registry of subscriptions. */
  leave(channel: string): void {
    if (this.#channels?.delete(channel) && this.#channels.size === 0) {
      this.#channels = undefined;
    }
  }

  /**
   * Carries out one command that no frame has brought, in its turn among the frames.
   * Resolves when it is done, and never rejects: its error is replied.
   */
  execute(command: Command): Promise<void> {
    return this.#inbound.execute(command);
  }

  /** Resolves once no command is being waited for. */
  idle(): Promise<void> {
    return this.#inbound.idle();
  }

  /** Holds frames back until `pending` is done; its error is answered like a command's. */
  waitFor(pending: Promise<void>): void {
    this.#inbound.waitFor(pending);
  }

  /** Holds frames back until {@linkcode resume}, or as much waits as may; `undefined` if it does already. */
  pause(onResume: () => void): Promise<void> | undefined {
    return this.#inbound.pause(onResume);
  }

  /** Carries on after a {@linkcode pause}. */
  resume(): void {
    this.#inbound.resume();
  }

  /** Sends one frame, after the replies that wait, with which it is joined; disconnects a client for which too much waits. */
  send(frame: Outgoing): void {
    if (sizeOf(frame) > this.#credit) {
      if (this.#replies.count > 0) frame = this.#withReplies(frame);
      if (!this.#fits(frame)) {
        if (this.closed || this.#outbound.push(frame)) return;
        return this.disconnect(disconnects.slow);
      }
    }
    this.#credit -= sizeOf(frame) + 1;
    this.traffic.sent(frame);
    try {
      this.#transport.send(frame);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Sends one frame unless it would have to wait: `false` then. */
  offer(frame: Outgoing): boolean {
    if (sizeOf(frame) > this.#credit) {
      if (this.#replies.count > 0) this.#sendReplies();
      if (!this.#fits(frame)) return this.closed;
    }
    this.send(frame);
    return true;
  }

  /** Lets a publication wait that {@linkcode offer} did not send; see {@linkcode Outbound.pushDroppable}. */
  enqueue(frame: Outgoing, droppable: Droppable): boolean {
    return !this.closed && this.#outbound.pushDroppable(frame, droppable);
  }

  /** Hands over what waits, as far as the client has read; called by the registry of backlogs. */
  look(now: number): BacklogState {
    try {
      const state = this.#outbound.resume(now);
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
    this.rates.chargeReply(sizeOf(frame));
    if (this.protocol.join === undefined) return this.send(frame);
    const rides = reply.type === "published" && this.#owner.ride(this);
    if (rides) this.#isRiding = true;
    if (!rides && !this.#inbound.isBusy) return this.send(frame);
    this.#replies.push(frame);
    this.#credit = -1;
    if (this.#replies.full) this.#sendReplies();
    // It does not wait for a later command that takes long.
    else if (this.#replies.count === 1 && this.#inbound.isWaiting) {
      this.#owner.soon(() => this.#sendReplies());
    }
  }

  /** Sends the replies that a fan-out has not taken with it; called by the coalescer. */
  advance(): number {
    this.#sendReplies();
    return 0;
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

  /** Ends the connection of a client that floods the server, and counts that against its address and its uid. */
  endFlood(): void {
    if (this.closed) return;
    this.address?.chargeFlood();
    this.user?.chargeFlood();
    this.disconnect(disconnects.tooManyRequests);
  }

  /** Notes that the transport has ended; may be called again. */
  ended(): void {
    if (!this.closed) this.#end(GONE);
    this.#outbound.drop();
    this.#owner.onTransportEnd(this);
  }

  #end(disconnect: Disconnect): void {
    this.closed = true;
    this.#credit = -1;
    this.end = disconnect;
    if (disconnect === disconnects.slow) {
      this.#owner.backlogs.counters.slowConsumers++;
    }
    this.resume();
    this.#owner.onEnd(this, disconnect);
  }

  /** Looks at the transport: `true` if the connection goes on, and a frame need not wait. */
  #fits(frame: Outgoing): boolean {
    this.#credit = this.closed ? -1 : this.#outbound.look(sizeOf(frame));
    return sizeOf(frame) <= this.#credit;
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
      // Forgotten already: the transport has failed.
    }
  }

  #sendReplies(): void {
    this.#isRiding = false;
    if (this.#replies.count === 0) return;
    for (const frame of this.#replies.take(this.protocol)) this.send(frame);
  }

  #withReplies(frame: Outgoing): Outgoing {
    this.#isRiding = false;
    const frames = [...this.#replies.take(this.protocol), frame];
    return this.protocol.join?.(frames) ?? frame;
  }

  #refuse(error: unknown, id: number): void {
    if (error instanceof DisconnectError) {
      const isFlood = error.disconnect === disconnects.tooManyRequests;
      return isFlood ? this.endFlood() : this.disconnect(error.disconnect);
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
    const isRefused = code === errors.tooManyRequests.code && id === 0;
    // A message of an SDK that has no id has no reply.
    if (isRefused && this.protocol.opening === "connect") return;
    // Without an id it is an invalid frame; a temporary error is not the client's mistake.
    if (id === 0 && !temporary) {
      this.#errorBudget ??= new ErrorBudget();
      if (this.#errorBudget.isOneTooMany(this.#owner.time.now)) {
        return this.disconnect(disconnects.tooManyErrors);
      }
    }
    this.reply({ type: "error", id, code, message, temporary });
  }
}
