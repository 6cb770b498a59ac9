/** Turns of the event loop, which clients share: Deno hands over a whole queue of one socket's frames before other sockets have their turn. */

import type { Clock } from "../base/clock.ts";

/**
 * Work of one client in a turn, in messages; one of `n` KiB counts `n` more. With half
 * as much, a publisher of 64 at a time had a fifth less throughput.
 */
const PER_CLIENT = 64;
/** Work of a client from which on the end of the turn is awaited: for each message it would cost more than the message. */
const UNCOUNTED = 16;
/** Work of all clients in a turn, beyond the first messages of each. */
const PER_TURN = 128;
/** Time in which one client may have commands carried out that are waited for, in milliseconds. */
const MAX_TURN_MS = 0.25;
/** Clients that go on in each turn, of those that wait. */
const CLIENTS_PER_TURN = 2;
/** Handshakes in a turn: each takes as long as ten messages. */
const HANDSHAKES_PER_TURN = 2;

/** Clients that wait, a few of which go on in each turn, in their order. */
class Line {
  readonly #perTurn: number;
  readonly #waiting: (() => void)[] = [];
  #inTurn = 0;

  constructor(perTurn: number) {
    this.#perTurn = perTurn;
  }

  /** Takes a place in this turn; `false` if all are taken. */
  take(): boolean {
    if (this.#inTurn >= this.#perTurn) return false;
    this.#inTurn++;
    return true;
  }

  /** Resolves in a later turn. */
  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Lets the next ones go on; `true` if there were some. */
  move(): boolean {
    const next = this.#waiting.splice(0, this.#perTurn);
    this.#inTurn = next.length;
    for (const resolve of next) resolve();
    return next.length > 0;
  }
}

/** Shares out the turns of the event loop. */
export class Turns {
  /** Number of the present turn, of those in which one client has taken much. */
  number = 0;
  readonly #clock: Pick<Clock, "now" | "soon">;
  readonly #clients = new Line(CLIENTS_PER_TURN);
  readonly #admitted: Line;
  /** Work in this turn beyond the first messages of each client. */
  #work = 0;
  #isArmed = false;

  /** Takes the time, the end of turns, and the number that {@linkcode admit} lets through in each. */
  constructor(
    clock: Pick<Clock, "now" | "soon">,
    admitted: number = HANDSHAKES_PER_TURN,
  ) {
    this.#clock = clock;
    this.#admitted = new Line(admitted);
  }

  /** The time, in milliseconds. */
  get now(): number {
    return this.#clock.now;
  }

  /** Counts work beyond the first messages of a client; `false` if this turn has had enough. */
  take(work: number): boolean {
    this.#work += work;
    return this.#work <= PER_TURN;
  }

  /** Resolves in a later turn, when it is the client's. */
  next(): Promise<void> {
    this.arm();
    return this.#clients.wait();
  }

  /** Resolves when it is the turn of one that begins, such as a handshake; `undefined` if it is now. */
  admit(): Promise<void> | undefined {
    this.arm();
    return this.#admitted.take() ? undefined : this.#admitted.wait();
  }

  /** Counts this turn, and lets those who wait go on at its end. */
  arm(): void {
    if (this.#isArmed) return;
    this.#isArmed = true;
    this.#clock.soon(this.#end);
  }

  readonly #end = (): void => {
    this.number++;
    this.#work = 0;
    this.#isArmed = false;
    const goOn = this.#clients.move();
    if (this.#admitted.move() || goOn) this.arm();
  };
}

/** Share of one client in the turns. */
export class TurnShare {
  readonly #turns: Turns;
  /** Number of a turn, the work in it, and the time since when that is waited for. */
  #turn = 0;
  #work = 0;
  #since: number | undefined;

  /** Called by the client's connection. */
  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** Number of the present turn, which ends. */
  get turn(): number {
    this.#turns.arm();
    return this.#turns.number;
  }

  /** Counts work; `true` if it has to wait for the {@linkcode next} turn. */
  isOver(work: number): boolean {
    const turns = this.#turns;
    if (this.#turn !== turns.number) this.#begin();
    const done = this.#work;
    this.#work += work;
    if (this.#work < UNCOUNTED) return false;
    turns.arm();
    if (done < UNCOUNTED) return false;
    return !turns.take(work) || done >= PER_CLIENT;
  }

  /** Takes the time in which commands may be waited for in this turn; returns that which is over. */
  time(): number {
    const turns = this.#turns;
    if (this.#turn !== turns.number) this.#begin();
    turns.arm();
    const { now } = turns;
    return now - (this.#since ??= now);
  }

  /** Checks whether commands that are waited for have had their time in this turn. */
  isLong(): boolean {
    return this.time() >= MAX_TURN_MS;
  }

  /** Resolves in a later turn. */
  next(): Promise<void> {
    return this.#turns.next();
  }

  #begin(): void {
    this.#turn = this.#turns.number;
    this.#work = 0;
    this.#since = undefined;
  }
}
