/** Token of a text client: when its source is asked, and what is sent before it is accepted. */

import { assertEquals } from "@std/assert";
import { httpSocket } from "../../../lib/client/mod.ts";
import { FakeRequest } from "./http_scene.ts";
import { Scene } from "./scene.ts";

/** An unsigned JWT that begins now. */
function jwt(claims: Record<string, unknown>): string {
  return `e30.${btoa(JSON.stringify(claims)).replaceAll("=", "")}.x`;
}

/** A token of the scene's time. */
function lasting(seconds: number, name = ""): string {
  const iat = Date.now() / 1_000;
  return jwt({ iat, exp: iat + seconds, name });
}

Deno.test("A text client asks for its token before it connects, each time anew", async () => {
  const tokens = ["one", "two"];
  using scene = new Scene({ token: () => Promise.resolve(tokens.shift()!) });
  await scene.open();
  assertEquals(scene.socket.url, "ws://hub.test/ws");
  assertEquals(scene.socket.sent, ["auth:one", "ping"]);
  scene.socket.receive("pong");
  scene.socket.end(1006, "", false);
  await scene.pass(750);
  scene.socket.accept();
  assertEquals(scene.socket.sent, ["auth:two", "ping"]);
});

Deno.test("A text client sends its frames once its token was accepted, and shows neither the token nor that ping", async () => {
  let opened = 0;
  using scene = new Scene({ token: () => "jwt", onOpen: () => opened++ });
  scene.client.join("room");
  await scene.open();
  assertEquals(scene.client.send("bob:hi"), "queued");
  scene.socket.receive("bob>already here");
  assertEquals([opened, scene.client.queuedFrames], [0, 1]);
  assertEquals(scene.messages, ["bob>already here"]);
  scene.socket.receive("pong");
  assertEquals([opened, scene.client.queuedFrames], [1, 0]);
  assertEquals(scene.socket.sent, ["auth:jwt", "ping", "+#room", "bob:hi"]);
  assertEquals(scene.frames, [
    "in bob>already here",
    "out +#room",
    "out bob:hi",
  ]);
});

Deno.test("A text client keeps its frames when the link is cut before its token was accepted", async () => {
  using scene = new Scene({ token: "jwt" });
  await scene.open();
  scene.client.send("bob:hi");
  scene.socket.end(1006, "", false);
  await scene.pass(750);
  scene.socket.accept();
  scene.socket.receive("pong");
  assertEquals(scene.socket.sent, ["auth:jwt", "ping", "bob:hi"]);
});

Deno.test("A text client whose token is not answered drops the connection", async () => {
  using scene = new Scene({ token: "jwt" });
  await scene.open();
  await scene.pass(10_000);
  assertEquals(scene.journal.lines.slice(0, 2), [
    "1 connect",
    "1 close 3012 no answer to ping",
  ]);
});

for (
  const [seconds, renewedAfterMs] of [
    [3, 2_000],
    [60, 40_000],
    [3_600, 3_570_000],
    [40 * 86_400, 40 * 86_400_000 - 30_000],
  ] as const
) {
  Deno.test(`A text client replaces a token of ${seconds} s after ${renewedAfterMs} ms`, async () => {
    let count = 0;
    using scene = new Scene({
      // No heartbeat comes between.
      heartbeatMs: 2 ** 40,
      token: () => lasting(seconds, `${++count}`),
    });
    await scene.open();
    scene.socket.receive("pong");
    await jump(scene, renewedAfterMs - 1);
    assertEquals(count, 1);
    await scene.pass(1);
    assertEquals(count, 2);
    assertEquals(scene.socket.sent.slice(2), [
      `auth:${lasting(seconds, "2")}`,
    ]);
  });
}

/** Moves time on by what few timers lie in. */
async function jump(scene: Scene, ms: number): Promise<void> {
  const stepMs = Math.max(ms / 4, 1);
  for (let passed = 0; passed < ms; passed += stepMs) {
    await scene.pass(Math.min(stepMs, ms - passed));
  }
}

for (
  const [title, claims] of [
    ["of a device whose clock is ahead", { iat: -3_600, exp: -3_540 }],
    ["of a device whose clock is behind", { iat: 3_600, exp: 3_660 }],
  ] as const
) {
  Deno.test(`A text client ${title} replaces its token in time, and not again and again`, async () => {
    let count = 0;
    using scene = new Scene({
      heartbeatMs: 2 ** 40,
      token: () => {
        count++;
        const now = Date.now() / 1_000;
        return jwt({ iat: now + claims.iat, exp: now + claims.exp });
      },
    });
    await scene.open();
    scene.socket.receive("pong");
    await scene.pass(39_999);
    assertEquals(count, 1);
    await scene.pass(1);
    assertEquals(count, 2);
    await scene.pass(39_000);
    assertEquals(count, 2);
  });
}

