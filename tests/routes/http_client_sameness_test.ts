/** The text client without a WebSocket, beside one with it: the same happens to both. */

import { assert, assertEquals } from "@std/assert";
import { httpSocket, TextClient } from "../../lib/client/mod.ts";
import type { ConnectionSlot } from "../../lib/hub/admission.ts";
import { eventually } from "../support/eventually.ts";
import { signToken } from "../support/token.ts";
import { AppServer } from "./app_server.ts";

const SECRET = "a secret of more than thirty-two bytes";
const TRANSPORTS = ["websocket", "sse", "poll"] as const;

class Listener implements Disposable {
  readonly received: string[] = [];
  readonly closes: number[] = [];
  readonly client: TextClient;

  constructor(
    url: string,
    transport: (typeof TRANSPORTS)[number],
    { uid, token }: { uid?: string; token?: string },
  ) {
    const sockets = transport === "websocket"
      ? {}
      : { WebSocket: httpSocket(transport, { token }) };
    this.client = new TextClient(url, {
      ...sockets,
      uid,
      token,
      minDelayMs: 50,
      maxDelayMs: 60,
      onMessage: (data) => this.received.push(String(data)),
      onClose: ({ code }) => this.closes.push(code),
    });
    this.client.connect();
  }

  receives(frame: string): Promise<void> {
    return eventually(() => this.received.includes(frame), {
      awaited: () => `${frame} among ${JSON.stringify(this.received)}`,
    });
  }

  opens(): Promise<void> {
    return eventually(() => this.client.readyState === 1, {
      awaited: () => `to be open; closes ${this.closes}`,
    });
  }

  [Symbol.dispose](): void {
    this.client.close();
  }
}

function send(server: AppServer, frame: string): Promise<number> {
  return fetch(`${server.url}/send?uid=sender`, { method: "POST", body: frame })
    .then(async (response) => {
      await response.body?.cancel();
      return response.status;
    });
}

for (const transport of TRANSPORTS) {
  Deno.test(`The text client over ${transport}: learns that a channel is refused, goes on in the others, and asks again when it comes back`, async () => {
    await using server = new AppServer({ env: { TOKEN_SECRET: SECRET } });
    const token = await signToken({ sub: "alice" }, { secret: SECRET });
    using alice = new Listener(server.wsUrl, transport, { token });
    await alice.opens();
    for (const channel of ["one", "nowhere:x", "$vip", "two"]) {
      alice.client.join(channel);
    }
    await alice.receives("+#two");
    server.hub.publish("one", "hello");
    await alice.receives("#one:hello");
    const refused = [
      'error:102 unknown channel "nowhere:x"',
      'error:103 permission denied: cannot subscribe to "$vip"',
    ];
    assertEquals(alice.received, [
      "+#one",
      ...refused,
      "+#two",
      "#one:hello",
    ]);
    assertEquals(alice.closes, []);
    alice.received.length = 0;
    alice.client.close();
    alice.client.connect();
    await alice.receives("+#two");
    assertEquals(alice.received, ["+#one", ...refused, "+#two"]);
  });

  Deno.test(`The text client over ${transport}: receives and sends every character, line ends of all kinds included`, async () => {
    await using server = new AppServer();
    using alice = new Listener(server.wsUrl, transport, { uid: "alice" });
    alice.client.join("room");
    await alice.receives("+#room");
    const texts = [..."\u2028\u2029\n\r\u0085\u000b\0"].map((c) => `a${c}b`);
    for (const text of texts) server.hub.publish("room", text);
    await alice.receives(`#room:${texts.at(-1)}`);
    alice.client.send("no\u2028body:hi");
    await alice.receives('error:404 no client is connected as "no\u2028body"');
    assertEquals(
      alice.received.slice(1, -1),
      texts.map((text) => `#room:${text}`),
    );
    assertEquals(alice.closes, []);
  });

  Deno.test(`The text client over ${transport}: joins long names as far as there is room, and is notified of the others`, async () => {
    await using server = new AppServer();
    using alice = new Listener(server.wsUrl, transport, { uid: "alice" });
    const names = Array.from(
      { length: 128 },
      (_, n) => `${n}${"ж".repeat(120)}`,
    );
    for (const name of names) alice.client.join(name);
    await eventually(() => alice.received.length === names.length, {
      awaited: () => `answers; got ${alice.received.length}`,
      timeoutMs: 30_000,
    });
    const joined = alice.received.filter((frame) => frame.startsWith("+#"));
    const others = alice.received.filter((frame) => !frame.startsWith("+#"));
    const isRoomy = transport === "websocket";
    const least = isRoomy ? names.length : 70;
    assert(joined.length >= least, `${joined.length} were joined`);
    for (const other of others) assertEquals(other, "error:106 limit exceeded");
    server.hub.publish(names[0]!, "hello");
    await alice.receives(`#${names[0]}:hello`);
    assertEquals(alice.closes, []);
  });

  Deno.test(`The text client over ${transport}: is not in a channel that it left while it was away`, async () => {
    await using server = new AppServer();
    using alice = new Listener(server.wsUrl, transport, { uid: "alice" });
    alice.client.join("left");
    alice.client.join("kept");
    await alice.receives("+#kept");
    alice.client.close();
    alice.client.leave("left");
    alice.received.length = 0;
    alice.client.connect();
    await alice.receives("+#kept");
    server.hub.publish("left", "who is there?");
    server.hub.publish("kept", "hello");
    await alice.receives("#kept:hello");
    assertEquals(alice.received, ["+#kept", "#kept:hello"]);
  });

  Deno.test(`The text client over ${transport}: sends what it was given while the server was full`, async () => {
    await using server = new AppServer();
    using bob = new Listener(server.wsUrl, "websocket", { uid: "bob" });
    using alice = new Listener(server.wsUrl, transport, { uid: "alice" });
    await Promise.all([alice.opens(), bob.opens()]);
    const { admission } = server.hub;
    const taken: (ConnectionSlot | undefined)[] = [];
    while (!admission.full) taken.push(admission.enter());
    for (const frame of ["bob:1", "bob:2", "bob:3"]) alice.client.send(frame);
    const isHeld = () =>
      alice.client.queuedFrames > 0 || bob.received.length > 0;
    await eventually(isHeld, { awaited: "what becomes of the frames" });
    for (const place of taken) place?.leave();
    await bob.receives("3");
    assertEquals([bob.received, alice.received], [["1", "2", "3"], []]);
  });

  Deno.test(`The text client over ${transport}: receives its own messages in a channel that it has just joined`, async () => {
    await using server = new AppServer();
    using alice = new Listener(server.wsUrl, transport, { uid: "alice" });
    await alice.opens();
    for (let number = 0; number < 5; number++) {
      alice.client.join(`room${number}`);
      alice.client.send(`#room${number}:${number}`);
    }
    await alice.receives("#room4:4");
    const expected = Array.from({ length: 5 }, (_, number) => [
      `+#room${number}`,
      `#room${number}:${number}`,
    ]);
    assertEquals(alice.received, expected.flat());
  });
}

