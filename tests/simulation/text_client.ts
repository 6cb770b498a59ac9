/** A simulated client of the text protocol: it has no positions, but one connection receives nothing twice nor out of order. */

import { SimClient } from "./sim_client.ts";

const PING_EVERY = 3;

/** State machine of one text client. */
export class TextClient extends SimClient {
  readonly protocol = "text";
  readonly #subscribed = new Set<string>();
  /** Newest offset of each channel and epoch, as long as it is connected. */
  readonly #offsets = new Map<string, number>();
  #ticks = 0;
  /** True if it was refused, and does not try again by itself. */
  #isRefused = false;
  /** Joins without an answer, and those of them from before it wanted a channel again: what refuses one of these is over. */
  #unanswered = 0;
  #outdated = 0;

  get isSettled(): boolean {
    return this.isOnline &&
      [...this.wanted].every((channel) => this.#subscribed.has(channel));
  }

  get subscribed(): readonly string[] {
    return [...this.#subscribed];
  }

  onOpen(): void {
    this.isOnline = true;
    this.#isRefused = false;
    this.#unanswered = this.#outdated = 0;
    for (const channel of this.wanted) this.#join(channel);
  }

  want(channel: string): void {
    this.wanted.add(channel);
    this.#isRefused = false;
    this.#outdated = this.#unanswered;
    if (this.isOnline) this.#join(channel);
  }

  leave(channel: string): void {
    this.wanted.delete(channel);
    if (this.isOnline) this.send(`-#${channel}`);
  }

  publish(channel: string, payload: string): void {
    if (this.isOnline) this.send(`#${channel}:${payload}`);
  }

  protected onOffline(): void {
    this.#subscribed.clear();
    this.#offsets.clear();
  }

  protected onTick(): void {
    if (++this.#ticks % PING_EVERY > 0) return;
    this.send("ping");
    if (this.#isRefused) return;
    for (const channel of this.wanted) {
      if (!this.#subscribed.has(channel)) this.#join(channel);
    }
  }

  protected receive(frame: string): void {
    const isOutdated = this.#outdated > 0;
    if (frame.startsWith("+#") || frame.startsWith("error:")) {
      this.#unanswered = Math.max(this.#unanswered - 1, 0);
      this.#outdated = Math.max(this.#outdated - 1, 0);
    }
    if (frame.startsWith("+#")) this.#subscribed.add(frame.slice(2));
    else if (frame.startsWith("-#")) this.#onEnded(frame.slice(2));
    else if (frame.startsWith("error:103")) this.#isRefused = !isOutdated;
    else if (frame.startsWith("#")) {
      // A channel's name has a colon of its own, and a payload has none.
      const colon = frame.lastIndexOf(":");
      this.#onPublication(frame.slice(1, colon), frame.slice(colon + 1));
    }
  }

  #join(channel: string): void {
    this.#unanswered++;
    this.send(`+#${channel}`);
  }

  /** It left, or may not read it any more: both look the same. */
  #onEnded(channel: string): void {
    this.#subscribed.delete(channel);
    if (!this.world.rules.permits(this.uid, channel)) {
      this.wanted.delete(channel);
    }
  }

  #onPublication(channel: string, data: string): void {
    const { ledger } = this.world;
    if (!this.#subscribed.has(channel)) {
      ledger.report(`${this.name} received of ${channel} unsubscribed`);
    }
    const place = ledger.find(this.observe(channel, data, false));
    if (place === undefined) return;
    const key = `${channel} ${place.epoch}`;
    if (place.offset <= (this.#offsets.get(key) ?? 0)) {
      ledger.report(`${this.name} received ${key} ${place.offset} late`);
    }
    this.#offsets.set(key, place.offset);
  }
}