for (
  const token of [
    "opaque",
    jwt({}),
    jwt({ exp: "soon" }),
    jwt({ exp: null }),
    "a.%%%.c",
    "a.bnVsbA.c",
  ]
) {
  Deno.test(`A text client does not replace a token without a readable end: ${token}`, async () => {
    let count = 0;
    using scene = new Scene({
      token: () => {
        count++;
        return token;
      },
    });
    await scene.open();
    scene.socket.receive("pong");
    for (let minute = 0; minute < 10; minute++) {
      await scene.pass(55_000);
      scene.socket.receive("pong");
    }
    assertEquals([count, scene.closes.length], [1, 0]);
  });
}

Deno.test("A text client whose source fails while it is connected asks again, later each time, and stays connected", async () => {
  let count = 0;
  const errors: unknown[] = [];
  using scene = new Scene({
    onTokenError: (error) => errors.push(error),
    token: () => {
      if (++count > 1 && count < 4) throw `no ${count}`;
      return lasting(30, `${count}`);
    },
  });
  await scene.open();
  scene.socket.receive("pong");
  await scene.pass(20_000);
  assertEquals([count, errors], [2, ["no 2"]]);
  await scene.pass(750);
  assertEquals([count, errors], [3, ["no 2", "no 3"]]);
  await scene.pass(1_250);
  assertEquals(count, 4);
  assertEquals(scene.closes, []);
  assertEquals(scene.socket.sent.at(-1), `auth:${lasting(30, "4")}`);
});

Deno.test("A text client whose source gives the same token again and again asks once a second at most", async () => {
  let count = 0;
  using scene = new Scene({ token: () => (count++, fixed) });
  const fixed = lasting(3);
  await scene.open();
  scene.socket.receive("pong");
  await scene.pass(60_000);
  assertEquals(count < 65, true, `${count}`);
});

Deno.test("A text client whose source does not answer gives the attempt up, and ignores a late answer", async () => {
  const answers: ((token: string) => void)[] = [];
  using scene = new Scene({
    token: () => new Promise((resolve) => answers.push(resolve)),
  });
  scene.client.connect();
  assertEquals(scene.client.readyState, WebSocket.CONNECTING);
  scene.client.connect();
  await scene.pass(10_000);
  assertEquals(scene.closes.map(({ reason }) => reason), ["handshake timeout"]);
  await scene.pass(750);
  answers[0]?.("late");
  await scene.pass();
  assertEquals([answers.length, scene.journal.lines], [2, []]);
  answers[1]?.("new");
  await scene.pass();
  scene.socket.accept();
  assertEquals(scene.socket.sent, ["auth:new", "ping"]);
});

Deno.test("A text client that is closed while its source is asked makes no connection", async () => {
  const answers: ((token: string) => void)[] = [];
  using scene = new Scene({
    token: () => new Promise((resolve) => answers.push(resolve)),
  });
  scene.client.connect();
  await scene.pass();
  scene.client.close();
  answers[0]?.("late");
  await scene.pass(60_000);
  assertEquals([answers.length, scene.journal.lines], [1, []]);
  assertEquals(scene.client.readyState, WebSocket.CLOSED);
});

Deno.test("A text client sends a program's token on the open connection, and uses it for the next ones", async () => {
  using scene = new Scene({ token: "first" });
  await scene.open();
  scene.socket.receive("pong");
  assertEquals(scene.client.send("auth:second"), "sent");
  assertEquals(scene.socket.sent, ["auth:first", "ping", "auth:second"]);
  assertEquals(scene.frames, []);
  scene.socket.end(1006, "", false);
  assertEquals(scene.client.send("auth:third"), "queued");
  assertEquals(scene.client.queuedFrames, 0);
  await scene.pass(750);
  scene.socket.accept();
  assertEquals(scene.client.send("auth:fourth"), "sent");
  assertEquals(scene.socket.sent, ["auth:third", "ping", "auth:fourth"]);
});

Deno.test("A text client over plain HTTP takes the token of the client for its requests, and renews its feeds", async () => {
  const requests: FakeRequest[] = [];
  let count = 0;
  using scene = new Scene({
    token: () => lasting(30, `${++count}`),
    WebSocket: httpSocket("sse", {
      fetch: (input, init) => {
        const request = new FakeRequest(input, init);
        requests.push(request);
        return request.response;
      },
    }),
  });
  const tokens = [lasting(30, "1")];
  scene.client.join("room");
  scene.client.connect();
  await scene.pass();
  requests[0]?.open();
  await scene.pass();
  requests[1]?.open();
  await scene.pass(50);
  assertEquals(requests.map(({ channels }) => channels), [[], ["room"]]);
  await scene.pass(19_950);
  tokens.push(lasting(30, "2"));
  await scene.pass(1);
  assertEquals(requests.map(({ channels }) => channels), [
    [],
    ["room"],
    [],
    ["room"],
  ]);
  const sent = requests.map(({ init }) =>
    new Headers(init.headers).get("authorization")
  );
  assertEquals(sent.slice(0, 2), [0, 0].map(() => `Bearer ${tokens[0]}`));
  assertEquals(new Set(sent).size, 2);
  requests[2]?.open();
  // A busy server renews nothing, and the old feed goes on.
  requests[3]?.answer(503, "full\n");
  await scene.pass(100);
  assertEquals(requests.map(({ left }) => left), [true, false, false, true]);
  assertEquals([scene.closes.length, scene.client.readyState], [0, 1]);
});
