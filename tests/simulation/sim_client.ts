/** Life of a simulated client's connection: dialing, waiting, and dialing again. */

import type { Ledger } from "./ledger.ts";
import type { Rules } from "./rules.ts";
import type { SeededRandom } from "./seeded_random.ts";
import type { SimSocket, SocketClient } from "./sim_socket.ts";
import type { Timeline } from "./timeline.ts";

/** Silence after which a client gives its connection up, in milliseconds. */
const SILENCE_MS = 9_000;
const TICK_MS = 1_000;

/** The world as a client sees it. */
export interface ClientWorld {
  readonly timeline: Timeline;
  readonly random: SeededRandom;
  readonly ledger: Ledger;
  readonly rules: Rules;
  /** Number of the newest publication up to an offset. */
  numberUpTo(offset: number): number;
  /** Opens a socket to some node; `undefined` if there is none. */
  dial(client: SimClient): SimSocket | undefined;
  trace(text: string): void;
}

/** One client of either protocol. */
export abstract class SimClient implements SocketClient {
  readonly name: string;
  readonly uid: string;
  readonly isProtobuf: boolean;
  /** Channels that its user wants to read. */
  readonly wanted = new Set<string>();
  /** Ids of all publications that it has received. */
  readonly received = new Set<string>();
  socket: SimSocket | undefined;
  /** True once it has been admitted. */
  isOnline = false;
  protected readonly world: ClientWorld;
  /** Those of this connection. */
  readonly #receivedNow = new Set<string>();
  #lastFrameAt = 0;
  #isWanted = true;
  #number = 0;

  constructor(
    name: string,
    uid: string,
    world: ClientWorld,
    isProtobuf = false,
  ) {
    this.isProtobuf = isProtobuf;
    this.name = name;
    this.uid = uid;
    this.world = world;
    this.#tick();
  }

  /** Name of its protocol. */
  abstract readonly protocol: "sdk" | "text";
  /** True if it receives all that it wants. */
  abstract get isSettled(): boolean;
  /** Channels that it is subscribed to, as it knows. */
  abstract get subscribed(): readonly string[];
  abstract onOpen(): void;
  abstract want(channel: string): void;
  abstract leave(channel: string): void;
  abstract publish(channel: string, payload: string): void;
  protected abstract receive(frame: string): void;
  protected abstract onOffline(): void;
  protected abstract onTick(): void;

  /** Dials, if it has no connection. */
  dial(): void {
    if (this.socket !== undefined || !this.#isWanted) return;
    this.#number++;
    this.#lastFrameAt = this.world.timeline.now;
    this.world.trace(`${this.name} dials`);
    this.socket = this.world.dial(this);
    if (this.socket === undefined) this.#dialLater();
  }

  /** Ends for good. */
  stop(): void {
    this.#isWanted = false;
    this.hangUp();
  }

  /** Closes its connection, and comes back unless it has ended. */
  hangUp(): void {
    this.socket?.clientClose();
    this.#offline();
  }

  onFrame(frame: string): void {
    this.#lastFrameAt = this.world.timeline.now;
    this.world.trace(`${this.name} < ${frame}`);
    this.receive(frame);
  }

  onClose(code: number): void {
    this.world.trace(`${this.name} closed ${code}`);
    if (code >= 3500 && code < 4000) {
      this.world.ledger.report(`${this.name} was closed for good with ${code}`);
    }
    this.#offline();
  }

  protected send(text: string): void {
    this.world.trace(`${this.name} > ${text}`);
    this.socket?.clientSend(text);
  }

  /** Calls back after a while, unless the connection is another one then. */
  protected later(ms: number, callback: () => void): () => void {
    const number = this.#number;
    return this.world.timeline.after(ms, () => {
      if (number === this.#number && this.socket !== undefined) callback();
    });
  }

  /**
   * Checks a publication that was received: it is one of the channel's, and comes
   * once; without a position, once by each connection, for another node may be behind.
   */
  protected observe(
    channel: string,
    data: string,
    isPositioned: boolean,
  ): string {
    const { ledger } = this.world;
    const id = data.slice(0, data.indexOf(" "));
    if (ledger.find(id)?.channel !== channel) {
      ledger.report(`${this.name} received ${id}, unknown in ${channel}`);
    }
    const known = isPositioned ? this.received : this.#receivedNow;
    if (known.has(id)) {
      ledger.report(`${this.name} received ${id} of ${channel} twice`);
    }
    this.received.add(id);
    this.#receivedNow.add(id);
    return id;
  }

  #offline(): void {
    if (this.socket === undefined) return;
    this.socket = undefined;
    this.isOnline = false;
    this.#receivedNow.clear();
    this.onOffline();
    this.#dialLater();
  }

  #dialLater(): void {
    if (!this.#isWanted) return;
    const { random, timeline } = this.world;
    timeline.after(random.between(100, 1_500), () => this.dial());
  }

  #tick(): void {
    const { timeline } = this.world;
    timeline.after(TICK_MS, () => {
      if (!this.#isWanted) return;
      const isSilent = timeline.now - this.#lastFrameAt > SILENCE_MS;
      if (this.socket !== undefined && isSilent && !this.socket.isStuck) {
        this.hangUp();
      } else if (this.isOnline) this.onTick();
      this.#tick();
    });
  }
}
