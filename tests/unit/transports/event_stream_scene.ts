/** Event streams of a hub on fake time, and their reader. */

import { assert } from "@std/assert";
import type { FeedQuery } from "../../../lib/transports/plain_http.ts";
import { openEventStream } from "../../../lib/transports/event_stream.ts";
import { takeSlot } from "../../../lib/transports/admission_slot.ts";
import { Scene, type SceneOptions } from "../../support/scene.ts";

/** Time in which a slow client is found. */
export const GRACE_MS = 1_100;

/** A hub of which a client is slow early. */
export const SMALL = { limits: { maxBufferedBytes: 1_000 } };

/** A stream that is read when the test wants it. */
export class Reader {
  text = "";
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
  readonly #decoder = new TextDecoder();

  constructor(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.#reader = body.getReader();
  }

  /** Reads until `last` has come. */
  async until(last: string): Promise<string> {
    while (!this.text.includes(last)) {
      const { done, value } = await this.#reader.read();
      if (done) throw new Error(`Cannot find ${last} in ${this.text}`);
      this.text += this.#decoder.decode(value, { stream: true });
    }
    return this.text;
  }

  leave(): Promise<void> {
    return this.#reader.cancel();
  }
}

/** Opens a stream; `meanwhile` is awaited before its beginning is. */
export async function open(
  scene: Scene,
  query: FeedQuery,
  meanwhile?: () => Promise<void>,
): Promise<Reader> {
  const { hub } = scene;
  const slot = takeSlot(hub);
  assert(slot);
  const identity = { uid: "reader", expiresAt: Infinity };
  const opening = openEventStream(hub, query, { identity, slot });
  await meanwhile?.();
  const opened = await opening;
  if ("refusal" in opened) throw new Error(opened.refusal.message);
  return new Reader(opened.body);
}

/** Runs a test with a hub that is closed at its end. */
export async function closing<T>(
  options: SceneOptions,
  run: (scene: Scene) => Promise<T>,
): Promise<T> {
  const scene = new Scene(options);
  try {
    return await run(scene);
  } finally {
    await scene.hub.close();
  }
}
