/** Admission of clients by their tokens and the program, and the hook that learns of their end. */

import { assertEquals, assertObjectMatch } from "@std/assert";
import type {
  ConnectContext,
  DisconnectContext,
} from "../../../lib/hub/hooks.ts";
import { fakeTokens, tokenOf } from "../../support/fake_tokens.ts";
import { Scene, type SceneOptions } from "../../support/scene.ts";
import { SdkClient } from "../../support/sdk_client.ts";

/** A scene in which a token is needed, and the program's view of who comes and goes. */
function guarded(options: SceneOptions = {}) {
  const order: string[] = [];
  const { onConnect } = options;
  const scene = new Scene({
    insecureAnonymousAll: false,
    tokens: fakeTokens,
    ...options,
    onConnect: (event: ConnectContext) => {
      order.push(`+${event.uid}`);
      return onConnect?.(event);
    },
    onDisconnect: ({ connection, disconnect }: DisconnectContext) => {
      order.push(`-${connection.uid} ${disconnect.code}`);
    },
  });
  return { scene, order };
}

/** Tokens that are verified once the gate is open. */
function late(gate: Promise<void>): Pick<SceneOptions, "tokens"> {
  return {
    tokens: {
      ...fakeTokens,
      connection: async (token) => {
        await gate;
        return await fakeTokens.connection(token);
      },
    },
  };
}

Deno.test("The program is not asked about a client that has gone while its token was verified", async () => {
  const gate = Promise.withResolvers<void>();
  const { scene, order } = guarded(late(gate.promise));
  const client = new SdkClient(scene);
  client.send({ id: 1, connect: { token: tokenOf({ sub: "alice" }) } });
  await scene.settle();
  client.connection.ended();
  gate.resolve();
  await scene.settle();
  assertEquals(order, []);
});

Deno.test("The end of a client that was not admitted is not reported: refused, silent, or gone before its first frame", async () => {
  const { scene, order } = guarded();
  await SdkClient.connect(scene);
  const refused = await SdkClient.connect(scene, {
    claims: { sub: "alice", channels: ["no:where"] },
  });
  refused.connection.ended();
  new SdkClient(scene).connection.ended();
  new SdkClient(scene);
  scene.connect(null);
  scene.clock.advance(20_000);
  assertEquals(scene.hub.size, 0);
  assertEquals(order, ["+undefined", "+alice"]);
});

for (const name of ["SDK", "text client"]) {
  Deno.test(`The program hears the end of a ${name} that it has let in once, under its name, also if it went meanwhile`, async () => {
    const gate = Promise.withResolvers<void>();
    const { scene, order } = guarded({
      onConnect: async ({ uid }) => {
        await gate.promise;
        return { uid: `user:${uid}`, channels: ["lobby"] };
      },
    });
    const connections = [1, 2].map(() => {
      if (name !== "SDK") return scene.connect("alice").connection;
      const client = new SdkClient(scene);
      client.send({ id: 1, connect: { token: tokenOf({ sub: "alice" }) } });
      return client.connection;
    });
    await scene.settle();
    connections[0]!.ended();
    await scene.settle();
    assertEquals(order, ["+alice", "+alice"]);
    gate.resolve();
    await scene.settle();
    assertEquals(order, ["+alice", "+alice", "-user:alice 1006"]);
    connections[0]!.ended();
    connections[1]!.ended();
    connections[1]!.ended();
    assertEquals(order.slice(3), ["-user:alice 1006"]);
    // Nothing watches, or brings anything to, who has gone.
    assertEquals(scene.hub.channels.size, 0);
    assertEquals(connections.map(({ slot }) => slot), [undefined, undefined]);
  });
}