// What is sent to a uid while it does not poll is not kept for it.
for (const transport of ["websocket", "sse"] as const) {
  Deno.test(`The text client over ${transport}: receives all that is sent to it and in its channels, each once, while it joins and leaves`, async () => {
    await using server = new AppServer({
      env: { INSECURE_ANONYMOUS_ALL: "true", CHANNEL_HISTORY_SIZE: "1000" },
    });
    using alice = new Listener(server.wsUrl, transport, { uid: "alice" });
    alice.client.join("room");
    await alice.receives("+#room");
    let isOver = false;
    let count = 0;
    const statuses = new Set<number>();
    const sending = (async () => {
      while (!isOver) {
        statuses.add(await send(server, `alice:${count}`));
        server.hub.publish("room", `${count++}`);
      }
    })();
    for (let number = 0; number < 6; number++) {
      alice.client.join(`other${number}`);
      await alice.receives(`+#other${number}`);
      if (number > 0) alice.client.leave(`other${number - 1}`);
    }
    await alice.receives("-#other4");
    isOver = true;
    await sending;
    await alice.receives(`#room:${count - 1}`);
    await alice.receives(`${count - 1}`);
    const all = Array.from({ length: count }, (_, number) => `${number}`);
    const received = (pattern: RegExp) =>
      alice.received.filter((frame) => pattern.test(frame));
    assertEquals(received(/^\d/), all);
    assertEquals(received(/^#room:/), all.map((number) => `#room:${number}`));
    assertEquals([...statuses], [204]);
  });
}

Deno.test("The text client over poll: does not wear out a server whose channels keep nothing", async () => {
  await using server = new AppServer({
    env: { INSECURE_ANONYMOUS_ALL: "true", CHANNEL_HISTORY_SIZE: "0" },
  });
  let count = 0;
  const client = new TextClient(server.wsUrl, {
    uid: "alice",
    WebSocket: httpSocket("poll", {
      fetch: (...request) => {
        count++;
        return fetch(...request);
      },
    }),
  });
  using _ = client;
  client.join("room");
  client.connect();
  await eventually(() => count >= 4, { awaited: "two feeds" });
  await new Promise((resolve) => setTimeout(resolve, 400));
  assertEquals(count <= 5, true, `${count} requests`);
});
