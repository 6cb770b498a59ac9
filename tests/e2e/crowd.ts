/** Many raw connections to one server at once. */

import { RawSocket } from "../support/raw_socket.ts";

/** How many handshakes are under way at once. */
const BATCH = 250;

/** Connections opened together; disposing of them drops them all. */
export class Crowd implements AsyncDisposable {
  readonly sockets: RawSocket[] = [];

  /** Opens `count` connections. */
  static async open(url: URL, count: number): Promise<Crowd> {
    const crowd = new Crowd();
    try {
      while (crowd.sockets.length < count) {
        const size = Math.min(BATCH, count - crowd.sockets.length);
        await crowd.#openSome(url, size);
      }
      return crowd;
    } catch (error) {
      await crowd[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.sockets.map((socket) => socket.close()));
  }

  async #openSome(url: URL, size: number): Promise<void> {
    const batch = Array.from({ length: size }, () => RawSocket.open(url));
    const results = await Promise.allSettled(batch);
    for (const result of results) {
      if (result.status === "fulfilled") this.sockets.push(result.value);
    }
    for (const result of results) {
      if (result.status === "rejected") throw result.reason;
    }
  }
}
