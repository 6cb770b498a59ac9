import { assert, assertEquals, assertRejects } from "@std/assert";
import { ProtocolError } from "../../../lib/base/errors.ts";
import type {
  Publication,
  StreamPosition,
} from "../../../lib/base/publication.ts";
import type { Published, PublishRequest } from "../../../lib/broker/types.ts";
import { MemoryBroker } from "../../../lib/broker/memory/broker.ts";
import type { StandardSchema } from "../../../lib/channel/data_schema.ts";
import {
  type AppendRequest,
  GrowingTexts,
} from "../../../lib/hub/growing_texts.ts";
import { FakeClock, fakeRandom } from "../../support/fake_clock.ts";

const TTL_MS = 60_000;

type Terms = Partial<Omit<AppendRequest, "text">>;

/** Nodes that append to the channels of one broker. */
class TextScene {
  readonly clock = new FakeClock();
  readonly broker = new MemoryBroker({
    random: fakeRandom(),
    clock: this.clock,
  });
  /** What was published, as text and a mark where it is closed, with its time. */
  readonly published: [text: string, atMs: number][] = [];
  /** Called before each publication reaches the broker. */
  onPublish: (request: PublishRequest) => void | Promise<void> = () => {};
  readonly texts: GrowingTexts = this.node();

  constructor() {
    this.broker.start({
      deliver: (publication) => this.#note(publication),
      answer: () => undefined,
      checkPositions: () => {},
    });
    this.broker.subscribe("answer");
    this.broker.subscribe("other");
  }

  /** Another node. */
  node(): GrowingTexts {
    const { clock, broker } = this;
    const publish = async (request: PublishRequest): Promise<Published> => {
      await this.onPublish(request);
      return broker.publish(request);
    };
    return new GrowingTexts({ clock, broker, publish });
  }

  append(text: string, terms: Terms = {}): Promise<StreamPosition> {
    return this.texts.append({
      ...{ channel: "answer", text, ttlMs: TTL_MS, ...terms },
    });
  }

  /** Appends to a text, and resolves with the code of the error. */
  async refused(text: string, terms: Terms = {}): Promise<number> {
    const error = await assertRejects(
      () => this.append(text, terms),
      ProtocolError,
    );
    return error.code;
  }

  /** Lets all promises settle, and then so much time pass. */
  async pass(ms = 0): Promise<void> {
    await this.settle();
    this.clock.advance(ms);
    await this.settle();
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  }

  #note({ payload }: Publication): boolean {
    assert(typeof payload === "object" && "json" in payload);
    const { text, closed } = JSON.parse(payload.json);
    this.published.push([closed ? `${text}|` : text, this.clock.now]);
    return true;
  }
}

Deno.test("The first part after a pause is published at once, those within 40 ms are joined", async () => {
  const scene = new TextScene();
  const positions = [scene.append("a")];
  await scene.pass(10);
  positions.push(scene.append("b"));
  await scene.pass(10);
  positions.push(scene.append("c"));
  await scene.pass(19);
  assertEquals(scene.published, [["a", 0]]);
  await scene.pass(1);
  assertEquals(scene.published, [["a", 0], ["abc", 40]]);
  const offsets = (await Promise.all(positions)).map(({ offset }) => offset);
  assertEquals(offsets, [1, 2, 2]);
  await scene.pass(40);
  scene.append("d");
  await scene.pass();
  assertEquals(scene.published.at(-1), ["abcd", 80]);
});

Deno.test("What is appended in one turn after a pause is one publication", async () => {
  const scene = new TextScene();
  for (const text of ["a", "b", "c"]) scene.append(text);
  await scene.pass();
  assertEquals(scene.published, [["abc", 0]]);
});

Deno.test("A steady source publishes 25 times a second at most", async () => {
  const scene = new TextScene();
  for (let count = 0; count < 100; count++) {
    scene.append("x");
    await scene.pass(10);
  }
  await scene.pass(40);
  assertEquals(scene.published.at(-1)?.[0].length, 100);
  const times = scene.published.map(([, atMs]) => atMs);
  assertEquals(times, Array.from({ length: 26 }, (_, index) => index * 40));
});

Deno.test("A caller that waits for each answer waits once in a second, not for each part", async () => {
  const scene = new TextScene();
  let parts = 0;
  let isDone = false;
  const caller = async () => {
    while (!isDone) {
      await scene.append("x");
      parts++;
      await new Promise<void>((resolve) => scene.clock.after(5, resolve));
    }
  };
  const done = caller();
  while (scene.clock.now < 2_000) await scene.pass(1);
  isDone = true;
  await scene.pass(100);
  await done;
  // Every 5 ms, and two waits of 35.
  assert(parts > 360, `${parts} parts in two seconds`);
});

