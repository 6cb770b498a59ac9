/** A server of several isolates, with subscribers on each. */

import { assertEquals } from "@std/assert";
import { Follower } from "../../support/follower.ts";
import { IsolateDoors } from "../../support/isolate_doors.ts";
import type { TestServer } from "../../support/server.ts";
import { TextClient } from "../../support/text_client.ts";

/** Isolates of the server. */
export const ISOLATES = 3;

/** A server, and on each of its isolates an SDK and a text client that are subscribed to "room". */
export class IsolateCrowd implements AsyncDisposable {
  readonly server: TestServer;
  readonly followers: Follower[] = [];
  readonly texts: TextClient[] = [];
  readonly #doors: IsolateDoors;
  readonly #clients = new AsyncDisposableStack();

  private constructor(doors: IsolateDoors) {
    this.#doors = doors;
    this.server = doors.server;
  }

  static async open(): Promise<IsolateCrowd> {
    // All clients read in one process, and none is to be too slow for a burst.
    const env = { MAX_BUFFERED_BYTES: "100000000" };
    const crowd = new IsolateCrowd(await IsolateDoors.start(ISOLATES, env));
    try {
      for (const url of crowd.#doors.wsUrls) await crowd.#fill(url);
      return crowd;
    } catch (error) {
      await crowd[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** How many isolates have logged an event. */
  countOf(event: string): number {
    return this.server.logs.filter((line) => line.event === event).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#clients.disposeAsync();
    await this.#doors[Symbol.asyncDispose]();
  }

  async #fill(wsUrl: string): Promise<void> {
    const follower = await Follower.open(wsUrl, "room");
    this.followers.push(this.#clients.use(follower));
    const text = this.#clients.use(await TextClient.open(`${wsUrl}/ws`));
    text.send("+#room");
    assertEquals(await text.next(), "+#room");
    this.texts.push(text);
  }
}
