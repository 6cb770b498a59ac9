/** A client that the server has given a time to come back. */

import { assertEquals } from "@std/assert";
import { httpSocket } from "../../../lib/client/mod.ts";
import { FakeRequest, HttpScene } from "./http_scene.ts";
import { Scene } from "./scene.ts";

const ADVICE = '{"reason":"shutdown","reconnect":true,"retry_after_ms":7000}';
const SHUTDOWN = {
  code: 3001,
  reason: "shutdown",
  wasClean: true,
  retryAfterMs: 7_000,
};

Deno.test("A text client comes back at the time that the server has given it", async () => {
  using scene = new Scene();
  await scene.open();
  scene.socket.end(3001, ADVICE);
  assertEquals(scene.closes, [SHUTDOWN]);
  assertEquals(scene.client.nextAttemptAt, Date.now() + 7_000);
  await scene.pass(6_999);
  assertEquals(scene.journal.lines, ["1 connect"]);
  await scene.pass(1);
  assertEquals(scene.journal.lines, ["1 connect", "2 connect"]);
});

Deno.test("A text client whose server gives it no time comes back by its own", async () => {
  using scene = new Scene();
  await scene.open();
  scene.socket.end(3001, "shutdown");
  await scene.pass(750);
  assertEquals(scene.journal.lines, ["1 connect", "2 connect"]);
});

Deno.test("A text client that is sent away again and again waits no less than it would by itself", async () => {
  using scene = new Scene();
  await scene.open();
  const advice = '{"reason":"shutdown","retry_after_ms":0}';
  scene.socket.end(3001, advice);
  await scene.pass(1);
  assertEquals(scene.journal.sockets.length, 2);
  scene.socket.end(3001, advice);
  await scene.pass(1_249);
  assertEquals(scene.journal.sockets.length, 2);
  await scene.pass(1);
  assertEquals(scene.journal.sockets.length, 3);
});

Deno.test("A text client is kept away for an hour at most", async () => {
  using scene = new Scene();
  await scene.open();
  scene.socket.end(3001, '{"reason":"shutdown","retry_after_ms":1e12}');
  assertEquals(scene.client.nextAttemptAt, Date.now() + 3_600_000);
});

Deno.test("A text client that is asked to connect does not wait for its time, one whose network returns neither", async () => {
  using scene = new Scene();
  await scene.open();
  scene.socket.end(3001, ADVICE);
  scene.client.connect();
  await scene.pass(1);
  scene.socket.accept();
  await scene.pass(5_000);
  scene.socket.end(3001, ADVICE);
  scene.network.set(false);
  scene.network.set(true);
  await scene.pass(1);
  assertEquals(scene.journal.sockets.length, 3);
});

Deno.test("A client over an event stream reports the time in the stream's last event", async () => {
  const scene = new HttpScene("sse");
  const feed = await scene.open();
  const data =
    '{"code":3001,"reason":"shutdown","reconnect":true,"retry_after_ms":7000}';
  feed.write(`event: disconnect\ndata: ${data}`);
  await scene.rest();
  assertEquals(scene.closes.map(({ code }) => code), [3001]);
  assertEquals(scene.advice, [7_000]);
});

Deno.test("A client over polls reports the time in the answer, after what the answer brings", async () => {
  const scene = new HttpScene("poll");
  (await scene.latest("/poll")).answerPoll([], "a");
  const answer = { publications: [{ data: "last" }], cursor: "b" };
  const text = JSON.stringify({ ...answer, recovered: true });
  (await scene.latest("/poll")).answer(200, text, { "retry-after": "7" });
  await scene.rest();
  assertEquals(scene.received, ["last"]);
  assertEquals(scene.closes.map(({ code }) => code), [3001]);
  assertEquals(scene.advice, [7_000]);
});

for (const status of [429, 502, 503]) {
  for (
    const [header, waitMs] of [
      ["7", 7_000],
      [" 0 ", 0],
      ["Thu, 01 Jan 2026 00:00:09 GMT", 9_000],
      ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
      ["soon", undefined],
      ["-1", undefined],
    ] as const
  ) {
    Deno.test(`A client over plain HTTP that is refused with ${status} and Retry-After "${header}" reports it`, async () => {
      const scene = new HttpScene("poll");
      const request = await scene.latest("/poll");
      request.answer(status, "busy\n", { "retry-after": header });
      await scene.rest();
      assertEquals(scene.advice, [waitMs]);
    });
  }
}

Deno.test("A text client over plain HTTP waits as long as its refusal says, and part of a second more", async () => {
  const requests: FakeRequest[] = [];
  using scene = new Scene({
    WebSocket: httpSocket("poll", {
      random: { number: () => 0.25 },
      fetch: (input, init) => {
        const request = new FakeRequest(input, init);
        requests.push(request);
        return request.response;
      },
    }),
  });
  scene.client.connect();
  await scene.pass();
  requests[0]?.answer(503, "This server is full.\n", { "retry-after": "12" });
  await scene.pass();
  assertEquals(scene.client.nextAttemptAt, Date.now() + 12_250);
  await scene.pass(12_249);
  assertEquals(requests.length, 1);
  await scene.pass(1);
  assertEquals(requests.length, 2);
});

Deno.test("A frame that was refused with 429 is sent again at the time that the server gave", async () => {
  const requests: FakeRequest[] = [];
  using scene = new Scene({
    WebSocket: httpSocket("sse", {
      random: { number: () => 0 },
      fetch: (input, init) => {
        const request = new FakeRequest(input, init);
        requests.push(request);
        return request.response;
      },
    }),
  });
  scene.client.connect();
  await scene.pass();
  requests[0]?.open();
  await scene.pass();
  scene.client.send("all:hi");
  await scene.pass();
  requests[1]?.answer(429, "error:3013 too many requests\n", {
    "retry-after": "3",
  });
  await scene.pass();
  assertEquals(scene.client.queuedFrames, 1);
  await scene.pass(3_000);
  requests[2]?.open();
  await scene.pass();
  assertEquals(await requests[3]?.init.body, "all:hi");
});
