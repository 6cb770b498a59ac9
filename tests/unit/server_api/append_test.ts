import { assert, assertEquals } from "@std/assert";
import {
  DEFAULT_CHANNEL_OPTIONS,
  Namespaces,
} from "../../../lib/channel/channel_options.ts";
import { ApiScene, codeOf } from "../../support/api_scene.ts";

const CACHE = {
  ...DEFAULT_CHANNEL_OPTIONS,
  recoveryMode: "cache",
} as const;

const NAMESPACES = new Namespaces(
  DEFAULT_CHANNEL_OPTIONS,
  new Map([["answer", CACHE], ["bare", { ...CACHE, historySize: 0 }]]),
);

function scene(): ApiScene {
  return new ApiScene({ namespaces: NAMESPACES });
}

const channel = "answer:1";

/** Calls `append`, and lets so much time pass. */
async function append(
  scene: ApiScene,
  body: unknown,
  ms = 40,
): Promise<unknown> {
  const answer = scene.call("append", body);
  await scene.settle();
  scene.clock.advance(ms);
  return await answer;
}

/** The data that the channel keeps. */
async function kept(scene: ApiScene): Promise<unknown[]> {
  const answer = await scene.call("history", { channel, limit: -1 });
  const { publications } = Object(Object(answer).result);
  return publications.map(({ data }: { data: unknown }) => data);
}

Deno.test("append keeps the whole text, and answers with the position of its publication", async () => {
  const api = scene();
  for (const [index, part] of ["a ", "growing ", "text"].entries()) {
    const answer = await append(api, { channel, append: part });
    const { offset, epoch } = Object(Object(answer).result);
    assertEquals([offset, typeof epoch], [index + 1, "string"]);
  }
  assertEquals(await kept(api), [{ closed: false, text: "a growing text" }]);
  await append(api, { channel, append: ".", close: true });
  assertEquals(await kept(api), [{ closed: true, text: "a growing text." }]);
});

Deno.test("append sends subscribers the whole text each time", async () => {
  const api = scene();
  const client = await api.subscriber(channel);
  await append(api, { channel, append: "a" });
  await append(api, { channel, close: true });
  const data = client.take().map(({ push }) => Object(push).pub?.data);
  assertEquals(data.filter(Boolean), [
    { closed: false, text: "a" },
    { closed: true, text: "a" },
  ]);
});

Deno.test("append says why a text does not take a part", async () => {
  const api = scene();
  await append(api, { channel, append: "a", close: true });
  const call = async (body: unknown) => codeOf(await append(api, body));
  assertEquals(await call({ channel, append: "b" }), "409");
  const restart = { channel, append: "b", restart: true };
  assertEquals(await call(restart), undefined);
  assertEquals(await call({ channel, append: "x".repeat(65_536) }), "106");
  // The channel has other data.
  await api.call("publish", { channel, data: { price: 1 } });
  assertEquals(await call({ channel, append: "b" }), "107");
  assertEquals(await call(restart), undefined);
  // In the mode "stream", without a history, of no namespace.
  assertEquals(await call({ channel: "news", append: "b" }), "108");
  assertEquals(await call({ channel: "bare:1", append: "b" }), "108");
  assertEquals(await call({ channel: "other:1", append: "b" }), "102");
  // With nothing to append.
  assertEquals(await call({ channel }), "107");
  assertEquals(await call({ channel, append: 5 }), "107");
  assertEquals(await call({ append: "b" }), "107");
});

Deno.test("append with the same key appends once", async () => {
  const api = scene();
  const body = { channel, append: "a", idempotency_key: "k" };
  const first = await append(api, body);
  await append(api, { channel, append: "b" });
  assertEquals(await append(api, body), first);
  assertEquals(await kept(api), [{ closed: false, text: "ab" }]);
});

Deno.test("A parallel batch of appends is one publication, in its order", async () => {
  const api = scene();
  const parts = ["a", "b", "c", "d"];
  const commands = parts.map((append) => ({ append: { channel, append } }));
  const answer = api.call("batch", { commands, parallel: true });
  await api.settle();
  api.clock.advance(40);
  const { replies } = Object(await answer);
  assertEquals(replies.length, 4);
  const offsets = replies.map(({ append }: Record<string, unknown>) =>
    Object(append).offset
  );
  assert(offsets.every((offset: unknown) => offset === offsets[0]), offsets);
  assertEquals(await kept(api), [{ closed: false, text: "abcd" }]);
});
