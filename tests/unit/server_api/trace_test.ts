/** Traces: bounded, without secrets, ending by themselves, and without a trace left behind. */

import { assert, assertEquals, assertFalse, assertRejects } from "@std/assert";
import type { TraceAnswer } from "../../../lib/node_calls/inspection_call.ts";
import type { TraceLines } from "../../../lib/server_api/server_api.ts";
import { ApiScene } from "../../support/api_scene.ts";
import { tokenOf } from "../../support/fake_tokens.ts";

const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.c2lnbmF0dXJl";

/** Reads a trace while the time of a scene goes on. */
class Reader {
  readonly #scene: ApiScene;
  readonly #lines: TraceLines;

  private constructor(scene: ApiScene, lines: TraceLines) {
    this.#scene = scene;
    this.#lines = lines;
  }

  static async open(scene: ApiScene, body: object): Promise<Reader> {
    return new Reader(scene, await scene.trace(body));
  }

  /** The next line; `undefined` at the end. */
  async next(): Promise<TraceAnswer | undefined> {
    const coming = this.#lines.rest.next();
    let isThere = false;
    coming.finally(() => isThere = true);
    for (let period = 0; !isThere && period < 1_300; period++) {
      await this.#scene.settle();
      if (!isThere) this.#scene.clock.advance(500);
    }
    const { value } = await coming;
    return value === undefined ? undefined : JSON.parse(value);
  }

  async close(): Promise<void> {
    const closing = this.#lines.rest.return();
    await this.#scene.settle();
    this.#scene.clock.advance(500);
    await closing;
  }
}

Deno.test("A trace has the frames of a connection in both directions, and payloads only on request", async () => {
  for (const payloads of [false, true]) {
    const scene = new ApiScene();
    const bob = scene.connect("bob");
    const reader = await Reader.open(scene, {
      client: bob.connection.id,
      payloads,
    });
    bob.connection.receive("ping");
    const line = await reader.next();
    assertEquals(
      line?.frames.map((
        { direction, bytes, text },
      ) => [direction, bytes, text]),
      [
        ["in", 4, payloads ? "ping" : undefined],
        ["out", 4, payloads ? "pong" : undefined],
      ],
    );
    assertEquals([line?.in.frames, line?.out.frames], [1, 1]);
    assertEquals(bob.transport.take(), ["pong"]);
  }
});

Deno.test("A trace has what a channel delivers, once for all of its subscribers, also where there is none", async () => {
  const scene = new ApiScene();
  for (const uid of ["a", "b"]) await scene.join(scene.connect(uid), "news");
  for (const channel of ["news", "empty"]) {
    const reader = await Reader.open(scene, { channel, payloads: true });
    await scene.hub.publish(channel, "hello");
    const line = await reader.next();
    assertEquals(
      line?.frames.map(({ type, text, offset }) => [type, text, offset]),
      [["publication", "hello", 1]],
    );
    await reader.close();
  }
  assertFalse(scene.hub.channels.has("empty"));
  assertEquals(scene.hub.channels.get("news")?.observers, undefined);
});

Deno.test("Tokens, sessions and authenticating headers are in no trace", async () => {
  const scene = new ApiScene({ insecureAnonymousAll: false });
  const text = scene.connect(null);
  const reader = await Reader.open(scene, {
    client: text.connection.id,
    payloads: true,
  });
  const frames = [
    `auth:${JWT}`,
    `auth:garbage-that-was-meant-as-a-token`,
    `{"id":1,"connect":{"token":"plain-secret","headers":{"Authorization":"basic-secret","cookie":"sid-secret"}}}`,
    `{"id":1,"connect":{"tok\\u0065n":"${JWT}"}}`,
    `{"id":2,"subscribe":{"channel":"a","token":"cut-off-secret`,
    `#room:my token is ${JWT}, keep it`,
  ];
  for (const frame of frames) text.connection.receive(frame);
  text.connection.receive(
    new TextEncoder().encode(`\n\u0001${JWT}`).buffer,
  );
  const line = await reader.next();
  assertEquals(line?.in.frames, frames.length + 1);
  const shown = JSON.stringify(line) + line?.frames
    .map(({ base64 = "" }) => atob(base64)).join("");
  assertFalse(/eyJ|secret|garbage/.test(shown), shown);
  assert(shown.includes("keep it"), shown);
  assertEquals(
    line?.frames.findLast(({ base64 }) => base64)?.bytes,
    JWT.length + 2,
  );
});

Deno.test("What comes too fast is counted and not listed", async () => {
  const scene = new ApiScene();
  const bob = scene.connect("bob");
  const reader = await Reader.open(scene, {
    client: bob.connection.id,
    payloads: true,
  });
  for (let number = 0; number < 500; number++) bob.connection.receive("ping");
  await scene.settle();
  const line = await reader.next();
  const total = (line?.in.frames ?? 0) + (line?.out.frames ?? 0);
  assertEquals(line?.frames.length, 100);
  assertEquals(line?.skipped, total - 100);
});

