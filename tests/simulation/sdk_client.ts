/** A simulated client of the SDKs' protocol: it keeps its positions, recovers, and notices every gap. */

import type { StreamPosition } from "../../lib/base/publication.ts";
import { tokenOf } from "../support/fake_tokens.ts";
import { fieldOf } from "../support/sdk_client.ts";
import { PRIVATE } from "./rules.ts";
import { SimClient } from "./sim_client.ts";

/** Time in which a command is answered, in milliseconds. */
const TIMEOUT_MS = 6_000;

/** Errors after which a command may be tried again. */
const TEMPORARY = 100;
const PERMISSION_DENIED = 103;

interface Subscription {
  state: "off" | "asking" | "on" | "leaving";
  isPositioned: boolean;
  position: StreamPosition | undefined;
  /** The position that the subscription was asked for with. */
  since: StreamPosition | undefined;
}

type Command =
  | { readonly type: "connect" }
  | {
    readonly type: "subscribe" | "unsubscribe" | "history" | "presence";
    readonly channel: string;
  }
  | { readonly type: "publish"; readonly channel: string; readonly id: string };

/** State machine of one SDK. */
export class SdkClient extends SimClient {
  readonly protocol = "sdk";
  /** Id of its connection. */
  client = "";
  /** Publications that were acknowledged. */
  acknowledged = 0;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #commands = new Map<number, Command>();
  /** Newest offset of each channel and epoch. */
  readonly #tops = new Map<string, number>();
  #id = 0;