Deno.test("Parts that come together after one that waited alone are joined again", async () => {
  const scene = new TextScene();
  await scene.append("a");
  const alone = scene.append("b");
  await scene.pass(40);
  await alone;
  scene.append("c");
  await scene.pass(1);
  assertEquals(scene.published.at(-1), ["abc", 40]);
  scene.append("d");
  scene.append("e");
  await scene.pass(1);
  assertEquals(scene.published.at(-1), ["abcde", 41]);
  scene.append("f");
  await scene.pass(1);
  scene.append("g");
  await scene.pass(37);
  assertEquals(scene.published.at(-1), ["abcde", 41]);
  await scene.pass(1);
  assertEquals(scene.published.at(-1), ["abcdefg", 81]);
});

Deno.test("A part that closes a text is published at once, and nothing is appended then", async () => {
  const scene = new TextScene();
  scene.append("a");
  await scene.pass(10);
  scene.append("b");
  await scene.append("c", { close: true });
  assertEquals(scene.published, [["a", 0], ["abc|", 10]]);
  const refused = scene.refused("d");
  await scene.pass(40);
  assertEquals(await refused, 409);
  assertEquals(scene.published.length, 2);
});

Deno.test("A restart is not joined with what is before it, so that a closed text is seen", async () => {
  const scene = new TextScene();
  scene.append("a");
  await scene.pass(1);
  const all = [
    scene.append("b", { close: true }),
    scene.append("new", { restart: true }),
    scene.append(" one"),
  ];
  await scene.pass(40);
  const offsets = (await Promise.all(all)).map(({ offset }) => offset);
  assertEquals(offsets, [2, 3, 3]);
  const texts = scene.published.map(([text]) => text);
  assertEquals(texts, ["a", "ab|", "new one"]);
});

Deno.test("A part that is refused leaves those it came with", async () => {
  const scene = new TextScene();
  scene.append("a");
  await scene.pass(1);
  const [before, long, after] = [
    scene.append("b"),
    scene.refused("x".repeat(65_530)),
    scene.append("c"),
  ];
  await scene.pass(40);
  assertEquals((await before).offset, 2);
  assertEquals(await long, 106);
  assertEquals((await after).offset, 2);
  assertEquals(scene.published.at(-1)?.[0], "abc");
});

Deno.test("No more waits for a channel than its text could hold", async () => {
  const scene = new TextScene();
  const held = Promise.withResolvers<void>();
  scene.onPublish = () => held.promise;
  const first = scene.append("a");
  await scene.pass();
  const waiting = scene.append("x".repeat(60_000));
  assertEquals(await scene.refused("x".repeat(6_000)), 111);
  held.resolve();
  await scene.pass(40);
  await Promise.all([first, waiting]);
  assertEquals(scene.published.at(-1)?.[0].length, 60_001);
});

Deno.test("A key appends once, whatever has become of the text", async () => {
  const scene = new TextScene();
  const keyed = { idempotencyKey: "k", close: true };
  const first = await scene.append("a", keyed);
  await scene.pass(40);
  assertEquals(await scene.append("a", keyed), first);
  await scene.pass(40);
  await scene.append("b", { restart: true });
  await scene.pass(40);
  assertEquals(await scene.append("a", keyed), first);
  const texts = scene.published.map(([text]) => text);
  assertEquals(texts, ["a|", "b"]);
});

Deno.test("A key that was not used is refused like any part, and stands for one publication", async () => {
  const scene = new TextScene();
  await scene.append("a", { close: true });
  await scene.pass(40);
  assertEquals(await scene.refused("b", { idempotencyKey: "k" }), 409);
  await scene.pass(40);
  const all = [
    scene.append("c", { restart: true }),
    scene.append("d", { idempotencyKey: "k" }),
    scene.append("e"),
  ];
  await scene.pass(80);
  const offsets = (await Promise.all(all)).map(({ offset }) => offset);
  assertEquals(offsets, [2, 3, 4]);
  assertEquals(scene.published.at(-1)?.[0], "cde");
});

