/** Subscribers of one channel on this node, and the fan-out to them. */

import type { Connection } from "./connection.ts";
import type { Frame, Protocol } from "./protocol/types.ts";
import type { Publication } from "./publication.ts";

/** One channel of this node. */
export class Channel {
  /** Resolves once the broker delivers this channel's publications. */
  readonly ready: Promise<void>;
  /** Connections that wait for {@linkcode ready}; while there are any, the channel is in use. */
  waiting = 0;
  readonly #subscribers = new Set<Connection>();

  constructor(ready: Promise<void>) {
    this.ready = ready;
  }

  /** Whether nobody is subscribed, nor about to be. */
  get unused(): boolean {
    return this.#subscribers.size === 0 && this.waiting === 0;
  }

  /** Subscribes `connection`; again is the same as once. */
  add(connection: Connection): void {
    this.#subscribers.add(connection);
  }

  /** Ends the subscription of `connection`, also in the middle of a fan-out. */
  remove(connection: Connection): void {
    this.#subscribers.delete(connection);
  }

  /** Sends `publication` to every subscriber, encoded once per protocol; says whether there was one. */
  deliver(publication: Publication): boolean {
    let protocol: Protocol | undefined;
    let frame: Frame = "";
    // Most channels have subscribers of one protocol only: they need no table.
    let frames: Map<Protocol, Frame> | undefined;
    for (const subscriber of this.#subscribers) {
      if (subscriber.protocol !== protocol) {
        if (protocol !== undefined) {
          frames = (frames ?? new Map()).set(protocol, frame);
        }
        protocol = subscriber.protocol;
        frame = frames?.get(protocol) ??
          protocol.encodePublication(publication);
      }
      subscriber.send(frame);
    }
    return protocol !== undefined;
  }
}