  get isSettled(): boolean {
    return this.isOnline &&
      [...this.wanted].every((name) => this.#of(name).state === "on");
  }

  get subscribed(): readonly string[] {
    return [...this.#subscriptions].flatMap(([name, { state }]) =>
      state === "on" ? [name] : []
    );
  }

  /** Its position in a channel; `undefined` if it has none. */
  positionIn(channel: string): StreamPosition | undefined {
    const { state, isPositioned, position } = this.#of(channel);
    return state === "on" && isPositioned ? position : undefined;
  }

  onOpen(): void {
    const token = tokenOf({ sub: this.uid });
    this.#command({ type: "connect" }, { connect: { token } });
  }

  want(channel: string): void {
    this.wanted.add(channel);
    this.#subscribe(channel);
  }

  leave(channel: string): void {
    this.wanted.delete(channel);
    const subscription = this.#of(channel);
    if (!this.isOnline || subscription.state === "off") return;
    subscription.state = "leaving";
    this.#command({ type: "unsubscribe", channel }, {
      unsubscribe: { channel },
    });
  }

  publish(channel: string, payload: string): void {
    if (!this.isOnline) return;
    const id = payload.slice(0, payload.indexOf(" "));
    this.#command({ type: "publish", channel, id }, {
      publish: { channel, data: payload },
    });
  }

  /** Reads a channel's history. */
  history(channel: string): void {
    if (!this.isOnline) return;
    this.#command({ type: "history", channel }, {
      history: { channel, limit: 1_000_000 },
    });
  }

  /** Reads a channel's presence. */
  presence(channel: string): void {
    if (!this.isOnline) return;
    this.#command({ type: "presence", channel }, { presence: { channel } });
  }

  /** Asks for what it may not read, from the beginning on. */
  intrude(channel: string): void {
    const subscription = this.#of(channel);
    if (subscription.state !== "off" || !this.isOnline) return;
    this.#subscribe(channel, { offset: 0, epoch: "" });
  }

  protected onOffline(): void {
    this.#commands.clear();
    for (const subscription of this.#subscriptions.values()) {
      subscription.state = "off";
    }
  }

  protected onTick(): void {
    for (const channel of this.wanted) this.#subscribe(channel);
  }

  protected receive(frame: string): void {
    for (const line of frame.split("\n")) {
      const message: unknown = JSON.parse(line);
      const id = fieldOf(message, "id");
      const push = fieldOf(message, "push");
      if (typeof id === "number") this.#onReply(id, message);
      else if (push !== undefined) this.#onPush(push);
      else this.send("{}");
    }
  }

  #of(channel: string): Subscription {
    const known = this.#subscriptions.get(channel) ?? {
      state: "off",
      isPositioned: false,
      position: undefined,
      since: undefined,
    };
    this.#subscriptions.set(channel, known);
    return known;
  }

  #command(command: Command, message: Record<string, unknown>): void {
    const id = ++this.#id;
    this.#commands.set(id, command);
    this.send(JSON.stringify({ id, ...message }));
    this.later(TIMEOUT_MS, () => {
      const isPaused = this.socket?.isStuck === true;
      if (this.#commands.has(id) && !isPaused) this.hangUp();
    });
  }

  #subscribe(channel: string, from?: StreamPosition): void {
    const subscription = this.#of(channel);
    if (!this.isOnline || subscription.state !== "off") return;
    subscription.state = "asking";
    const since = subscription.since = subscription.position ?? from;
    const mayHaveToken = channel === PRIVATE &&
      this.world.rules.hasToken(this.uid);
    const token = mayHaveToken ? tokenOf({ sub: this.uid, channel }) : "";
    const recover = since === undefined ? {} : { recover: true, ...since };
    this.#command({ type: "subscribe", channel }, {
      subscribe: { channel, token, join_leave: true, ...recover },
    });
  }

  #onReply(id: number, message: unknown): void {
    const command = this.#commands.get(id);
    this.#commands.delete(id);
    if (command === undefined) return;
    const error = fieldOf(message, "error");
    if (error !== undefined) return this.#onError(command, error);
    const result = fieldOf(message, command.type);
    switch (command.type) {
      case "connect":
        this.isOnline = true;
        this.client = String(fieldOf(result, "client"));
        for (const channel of this.wanted) this.#subscribe(channel);
        return;
      case "subscribe":
        return this.#onSubscribed(command.channel, result);
      case "unsubscribe":
        this.#end(command.channel, "leaving");
        return;
      case "publish":
        return this.#onPublished(command.id);
      case "history":
        return this.#onHistory(command.channel, result);
      case "presence":
        return;
    }
  }

  #onError(command: Command, error: unknown): void {
    const code = fieldOf(error, "code");
    const { ledger } = this.world;
    if (code !== TEMPORARY && code !== PERMISSION_DENIED) {
      if (command.type === "history") return;
      ledger.report(
        `${this.name}: error ${code} to ${JSON.stringify(command)}`,
      );
    }
    if (command.type === "connect") return this.hangUp();
    if (command.type === "subscribe") this.#of(command.channel).state = "off";
  }

  #onPublished(id: string): void {
    this.acknowledged++;
    const { ledger } = this.world;
    const tried = ledger.tried.get(id);
    const isKept = tried !== undefined && !tried.channel.includes(":");
    if (isKept && tried.acknowledged === undefined) {
      ledger.report(`${id} was acknowledged, but has no position`);
    }
  }

  #onSubscribed(channel: string, result: unknown): void {
    const subscription = this.#of(channel);
    const { ledger } = this.world;
    if (subscription.state === "asking") subscription.state = "on";
    const { since } = subscription;
    const isRecovered = fieldOf(result, "recovered") === true;
    subscription.isPositioned = fieldOf(result, "positioned") === true;
    const publications = fieldOf(result, "publications") ?? [];
    if (!subscription.isPositioned || !Array.isArray(publications)) return;
    const epoch = String(fieldOf(result, "epoch") ?? "");
    const offset = Number(fieldOf(result, "offset") ?? 0);
    if (isRecovered) {
      const fits = since !== undefined && since.offset === offset &&
        (since.epoch === "" || since.epoch === epoch);
      if (!fits) ledger.report(`${this.name} recovered from another position`);
    } else if (publications.length > 0) {
      ledger.report(`${this.name} did not recover, and has publications`);
    }
    const top = this.#tops.get(`${channel} ${epoch}`) ?? 0;
    if (!isRecovered && offset < top) {
      ledger.report(
        `${this.name} is put back from ${channel} ${epoch} ${top} to ${offset}`,
      );
    }
    subscription.position = { offset, epoch };
    this.#tops.set(`${channel} ${epoch}`, Math.max(top, offset));
    for (const publication of publications) {
      this.#onPublication(channel, publication);
    }
  }

  #onHistory(channel: string, result: unknown): void {
    const epoch = String(fieldOf(result, "epoch") ?? "");
    const publications = fieldOf(result, "publications");
    if (!Array.isArray(publications)) return;
    for (const publication of publications) {
      const payload = String(fieldOf(publication, "data"));
      const offset = Number(fieldOf(publication, "offset"));
      this.world.ledger.place({ channel, epoch, offset, payload });
    }
  }

  #onPush(push: unknown): void {
    const channel = String(fieldOf(push, "channel"));
    const publication = fieldOf(push, "pub");
    const ended = fieldOf(push, "unsubscribe");
    if (publication !== undefined) {
      const { state } = this.#of(channel);
      if (state === "on") this.#onPublication(channel, publication);
      else if (state !== "leaving") {
        this.world.ledger.report(
          `${this.name} received of ${channel} while it is ${state}`,
        );
      }
    } else if (ended !== undefined) {
      this.#end(channel, "on");
      // Below 2500 a client does not subscribe again by itself.
      if (Number(fieldOf(ended, "code")) < 2500) this.wanted.delete(channel);
    }
  }

  /** Ends a subscription, if it is in this state: another command may have begun meanwhile. */
  #end(channel: string, state: Subscription["state"]): void {
    const subscription = this.#of(channel);
    if (subscription.state === state) subscription.state = "off";
  }

  #onPublication(channel: string, publication: unknown): void {
    const { ledger } = this.world;
    const subscription = this.#of(channel);
    const { position, isPositioned } = subscription;
    const data = String(fieldOf(publication, "data"));
    const id = this.observe(channel, data, isPositioned);
    const offset = Number(fieldOf(publication, "offset") ?? 0);
    if (!isPositioned || position === undefined) return;
    const { epoch } = position;
    const place = ledger.find(id);
    if (place?.epoch !== epoch || place.offset !== offset) {
      ledger.report(`${this.name} received ${id} at ${epoch} ${offset}`);
    }
    const { world } = this;
    if (world.numberUpTo(offset) !== world.numberUpTo(position.offset) + 1) {
      ledger.report(
        `${this.name} received ${channel} ${epoch} ${offset} after ${position.offset}`,
      );
    }
    subscription.position = { offset, epoch };
    this.#tops.set(`${channel} ${epoch}`, offset);
  }
}
