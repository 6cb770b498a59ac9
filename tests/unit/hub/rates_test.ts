import { assert, assertEquals } from "@std/assert";
import { namespacesOf } from "../../../lib/channel/channel_options.ts";
import type { HubLimits } from "../../../lib/limits/hub_limits.ts";
import { centrifugeProtocol } from "../../../lib/protocol/centrifuge.ts";
import { settled } from "../../support/connection_scene.ts";
import { Scene, type SceneClient } from "../../support/scene.ts";

const REFUSED = "error:111 too many requests";

/** A scene whose limits are small. */
function limited(limits: Partial<HubLimits>): Scene {
  return new Scene({ limits: { rateBurstMs: 1_000, ...limits } });
}

async function send(
  scene: Scene,
  { connection }: SceneClient,
  frames: readonly string[],
): Promise<void> {
  for (const frame of frames) connection.receive(frame);
  for (let turn = 0; turn < 20; turn++) {
    await settled();
    scene.clock.advance(0);
  }
}

function times(count: number, frame: string): string[] {
  return Array.from({ length: count }, () => frame);
}

function count(frames: readonly unknown[], frame: string): number {
  return frames.filter((each) => each === frame).length;
}

Deno.test("Messages above the rate are refused with 111, and those of the next second are taken", async () => {
  const scene = limited({ messageRate: 10 });
  const client = scene.connect("alice");
  await send(scene, client, times(15, "ping"));
  const { sent: frames } = client.transport;
  assertEquals(count(frames, "pong"), 10);
  assertEquals(count(frames, REFUSED), 5);
  scene.clock.advance(1_000);
  await send(scene, client, ["ping"]);
  assertEquals(count(client.transport.sent, "pong"), 11);
  assertEquals(scene.hub.counters.refusals.messages, 5);
  assertEquals(client.connection.closed, false);
});

Deno.test("A client that goes on regardless is disconnected with 3013, and a time to come back", async () => {
  const scene = limited({ messageRate: 10, refusalRate: 5 });
  const client = scene.connect("alice");
  await send(scene, client, times(40, "ping"));
  assertEquals(count(client.transport.sent, REFUSED), 5);
  const { closed } = client.transport;
  assertEquals(closed?.code, 3013);
  assert(/"retry_after_ms":\d+/.test(closed?.reason ?? ""), closed?.reason);
  assertEquals(scene.hub.counters.refusals.refused, 1);
});

Deno.test("Bytes above the rate are refused", async () => {
  const scene = limited({ byteRate: 1_000 });
  const client = scene.connect("alice");
  await send(scene, client, times(5, `bob:${"x".repeat(300)}`));
  assertEquals(count(client.transport.sent, REFUSED), 2);
  assertEquals(scene.hub.counters.refusals.bytes, 2);
});

Deno.test("The error has the id of its command, and every command of a frame is a message", async () => {
  const scene = limited({ messageRate: 5 });
  const client = scene.connect(null, centrifugeProtocol);
  const publish = (id: number) =>
    JSON.stringify({ id, publish: { channel: "room", data: 1 } });
  await send(scene, client, ['{"id":1,"connect":{}}']);
  const ids = [2, 3, 4, 5, 6, 7, 8, 9];
  await send(scene, client, [ids.map(publish).join("\n"), publish(10)]);
  const replies = client.transport.sent
    .flatMap((frame) => String(frame).split("\n"))
    .map((line) => JSON.parse(line));
  const error = { code: 111, message: "too many requests", temporary: true };
  assertEquals(replies.at(-1), { id: 10, error });
  // What is owed for the long frame is paid before the next message is taken.
  scene.clock.advance(600);
  await send(scene, client, [publish(11)]);
  assertEquals(JSON.parse(String(client.transport.sent.at(-1))).id, 11);
  assert(String(client.transport.sent.at(-1)).includes("111"));
});

Deno.test("An SDK's message without an id is dropped without an answer above the rate", async () => {
  const scene = limited({ messageRate: 1 });
  const client = scene.connect(null, centrifugeProtocol);
  await send(scene, client, ['{"id":1,"connect":{}}']);
  const before = client.transport.sent.length;
  await send(scene, client, ["{}", "{}", "{}"]);
  assertEquals(client.transport.sent.length, before);
  assertEquals(client.connection.closed, false);
});

Deno.test("Refusals by a rate are no invalid frames: they do not end the connection with 3509", async () => {
  const scene = limited({ messageRate: 1 });
  const client = scene.connect("alice");
  await send(scene, client, times(30, "ping"));
  assertEquals(client.connection.closed, false);
  assertEquals(count(client.transport.sent, REFUSED), 29);
});

for (
  const [rate, frame, name] of [
    ["publishRate", "#room:x", "publish"],
    ["publishRate", "bob:x", "publish"],
    ["publishRate", "all:x", "publish"],
    ["subscribeRate", "+#room", "subscribe"],
    ["subscribeRate", "-#room", "subscribe"],
  ] as const
) {
  Deno.test(`Above its rate a command is refused with 111: ${frame}`, async () => {
    const scene = limited({ [rate]: 3 });
    const client = scene.connect("alice");
    await send(scene, client, times(5, frame));
    assertEquals(count(client.transport.sent, REFUSED), 2);
    assertEquals(scene.hub.counters.refusals[name], 2);
    await send(scene, client, ["ping"]);
    assertEquals(count(client.transport.sent, "pong"), 1);
  });
}

