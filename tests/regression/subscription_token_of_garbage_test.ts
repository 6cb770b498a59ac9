/** A garbage token for one subscription closed the whole connection, for good. */

import { assert, assertEquals, assertObjectMatch } from "@std/assert";
import { createTokenVerifier } from "../../lib/auth/token_verifier.ts";
import { eventually } from "../support/eventually.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { Scene } from "../support/scene.ts";
import { type Message, SdkClient } from "../support/sdk_client.ts";
import { SECRET, signToken, unsignedToken } from "../support/token.ts";

const clock = new FakeClock();
const NOW = clock.wallTime / 1000;
const CLAIMS = { sub: "alice", channel: "$room" };

function start(): Scene {
  return new Scene({
    insecureAnonymousAll: false,
    tokens: createTokenVerifier({ secret: SECRET, clock }),
  });
}

async function ask(client: SdkClient, command: Message): Promise<Message[]> {
  client.send({ id: 9, ...command });
  const { transport } = client;
  await eventually(() => transport.sent.length > 0 || !!transport.closed, {
    awaited: "a reply",
  });
  return client.take();
}

/** A client with a subscription that is none of the token's business, and one that its token made. */
async function alice(scene: Scene): Promise<SdkClient> {
  const client = new SdkClient(scene);
  await ask(client, {
    connect: { token: await signToken({ sub: "alice", channels: ["jobs"] }) },
  });
  await ask(client, { subscribe: { channel: "news" } });
  return client;
}

const INVALID: Readonly<Record<string, () => Promise<string> | string>> = {
  "is garbage": () => "garbage",
  "has three parts of garbage": () => "a.b.c",
  "is signed by another secret": () =>
    signToken(CLAIMS, { secret: `${SECRET}!` }),
  "is not signed": () => unsignedToken(CLAIMS),
  "has an invalid claim": () => signToken({ ...CLAIMS, exp: "x" as never }),
  "ends before it begins": () =>
    signToken({ ...CLAIMS, nbf: NOW + 60, exp: NOW + 30 }),
  "is for a connection": () => signToken({ sub: "alice" }),
};

for (const [name, make] of Object.entries(INVALID)) {
  Deno.test(`A subscription token that ${name} is error 103, and all else goes on`, async () => {
    const scene = start();
    const client = await alice(scene);
    const token = await make();
    for (const channel of ["$room", "room"]) {
      const [reply] = await ask(client, { subscribe: { channel, token } });
      assertObjectMatch(reply!, { id: 9, error: { code: 103 } });
    }
    const [reply] = await ask(client, {
      sub_refresh: { channel: "news", token },
    });
    assertObjectMatch(reply!, { id: 9, error: { code: 103 } });
    assertEquals(client.closed, undefined);
    assertEquals([...client.connection.channels].sort(), ["jobs", "news"]);
    assert(scene.logs.some(({ event }) => event === "token_refused"));
    // Nor is it in the way of a good one.
    await ask(client, {
      subscribe: { channel: "$room", token: await signToken(CLAIMS) },
    });
    assert(client.connection.channels.has("$room"));
  });
}

const FOREIGN: Readonly<Record<string, Message>> = {
  "another channel": { sub: "alice", channel: "$other" },
  "another user": { sub: "bob", channel: "$room" },
  "an anonymous user": { channel: "$room" },
  "another connection": { ...CLAIMS, client: "x" },
};

for (const [name, claims] of Object.entries(FOREIGN)) {
  Deno.test(`A subscription token for ${name} ends the connection with 3500`, async () => {
    const client = await alice(start());
    const token = await signToken(claims);
    await ask(client, { subscribe: { channel: "$room", token } });
    assertEquals(client.closed, { code: 3500, reason: "invalid token" });
  });
}

Deno.test("A subscription token that has expired is error 109, to subscribe and to refresh", async () => {
  const client = await alice(start());
  const channel = "$room";
  const token = await signToken({ ...CLAIMS, exp: NOW - 60 });
  const good = await signToken(CLAIMS);
  for (
    const command of [
      { subscribe: { channel, token } },
      { subscribe: { channel, token: good } },
      { sub_refresh: { channel, token } },
    ]
  ) {
    const [reply] = await ask(client, command);
    const isGood = "subscribe" in command && command.subscribe?.token === good;
    assertObjectMatch(
      reply!,
      isGood ? { id: 9, subscribe: {} } : { id: 9, error: { code: 109 } },
    );
  }
  assertEquals(client.closed, undefined);
});

Deno.test("A subscription of the server takes no token of a client, whatever it is", async () => {
  const client = await alice(start());
  for (
    const token of ["garbage", await signToken({ ...CLAIMS, channel: "jobs" })]
  ) {
    const [reply] = await ask(client, {
      sub_refresh: { channel: "jobs", token },
    });
    assertObjectMatch(reply!, { error: { code: 103 } });
  }
  assertEquals(client.closed, undefined);
});

Deno.test("A connection token of garbage still ends the connection, to connect and to refresh", async () => {
  const scene = start();
  const stranger = new SdkClient(scene);
  await ask(stranger, { connect: { token: "garbage" } });
  const client = await alice(scene);
  await ask(client, { refresh: { token: "garbage" } });
  assertEquals([stranger.closeCode, client.closeCode], [3500, 3500]);
});
