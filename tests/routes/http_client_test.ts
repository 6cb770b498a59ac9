/** The text client over plain HTTP: the same frames, without a WebSocket. */

import { assert, assertEquals } from "@std/assert";
import { httpSocket, TextClient } from "../../lib/client/mod.ts";
import { eventually } from "../support/eventually.ts";
import { signToken } from "../support/token.ts";
import { AppServer } from "./app_server.ts";

const SECRET = "a secret of more than thirty-two bytes";

function listen(
  server: AppServer,
  transport: "sse" | "poll",
  { uid, token }: { uid?: string; token?: string },
) {
  const received: string[] = [];
  const closes: number[] = [];
  const client = new TextClient(server.wsUrl, {
    uid,
    token,
    showSender: true,
    minDelayMs: 20,
    maxDelayMs: 50,
    WebSocket: httpSocket(transport, { token }),
    onMessage: (data) => received.push(String(data)),
    onClose: ({ code }) => closes.push(code),
  });
  client.connect();
  const receives = (frame: string) =>
    eventually(() => received.includes(frame), {
      awaited: () => `${frame} among ${JSON.stringify(received)}`,
    });
  const opens = () =>
    eventually(() => client.readyState === 1, {
      awaited: () => `to be open; closes ${closes}`,
    });
  return { client, received, closes, receives, opens };
}

for (const transport of ["sse", "poll"] as const) {
  Deno.test(`The text client over ${transport}: talks to uids, to all and in channels, and keeps its order`, async () => {
    await using server = new AppServer();
    const alice = listen(server, transport, { uid: "alice" });
    const bob = listen(server, transport, { uid: "bob" });
    using _a = alice.client;
    using _b = bob.client;
    await Promise.all([alice.opens(), bob.opens()]);
    alice.client.join("room");
    bob.client.join("room");
    bob.client.join("lounge");
    await Promise.all([alice.receives("+#room"), bob.receives("+#lounge")]);
    await eventually(() => server.hub.channels.get("room")?.size === 2, {
      awaited: "both in the room",
    });
    for (let number = 0; number < 20; number++) {
      assertEquals(alice.client.send(`#room:${number}`), "sent");
    }
    await bob.receives("#room:19");
    const numbers = bob.received.filter((frame) => /^#room:\d/.test(frame));
    assertEquals(numbers, Array.from({ length: 20 }, (_, n) => `#room:${n}`));
    await eventually(() => server.hub.channels.has("\0bob"), {
      awaited: "bob",
    });
    alice.client.send("bob:psst");
    await bob.receives("alice>psst");
    alice.client.send("nobody:hello");
    await alice.receives('error:404 no client is connected as "nobody"');
    alice.client.send("ping");
    await eventually(() => alice.client.roundTripMs !== undefined, {
      awaited: "the round trip",
    });
    assert(alice.client.roundTripMs! < 1_000);
    alice.client.leave("room");
    await alice.receives("-#room");
  });

  Deno.test(`The text client over ${transport}: comes back by itself and has missed nothing in its channels`, async () => {
    await using server = new AppServer();
    const { client, received, receives, opens } = listen(server, transport, {
      uid: "alice",
    });
    using _ = client;
    await opens();
    client.join("room");
    await receives("+#room");
    for (let round = 0; round < 3; round++) {
      for (const connection of server.hub.connections) {
        connection.disconnect({ code: 3011, reason: "", reconnect: true });
      }
      server.hub.publish("room", `${round}`);
      await receives(`#room:${round}`);
    }
    const numbers = received.filter((frame) => /^#room:/.test(frame));
    assertEquals(numbers, ["#room:0", "#room:1", "#room:2"]);
  });

  Deno.test(`The text client over ${transport}: takes a token, and stays away when it is refused`, async () => {
    await using server = new AppServer({ env: { TOKEN_SECRET: SECRET } });
    const token = await signToken({ sub: "alice" }, { secret: SECRET });
    const good = listen(server, transport, { token });
    using _good = good.client;
    await good.opens();
    // Who polls is not there to hear it between two polls.
    await eventually(() => {
      good.client.send("alice:hello");
      return good.received.includes("alice>hello");
    }, { awaited: "its own message" });
    const bad = listen(server, transport, { token: "bad" });
    using _bad = bad.client;
    await eventually(() => bad.closes.length > 0, { awaited: "the refusal" });
    assertEquals([bad.closes, bad.client.active], [[3500], false]);
  });

  Deno.test(`The text client over ${transport}: leaves nothing behind`, async () => {
    await using server = new AppServer();
    const { client, opens } = listen(server, transport, { uid: "alice" });
    await opens();
    client.join("room");
    client.close();
    const { hub } = server;
    await eventually(() => hub.size + hub.admission.count === 0, {
      awaited: "its end",
    });
    assertEquals(hub.channels.size, 0);
  });
}

Deno.test("The text client over poll: where nothing is kept it waits as anywhere, and receives what comes meanwhile", async () => {
  const env = { INSECURE_ANONYMOUS_ALL: "true", CHANNEL_HISTORY_SIZE: "0" };
  await using server = new AppServer({ env });
  let requests = 0;
  const counting: typeof fetch = (...request) => {
    requests++;
    return fetch(...request);
  };
  const received: string[] = [];
  const client = new TextClient(server.wsUrl, {
    uid: "alice",
    WebSocket: httpSocket("poll", { fetch: counting }),
    onMessage: (data) => received.push(String(data)),
  });
  using _ = client;
  client.join("room");
  client.connect();
  await eventually(() => received.includes("+#room"), { awaited: "its join" });
  const isHeld = () => server.hub.channels.get("room")?.size === 1;
  for (let number = 0; number < 5; number++) {
    await eventually(isHeld, { awaited: "a poll that waits" });
    const before = requests;
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert(requests - before <= 1, `${requests - before} polls meanwhile`);
    server.hub.publish("room", `${number}`);
    await eventually(() => received.includes(`#room:${number}`), {
      awaited: () => `${number} among ${received}`,
    });
  }
});