for (
  const [rate, command, name] of [
    ["historyRate", { history: { channel: "room", limit: 1 } }, "history"],
    ["presenceRate", { presence: { channel: "room" } }, "presence"],
    ["presenceRate", { presence_stats: { channel: "room" } }, "presence"],
  ] as const
) {
  Deno.test(`Above its rate a command is refused with 111: ${Object.keys(command)[0]}`, async () => {
    const scene = limited({ [rate]: 3 });
    const client = scene.connect(null, centrifugeProtocol);
    const commands = [1, 2, 3, 4, 5].map((id) =>
      JSON.stringify({ id: id + 1, ...command })
    );
    await send(scene, client, ['{"id":1,"connect":{}}', ...commands]);
    const text = client.transport.sent.join("\n");
    assertEquals(text.split('"code":111').length - 1, 2);
    assertEquals(scene.hub.counters.refusals[name], 2);
  });
}

Deno.test("A namespace has rates of its own, also higher ones and none", async () => {
  const scene = new Scene({
    limits: { rateBurstMs: 1_000, publishRate: 3 },
    namespaces: namespacesOf({
      "*": {},
      "slow:*": { publishRate: 1 },
      "fast:*": { publishRate: 10 },
      "free:*": { publishRate: 0 },
    }),
  });
  const refusals = async (channel: string) => {
    const client = scene.connect(null, centrifugeProtocol);
    const commands = Array.from(
      { length: 20 },
      (_, index) =>
        JSON.stringify({ id: index + 2, publish: { channel, data: 1 } }),
    );
    await send(scene, client, ['{"id":1,"connect":{}}', ...commands]);
    return client.transport.sent.join("\n").split('"code":111').length - 1;
  };
  assertEquals(await refusals("room"), 17);
  assertEquals(await refusals("slow:room"), 19);
  assertEquals(await refusals("fast:room"), 10);
  assertEquals(await refusals("free:room"), 0);
});

Deno.test("The connections of one uid have a multiple of the rates together, and others have theirs", async () => {
  const scene = limited({ messageRate: 10, userRateFactor: 2 });
  const pongs = async (uid: string) => {
    const client = scene.connect(uid);
    await send(scene, client, times(10, "ping"));
    return count(client.transport.sent, "pong");
  };
  assertEquals(await pongs("alice"), 10);
  assertEquals(await pongs("alice"), 10);
  assertEquals(await pongs("alice"), 0);
  assertEquals(await pongs("bob"), 10);
});

Deno.test("One uid has as many connections as it may; the next is closed with 3504", () => {
  const scene = limited({ maxConnectionsPerUser: 2 });
  const [first, second, third] = [1, 2, 3].map(() => scene.connect("alice"));
  assertEquals(third!.transport.closed?.code, 3504);
  assertEquals(second!.connection.closed, false);
  assertEquals(scene.connect("bob").connection.closed, false);
  first!.connection.ended();
  assertEquals(scene.connect("alice").connection.closed, false);
  assertEquals(scene.hub.counters.refusals.connectionsPerUser, 1);
});

Deno.test("A node has as many channels as it may; a subscription to one more gets 106", async () => {
  const scene = limited({ maxChannelsInAll: 4 });
  const client = scene.connect("alice");
  // The inboxes of all and of the uid are two of them.
  await send(scene, client, ["+#one", "+#two", "+#three", "+#one"]);
  assertEquals(client.transport.sent, [
    "+#one",
    "+#two",
    'error:106 cannot subscribe to "three": this node already has 4 channels',
    "+#one",
  ]);
  assertEquals(scene.hub.counters.refusals.channelsInAll, 1);
});

Deno.test("Calls that have not returned are bounded, of all clients together", async () => {
  const release = Promise.withResolvers<void>();
  const scene = new Scene({
    limits: { maxRpcs: 1 },
    onRpc: async () => {
      await release.promise;
      return 1;
    },
  });
  const clients = [1, 2].map(() => scene.connect(null, centrifugeProtocol));
  const rpc = '{"id":2,"rpc":{"method":"m","data":1}}';
  for (const client of clients) {
    await send(scene, client, ['{"id":1,"connect":{}}', rpc]);
  }
  assert(String(clients[1]!.transport.sent.at(-1)).includes('"code":111'));
  release.resolve();
  await settled();
  await send(scene, clients[1]!, [rpc]);
  assert(String(clients[0]!.transport.sent.at(-1)).includes('"rpc"'));
  assert(String(clients[1]!.transport.sent.at(-1)).includes('"rpc"'));
  assertEquals(scene.hub.counters.refusals.rpcs, 1);
});

Deno.test("A client whose frames come all at once leaves the turn to others after some, and all are carried out in order", async () => {
  const scene = new Scene();
  const client = scene.connect("alice");
  const frames = Array.from({ length: 200 }, (_, index) => `alice:${index}`);
  for (const frame of frames) client.connection.receive(frame);
  const first = client.transport.sent.length;
  assert(first > 0 && first < 100, String(first));
  const other = scene.connect("bob");
  other.connection.receive("ping");
  assertEquals(other.transport.sent, ["pong"]);
  await send(scene, client, []);
  assertEquals(
    client.transport.sent,
    frames.map((frame) => frame.slice("alice:".length)),
  );
});
