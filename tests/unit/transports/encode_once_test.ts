/** Feeds write a publication once for all their clients: JSON once, and bytes once for each form. */

import { assert, assertEquals } from "@std/assert";
import { memoryHub } from "../../support/memory_hub.ts";
import type { Hub } from "../../../lib/hub/hub.ts";
import { createLog } from "../../../lib/base/log.ts";
import type { Payload } from "../../../lib/base/publication.ts";
import type { Cursor } from "../../../lib/protocol/cursor.ts";
import { takeSlot } from "../../../lib/transports/admission_slot.ts";
import { openEventStream } from "../../../lib/transports/event_stream.ts";
import {
  longPoll,
  type PollOutcome,
} from "../../../lib/transports/long_poll.ts";
import type { PlainHttpOptions } from "../../../lib/transports/plain_http.ts";
import { countEncodings } from "../../support/count_encodings.ts";
import { FakeClock, fakeRandom } from "../../support/fake_clock.ts";

/** Payloads that stand differently in JSON. */
const PAYLOADS: readonly Payload[] = [
  "text",
  new Uint8Array([1, 2, 3]).buffer,
  { json: '{"an":["object"]}' },
];

/** A hub that logs nothing, for the lines of a log are JSON too. */
class QuietScene {
  readonly clock = new FakeClock();
  readonly hub: Hub = memoryHub({
    insecureAnonymousAll: true,
    clock: this.clock,
    random: fakeRandom(),
    log: createLog({ level: "error", clock: this.clock, write: () => {} }),
  }).hub;

  publish(channel: string): void {
    const info = { client: "c", user: "alice" };
    const tags = { a: "b" };
    for (const payload of PAYLOADS) {
      this.hub.publish(channel, payload, { info, tags });
    }
  }

  /** Lets everything happen that is to happen soon. */
  async turn(): Promise<void> {
    for (let turn = 0; turn < 100; turn++) await Promise.resolve();
    this.clock.advance(10);
    for (let turn = 0; turn < 100; turn++) await Promise.resolve();
  }

  async beginningOf(channel: string): Promise<Cursor> {
    return new Map([[channel, await this.hub.broker.position(channel)]]);
  }

  poll(channel: string, since: Cursor): Promise<PollOutcome> {
    const query = { channels: [channel], since };
    return longPoll(this.hub, query, { ...this.#client(), timeoutMs: 25_000 });
  }

  async stream(channels: readonly string[]): Promise<ByteReader> {
    const query = { channels, since: undefined };
    const opened = await openEventStream(this.hub, query, this.#client());
    assert("body" in opened);
    return opened.body.getReader();
  }

  #client(): PlainHttpOptions {
    const slot = takeSlot(this.hub);
    assert(slot);
    return { identity: { uid: "reader", expiresAt: Infinity }, slot };
  }
}

type ByteReader = ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;

Deno.test("A poll that recovers writes the JSON of each publication once, and parses none", async () => {
  const scene = new QuietScene();
  const since = await scene.beginningOf("news");
  scene.publish("news");
  const { parses, writes } = await countEncodings(async () => {
    const pending = scene.poll("news", since);
    await scene.turn();
    const answer = await pending;
    assert("publications" in answer);
    assertEquals(answer.publications.length, 3);
  });
  assertEquals({ parses, writes }, { parses: 0, writes: 3 });
  await scene.hub.close();
});

Deno.test("Polls and event streams share the JSON of a publication, and streams its bytes", async () => {
  const scene = new QuietScene();
  const since = await scene.beginningOf("news");
  const polls = [1, 2, 3].map(() => scene.poll("news", since));
  const streams: ByteReader[] = [];
  for (let stream = 0; stream < 100; stream++) {
    streams.push(await scene.stream(["news"]));
  }
  for (const stream of streams) await stream.read();
  const count = await countEncodings(async () => {
    scene.publish("news");
    await scene.turn();
  });
  const { parses, writes } = count;
  assertEquals({ parses, writes }, { parses: 0, writes: 3 });
  // Not one of them is for one of a hundred streams.
  assert(count.encodes < 10, `${count.encodes} texts became bytes`);
  const chunks = await Promise.all(
    streams.map(async (stream) => (await stream.read()).value),
  );
  // Of all streams, the chunk is the very same object.
  assertEquals(new Set(chunks).size, 1);
  assertEquals(
    new TextDecoder().decode(chunks[0]).match(/^data: /gm)?.length,
    3,
  );
  for (const answer of await Promise.all(polls)) {
    assert("publications" in answer);
    assertEquals(answer.publications.length, 3);
  }
  for (const stream of streams) await stream.cancel();
  await scene.hub.close();
});

Deno.test("Event streams of several channels have ids of their own, and share the rest", async () => {
  const scene = new QuietScene();
  const streams: ByteReader[] = [];
  for (let stream = 0; stream < 100; stream++) {
    streams.push(await scene.stream(["news", "sports"]));
  }
  const count = await countEncodings(async () => {
    scene.publish("news");
    await scene.turn();
  });
  const { parses, writes, encodes } = count;
  assertEquals({ parses, writes }, { parses: 0, writes: 3 });
  // An id for each of three publications and a hundred clients, and three lines of data.
  assertEquals(encodes, 303);
  for (const stream of streams) await stream.cancel();
  await scene.hub.close();
});
