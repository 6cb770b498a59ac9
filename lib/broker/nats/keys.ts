/** Idempotency keys in NATS: JetStream knows a message again by its id. */

import type { StreamPosition } from "../../base/publication.ts";
import type { Published, PublishRequest } from "../types.ts";
import type { NatsStore } from "./store.ts";
import { tokenOf } from "./subjects.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Headers of the message that has a publication's key. */
export function keyHeaders(
  { channel, idempotencyKey }: PublishRequest,
): Readonly<Record<string, string>> {
  if (idempotencyKey === undefined) return {};
  return { "Nats-Msg-Id": `${tokenOf(channel)}.${tokenOf(idempotencyKey)}` };
}

/**
 * Keeps the keys of publications that are not stored, each as a message with the position
 * that the publication resolved with.
 */
export class Keys {
  readonly #store: NatsStore;

  /** Uses the streams of a hub. */
  constructor(store: NatsStore) {
    this.#store = store;
  }

  /**
   * Notes the key of a publication that resolves with a position without being stored.
   * Resolves with the result of the first publication that has the key, if this is another.
   */
  async note(
    request: PublishRequest,
    { offset, epoch }: StreamPosition,
  ): Promise<Published | undefined> {
    if (request.idempotencyKey === undefined) return undefined;
    const { seq, duplicate } = await this.#store.put(
      this.#store.subjects.keys(request.channel),
      encoder.encode(`${offset} ${epoch}`),
      keyHeaders(request),
    );
    if (!duplicate) return undefined;
    const first = { offset: seq, epoch: this.#store.epoch, delivered: false };
    return await this.find(request.channel, seq) ?? first;
  }

  /** Finds the result of the publication whose key a message has; `undefined` if the message is the publication itself. */
  async find(channel: string, seq: number): Promise<Published | undefined> {
    const { jetStream, subjects } = this.#store;
    const found = await jetStream.at(subjects.stream, seq);
    if (found?.subject !== subjects.keys(channel)) return undefined;
    const [offset, epoch = ""] = decoder.decode(found.data).split(" ");
    return { offset: Number(offset), epoch, delivered: false };
  }
}