Deno.test("A client that the program calls otherwise refreshes with tokens of the name that they say", async () => {
  const { scene } = guarded({ onConnect: () => ({ uid: "user:1" }) });
  const client = await SdkClient.connect(scene, { claims: { sub: "1" } });
  const refresh = (sub?: string) =>
    client.ask({ id: 2, refresh: { token: tokenOf({ sub }) } });
  assertEquals(client.connection.uid, "user:1");
  assertObjectMatch((await refresh("1"))[0]!, { id: 2, refresh: {} });
  assertEquals(client.connection.uid, "user:1");
  await refresh("user:1");
  assertEquals(client.closeCode, 3500);

  const nobody = await SdkClient.connect(scene, { claims: {} });
  const token = tokenOf({});
  const [reply] = await nobody.ask({ id: 2, refresh: { token } });
  assertObjectMatch(reply!, { id: 2, refresh: {} });
  assertEquals(nobody.connection.uid, "user:1");
});

Deno.test("A text client that the program calls otherwise renews with tokens of the name that they say", async () => {
  let asked = 0;
  const { scene } = guarded({
    onConnect: ({ uid }) => ({ uid: `user:${uid}`, data: asked++ }),
  });
  const { connection, transport } = scene.connect(null);
  const exp = scene.clock.wallTime / 1000 + 60;
  const say = async (claims: Readonly<Record<string, unknown>>) => {
    connection.receive(`auth:${tokenOf(claims)}`);
    await scene.settle();
  };
  await say({ sub: "1", exp });
  await say({ sub: "1", exp: exp + 60 });
  assertEquals([connection.uid, asked], ["user:1", 1]);
  const leftMs = connection.expireBy - scene.clock.now;
  assertEquals(leftMs, (exp + 60) * 1000 - scene.clock.wallTime);
  assertEquals(transport.closed, undefined);
  await say({ sub: "user:1" });
  assertEquals(transport.closed?.code, 3500);
});

Deno.test("Who was let in without a token renews with one of the name it was given", async () => {
  const { scene } = guarded({ onConnect: () => ({ uid: "zoe" }) });
  const client = await SdkClient.connect(scene);
  const token = tokenOf({ sub: "zoe" });
  const [reply] = await client.ask({ id: 2, refresh: { token } });
  assertObjectMatch(reply!, { id: 2, refresh: {} });
});

for (const uid of ["all", "ping", "a\nb", "\0bob", "x".repeat(256), 5, null]) {
  const name = JSON.stringify(uid).slice(0, 20);
  Deno.test(`A client that the program calls ${name} is closed with 3004, and logged`, async () => {
    const { scene, order } = guarded({
      onConnect: () => ({ uid: uid as unknown as string }),
    });
    const client = await SdkClient.connect(scene, { claims: { sub: "alice" } });
    assertEquals(client.closeCode, 3004);
    assertEquals(client.connection.uid, undefined);
    const line = scene.logs.find(({ event }) => event === "hook_failed");
    assertEquals(line?.connection, client.connection.id);
    const text = scene.connect("alice");
    await scene.settle();
    assertEquals(text.transport.closed?.code, 3004);
    assertEquals(order, ["+alice", "+alice"]);
  });
}

Deno.test("A client that the program names with an empty uid is anonymous", async () => {
  const { scene } = guarded({ onConnect: () => ({ uid: "" }) });
  for (const claims of [undefined, { sub: "alice" }]) {
    const client = await SdkClient.connect(scene, { claims });
    assertEquals(client.connection.uid, undefined);
    assertEquals(client.connection.info.user, "");
    assertEquals([...scene.hub.channels.keys()], ["\0"]);
    client.connection.ended();
    assertEquals(scene.hub.channels.size, 0);
  }
});

Deno.test("No token subscribes its client to the channels of others, the program may", async () => {
  const { scene } = guarded({
    onConnect: ({ data }) => ({ channels: data === "dm" ? ["dm#x,y"] : [] }),
  });
  const channels = ["#bob", "dm#x,y", "#alice", "dm#alice,y", "news"];
  const claims = { sub: "alice", channels, subs: { "chat#bob": {} } };
  const client = await SdkClient.connect(scene, { claims });
  const own = ["#alice", "dm#alice,y", "news"];
  assertEquals([...client.connection.channels], own);
  const refused = scene.logs
    .filter(({ event }) => event === "subscription_refused")
    .map(({ channel }) => channel);
  assertEquals(refused, ["#bob", "dm#x,y", "chat#bob"]);
  const text = scene.connect(null);
  text.connection.receive(`auth:${tokenOf(claims)}`);
  await scene.settle();
  assertEquals([...text.connection.channels], own);
  const trusted = await SdkClient.connect(scene, {
    claims: { sub: "alice" },
    connect: { data: "dm" },
  });
  assertEquals([...trusted.connection.channels], ["dm#x,y"]);
});

