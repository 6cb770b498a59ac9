/** Real isolates whose locks are taken away: each is a hub, and relays to the others. */

import { assert, assertEquals } from "@std/assert";
import { BrokerScene, payloadsOf } from "../conformance/broker_scene.ts";
import { eventually } from "../support/eventually.ts";
import { makeIsolates } from "../support/isolates.ts";
import { PlantedProgram } from "../support/planted_program.ts";
import { TestServer } from "../support/server.ts";
import { TextClient } from "../support/text_client.ts";
import { readHealth } from "./text_server.ts";

const ISOLATES = 3;
const EACH = 200;
const CLIENTS = 9;

/** Starts isolates without locks that are all subscribed to "room". */
async function startUnlocked(count: number) {
  const cluster = `test ${crypto.randomUUID()}`;
  const brokers = await makeIsolates(count, { cluster, hasLocks: false });
  const scene = await BrokerScene.start({
    brokers,
    passTime: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  for (const { broker } of scene.members) await broker.subscribe("room");
  return { cluster, brokers, scene };
}

Deno.test("Isolates without locks get each other's publications at most once, and those of each in its order", async () => {
  const { brokers, scene } = await startUnlocked(ISOLATES);
  const { members } = scene;
  try {
    await eventually(
      () => brokers.every(({ warnings }) => warnings.length === 2),
      { awaited: "all to know another one" },
    );
    for (let round = 0; round < EACH; round++) {
      for (const [index, { broker }] of members.entries()) {
        const payload = `${index}:${round}`;
        const { delivered } = await broker.publish({
          channel: "room",
          payload,
          history: { size: 10, ttlMs: 60_000 },
        });
        assert(delivered);
      }
    }
    for (const member of members) {
      await member.receives(ISOLATES * EACH, "room");
    }
    await scene.passTime(100);
    const epochs = new Set<string>();
    for (const member of members) {
      const delivered = member.of("room");
      const payloads = payloadsOf(delivered).map(String);
      assertEquals(payloads.length, ISOLATES * EACH);
      assertEquals(new Set(payloads).size, payloads.length);
      for (const index of members.keys()) {
        assertEquals(
          payloads.filter((payload) => payload.startsWith(`${index}:`)),
          Array.from({ length: EACH }, (_, round) => `${index}:${round}`),
        );
      }
      // An order and a history of its own.
      epochs.add(delivered[0]!.epoch);
      assertEquals((await member.kept("room")).length, 10);
    }
    assertEquals(epochs.size, ISOLATES);
    for (const { warnings } of brokers) {
      const events = warnings.map((warning) => warning.split(" ")[0]);
      assertEquals(events, ["broker_alone", "broker_relay"]);
    }
  } finally {
    for (const broker of brokers) broker.terminate();
  }
});

Deno.test("An isolate without locks posts no publication where no other one answers", async () => {
  const { cluster, brokers, scene } = await startUnlocked(1);
  const { members } = scene;
  const posts: unknown[] = [];
  const channel = new BroadcastChannel(`${cluster}:relay`);
  channel.onmessage = ({ data }) => posts.push(data.type);
  try {
    await scene.passTime(2_500);
    posts.length = 0;
    await members[0]!.broker.publish({ channel: "room", payload: "x" });
    await members[0]!.receives(1, "room");
    await scene.passTime(500);
    assertEquals(posts, []);
  } finally {
    channel.close();
    for (const broker of brokers) broker.terminate();
  }
});

Deno.test("A server of isolates without locks relays to the clients of all of them, and /healthz says so", async () => {
  await using program = await PlantedProgram.write(
    'Reflect.deleteProperty(Object.getPrototypeOf(navigator), "locks");\n',
  );
  await using server = await TestServer.start({
    isolates: ISOLATES,
    main: program.path,
    env: { INSECURE_ANONYMOUS_ALL: "true" },
  });
  await server.waitForLog("broker_relay");
  await eventually(async () => {
    const { broker, isolates } = await readHealth(server);
    return broker === "relay" && isolates === undefined;
  }, { awaited: "a hub that relays" });
  await using stack = new AsyncDisposableStack();
  const clients: TextClient[] = [];
  for (let count = 0; count < CLIENTS; count++) {
    const client = await TextClient.open(`${server.wsUrl}/ws`);
    clients.push(stack.use(client));
    client.send("+#room");
    assertEquals(await client.next(), "+#room");
  }
  clients[0]!.send("#room:hello");
  for (const client of clients) {
    assertEquals(await client.next(), "#room:hello");
  }
  clients[0]!.send("#room:again");
  for (const client of clients) {
    assertEquals(await client.next(), "#room:again");
  }
});