Deno.test("Of a long payload the beginning is shown, and of many as much as fits in a line", async () => {
  const scene = new ApiScene();
  const reader = await Reader.open(scene, { channel: "news", payloads: true });
  const long = "x".repeat(5_000);
  for (let number = 0; number < 50; number++) scene.hub.publish("news", long);
  const { frames = [] } = await reader.next() ?? {};
  const shown = frames.map(({ text }) => text?.length);
  assertEquals(shown.slice(0, 32), Array(32).fill(1_024));
  assertEquals(shown.slice(32), Array(18).fill(undefined));
  assertEquals(frames.map(({ bytes }) => bytes), Array(50).fill(5_000));
});

Deno.test("A trace ends with its connection, and says why", async () => {
  const scene = new ApiScene();
  const bob = scene.connect("bob");
  const { connection } = bob;
  const reader = await Reader.open(scene, { client: connection.id });
  connection.disconnect({ code: 3503, reason: "banned", reconnect: false });
  const line = await reader.next();
  assertEquals(line?.ended, { code: 3503, reason: "banned" });
  assertEquals(await reader.next(), undefined);
  assertEquals(bob.transport.closed?.code, 3503);
});

Deno.test("A trace that is not asked for leaves the connection as it was", async () => {
  const scene = new ApiScene({ limits: { heartbeatTimeoutMs: 0 } });
  const bob = scene.connect("bob");
  const { receive } = bob.connection;
  const body = { client: bob.connection.id };
  const [one, two] = [
    await Reader.open(scene, body),
    await Reader.open(scene, body),
  ];
  assert(bob.connection.receive !== receive);
  await one.close();
  // The second one was not read meanwhile, nor is it now.
  scene.clock.advance(5_000);
  assertEquals(bob.connection.receive, receive);
  bob.connection.receive("ping");
  assertEquals(bob.transport.take(), ["pong"]);
  await two.close();
});

Deno.test("A trace ends after its time, read or not", async () => {
  const scene = new ApiScene();
  const reader = await Reader.open(scene, { channel: "news", seconds: 7 });
  const lines: unknown[] = [];
  for (let line; (line = await reader.next()) !== undefined;) lines.push(line);
  assertEquals(lines.length, 4);
  assertFalse(scene.hub.channels.has("news"));
  await Reader.open(scene, { channel: "news", seconds: 7 });
  assert(scene.hub.channels.has("news"));
  scene.clock.advance(7_000);
  assertFalse(scene.hub.channels.has("news"));
});

Deno.test("More traces than sixteen are refused, until one of them ends", async () => {
  const scene = new ApiScene();
  const open = () => Reader.open(scene, { channel: "news" });
  const [first] = await Promise.all(Array.from({ length: 16 }, open));
  await assertRejects(open, Error, '"code":111');
  await first?.close();
  await (await open()).close();
});

Deno.test("Traces whose readers stand still make room for others when their time is over, once each", async () => {
  const scene = new ApiScene();
  const open = (seconds = 60) =>
    Reader.open(scene, { channel: "news", seconds });
  const still = await Promise.all(Array.from({ length: 16 }, () => open(7)));
  await assertRejects(() => open(), Error, '"code":111');
  scene.clock.advance(7_000);
  await Promise.all(Array.from({ length: 16 }, () => open()));
  for (const reader of still) await reader.close();
  await assertRejects(() => open(), Error, '"code":111');
});

Deno.test("A trace that is closed, or could not begin, gives its place back once", async () => {
  const scene = new ApiScene();
  const open = () => Reader.open(scene, { channel: "news", seconds: 7 });
  await assertRejects(() => scene.trace({ client: "?", seconds: 7 }));
  await (await open()).close();
  scene.clock.advance(7_000);
  await Promise.all(Array.from({ length: 16 }, open));
  await assertRejects(open, Error, '"code":111');
});

Deno.test("A trace of a connection or a channel that is not there is refused", async () => {
  const scene = new ApiScene();
  await assertRejects(() => scene.trace({ client: "?" }), Error, '"code":404');
  await assertRejects(
    () => scene.trace({ channel: "unknown:1" }),
    Error,
    '"code":102',
  );
  assertEquals(tokenOf({}), "{}");
});

Deno.test("The frames of a client that reads slowly are traced when they are handed over", async () => {
  const scene = new ApiScene({
    limits: { maxBufferedBytes: 100, maxMessageBytes: 100 },
  });
  const bob = scene.connect("bob");
  bob.transport.bufferedAmount = 100;
  scene.hub.sendTo("bob", "waits");
  scene.clock.advance(0);
  const reader = await Reader.open(scene, {
    client: bob.connection.id,
    payloads: true,
  });
  bob.transport.bufferedAmount = 0;
  const line = await reader.next();
  assertEquals(line?.frames.map(({ text }) => text), ["waits"]);
});