Deno.test("Where anybody may do everything, a token may say everything, too", async () => {
  const scene = new Scene({ tokens: fakeTokens });
  const client = await SdkClient.connect(scene, {
    claims: { sub: "alice", channels: ["#bob"] },
  });
  assertEquals([...client.connection.channels], ["#bob"]);
});

Deno.test("A newer token says anew what its client may, and what is known of it", async () => {
  const scene = new Scene({ insecureAnonymousAll: false, tokens: fakeTokens });
  const text = scene.connect(null);
  const say = async (frame: string) => {
    text.connection.receive(frame);
    await scene.settle();
    return text.transport.take();
  };
  const caps = [{ channels: ["$room"], allow: ["sub"] }];
  await say(`auth:${tokenOf({ sub: "alice", info: 1, meta: "old" })}`);
  assertEquals(await say("+#$room"), [
    'error:103 permission denied: cannot subscribe to "$room"',
  ]);
  const newer = { sub: "alice", info: 2, meta: "new", caps };
  await say(`auth:${tokenOf(newer)}`);
  assertEquals(await say("+#$room"), ["+#$room"]);
  const sdk = await SdkClient.connect(scene, { claims: { sub: "alice" } });
  await sdk.ask({ id: 2, refresh: { token: tokenOf(newer) } });
  for (const { id, info, meta } of [text.connection, sdk.connection]) {
    assertEquals(meta, "new");
    assertEquals(info, { client: id, user: "alice", connInfo: "2" });
  }
});

Deno.test("What the program says of a client stands when a newer token comes", async () => {
  const { scene } = guarded({ onConnect: () => ({ uid: "b", info: "guest" }) });
  const client = await SdkClient.connect(scene, {
    claims: { sub: "a", info: 1 },
  });
  const token = tokenOf({ sub: "a", info: 2, meta: "new" });
  await client.ask({ id: 2, refresh: { token } });
  const { id, info, meta } = client.connection;
  assertEquals(info, { client: id, user: "b", connInfo: '"guest"' });
  assertEquals(meta, "new");
});

Deno.test("A client that leaves while its token is verified is reported once", async () => {
  const gate = Promise.withResolvers<void>();
  const { scene, order } = guarded({
    insecureAnonymousAll: true,
    onConnect: async ({ uid }) => {
      if (uid !== undefined) await gate.promise;
    },
  });
  const { connection } = scene.connect();
  await scene.settle();
  connection.receive(`auth:${tokenOf({ sub: "alice" })}`);
  await scene.settle();
  connection.ended();
  gate.resolve();
  await scene.settle();
  assertEquals(order, ["+undefined", "+alice", "-undefined 1006"]);
});

for (const name of ["SDK", "text client"]) {
  Deno.test(`A newer token of a ${name} that has gone is watched no more`, async () => {
    const gates: PromiseWithResolvers<void>[] = [];
    const scene = new Scene({
      tokens: {
        ...fakeTokens,
        connection: async (token) => {
          const gate = Promise.withResolvers<void>();
          gates.push(gate);
          await gate.promise;
          return await fakeTokens.connection(token);
        },
      },
    });
    const token = tokenOf({ sub: "alice" });
    const client = new SdkClient(scene);
    const text = scene.connect("alice").connection;
    client.send({ id: 1, connect: { token } });
    await scene.settle();
    gates.shift()!.resolve();
    await scene.settle();
    const { connection } = name === "SDK" ? client : { connection: text };
    if (name === "SDK") client.send({ id: 2, refresh: { token } });
    else text.receive(`auth:${token}`);
    await scene.settle();
    connection.ended();
    gates.shift()!.resolve();
    await scene.settle();
    assertEquals(connection.slot, undefined);
  });
}