Deno.test("Parts of two nodes at the same moment are all in the text, each once", async () => {
  const scene = new TextScene();
  const others = [scene.node(), scene.node()];
  const parts: string[] = [];
  const done: Promise<StreamPosition>[] = [];
  for (let round = 0; round < 20; round++) {
    for (const [index, texts] of [scene.texts, ...others].entries()) {
      const text = `${index}.${round} `;
      parts.push(text);
      done.push(texts.append({ channel: "answer", text, ttlMs: TTL_MS }));
    }
    await scene.pass(7);
  }
  await scene.pass(100);
  await Promise.all(done);
  const [last] = scene.published.at(-1)!;
  assertEquals(
    last.trim().split(" ").map((part) => `${part} `).toSorted(),
    parts.toSorted(),
  );
  for (const index of [0, 1, 2]) {
    const mine = last.split(" ").filter((part) => part.startsWith(`${index}.`));
    assertEquals(
      mine,
      Array.from({ length: 20 }, (_, round) => `${index}.${round}`),
    );
  }
  // Each publication goes on from the one before.
  for (const [place, [text]] of scene.published.entries()) {
    const [before = ""] = scene.published[place - 1] ?? [];
    assert(text.startsWith(before), `"${text}" after "${before}"`);
  }
});

Deno.test("A part that meets another node each time is refused with a temporary error in the end", async () => {
  const scene = new TextScene();
  let publications = 0;
  scene.onPublish = ({ after }) => {
    publications++;
    if (after === undefined) return;
    const history = { size: 1, ttlMs: TTL_MS };
    const payload = { json: '{"closed":false,"text":"theirs"}' };
    scene.broker.publish({ channel: "answer", payload, history });
  };
  const error = await assertRejects(() => scene.append("ours"), ProtocolError);
  assertEquals([error.code, error.temporary], [100, true]);
  assertEquals(publications, 32);
});

Deno.test("A text whose history was removed, or has expired, begins again", async () => {
  const scene = new TextScene();
  await scene.append("a");
  await scene.broker.removeHistory("answer");
  await scene.pass(40);
  await scene.append("b");
  await scene.pass(TTL_MS);
  await scene.append("c");
  const texts = scene.published.map(([text]) => text);
  assertEquals(texts, ["a", "b", "c"]);
});

Deno.test("Only the newest text is kept of a channel", async () => {
  const scene = new TextScene();
  for (const text of ["a", "b", "c"]) {
    await scene.append(text);
    await scene.pass(40);
  }
  const found = await scene.broker.history("answer", { limit: -1 });
  assert(found.type === "history");
  assertEquals(found.publications.map(({ offset }) => offset), [3]);
});

Deno.test("A schema decides about the text as about other data", async () => {
  const scene = new TextScene();
  const data: StandardSchema = {
    "~standard": {
      version: 1,
      vendor: "test",
      validate: (value) =>
        JSON.stringify(value).includes("bad")
          ? { issues: [{ message: "bad" }] }
          : { value },
    },
  };
  await scene.append("good", { data });
  await scene.pass(40);
  assertEquals(await scene.refused("bad", { data }), 107);
  assertEquals(scene.published.map(([text]) => text), ["good"]);
});

Deno.test("A failure of the broker is that of the parts it met, and no others", async () => {
  const scene = new TextScene();
  scene.onPublish = () => Promise.reject(new Error("away"));
  await assertRejects(() => scene.append("a"), Error, "away");
  scene.onPublish = () => {};
  await scene.pass(40);
  await scene.append("b");
  const { history } = scene.broker;
  scene.broker.history = () => Promise.reject(new Error("away"));
  await scene.pass(40);
  await assertRejects(() => scene.append("c"), Error, "away");
  scene.broker.history = history;
  await scene.pass(40);
  await scene.append("d");
  assertEquals(scene.published.map(([text]) => text), ["b", "bd"]);
});

Deno.test("A node that closes publishes what waits first, and leaves no timer", async () => {
  const scene = new TextScene();
  const { pending } = scene.clock;
  scene.append("a");
  await scene.pass(1);
  const waiting = scene.append("b");
  const closed = scene.texts.close();
  await assertRejects(() => scene.append("c"), Error, "the hub is closed");
  await closed;
  assertEquals((await waiting).offset, 2);
  assertEquals(scene.published.at(-1)?.[0], "ab");
  assertEquals(scene.clock.pending, pending);
});

Deno.test("Channels do not wait for each other, and one that rests is forgotten", async () => {
  const scene = new TextScene();
  const { pending } = scene.clock;
  scene.append("a");
  await scene.pass(1);
  await scene.append("b", { channel: "other" });
  assertEquals(scene.published, [["a", 0], ["b", 1]]);
  await scene.pass(41);
  assertEquals(scene.clock.pending, pending);
});
