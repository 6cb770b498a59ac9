/** Phone of one person: one call at a time, whose signals are direct messages. */

import type { Centrifuge } from "centrifuge";
import { Call } from "./call.ts";
import type { Signal } from "./peer.ts";

/** Properties of a phone. */
export interface PhoneOptions {
  /** Name of its person. */
  readonly name: string;
  readonly client: Centrifuge;
  readonly openPictures: () => Promise<MediaStream>;
  /** Shows the pictures of both sides; none where there is no call. */
  readonly onPictures: (pictures: Pictures) => void;
  /** Shows the person at the other end, and how the call is. */
  readonly onState: (partner: string, state: string) => void;
  /** A signal did not arrive. */
  readonly onLoss: () => void;
}

/** Pictures of both sides. */
export interface Pictures {
  readonly own?: MediaStream;
  readonly theirs?: MediaStream;
}

interface Current {
  readonly partner: string;
  readonly call: Promise<Call>;
}

/** Begins, takes and ends calls. */
export class Phone {
  readonly #options: PhoneOptions;
  #current: Current | undefined;

  constructor(options: PhoneOptions) {
    this.#options = options;
    options.client.on("message", ({ data: { from, signal } }) => {
      this.#receive(from, signal);
    });
  }

  /** Calls a person. */
  call(partner: string): void {
    this.#begin(partner, true);
  }

  /** Ends the call. */
  hangUp(): void {
    if (this.#current === undefined) return;
    this.#send(this.#current.partner, { bye: true });
    this.#end("You have ended the call");
  }

  /** Makes up for signals that were lost with a line, by another offer. */
  async renew(): Promise<void> {
    (await this.#current?.call)?.restart();
  }

  #begin(partner: string, isCaller: boolean): Current {
    this.#options.onState(partner, "connecting");
    return this.#current = { partner, call: this.#open(partner, isCaller) };
  }

  async #open(partner: string, isCaller: boolean): Promise<Call> {
    const { name, openPictures, onPictures, onState } = this.#options;
    const own = await openPictures();
    onPictures({ own });
    return new Call({
      // Both sides come to the same result.
      isPolite: name < partner,
      isCaller,
      media: own,
      send: (signal) => this.#send(partner, signal),
      onPictures: (theirs) => onPictures({ own, theirs }),
      onState: (state) =>
        onState(partner, state === "connected" ? "in a call" : state),
    });
  }

  async #receive(from: string, signal: Signal): Promise<void> {
    const { partner } = this.#current ?? {};
    if (signal.bye) {
      if (partner === from) this.#end(`${from} has ended the call`);
      return;
    }
    const isBusy = partner !== undefined && partner !== from;
    // Of a call that is over here, which the other side does not know.
    const isOver = partner === undefined && !signal.invite;
    if (isBusy || isOver) {
      if (signal.description) this.#send(from, { bye: true });
      return;
    }
    const { call } = this.#current ?? this.#begin(from, false);
    await (await call).take(signal);
  }

  async #send(to: string, signal: Signal): Promise<void> {
    const { client, onState, onLoss } = this.#options;
    try {
      await client.rpc("call:signal", { to, signal });
    } catch (error) {
      onLoss();
      onState(this.#current?.partner ?? "", Object(error).message);
    }
  }

  async #end(reason: string): Promise<void> {
    const ended = this.#current;
    this.#current = undefined;
    this.#options.onState("", reason);
    this.#options.onPictures({});
    (await ended?.call)?.close();
  }
}
