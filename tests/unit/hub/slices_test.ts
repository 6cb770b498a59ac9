/** A fan-out to many recipients lasts several turns of the event loop: what happens in between keeps the order. */

import { assert, assertEquals } from "@std/assert";
import {
  DEFAULT_CHANNEL_OPTIONS,
  Namespaces,
} from "../../../lib/channel/channel_options.ts";
import { centrifugeProtocol } from "../../../lib/protocol/centrifuge.ts";
import { textProtocol } from "../../../lib/protocol/text.ts";
import { createDelta } from "../../../lib/protocol/delta.ts";
import { Scene, type SceneOptions } from "../../support/scene.ts";
import {
  dataOf,
  type Message,
  publicationsOf,
  SdkClient,
} from "../../support/sdk_client.ts";

const REASON = { code: 4000, reason: "bye", reconnect: true };
const UNSUBSCRIBE = { id: 9, unsubscribe: { channel: "news" } };

/** A hub that sends to two recipients in each turn. */
class SlicedScene extends Scene {
  constructor(options: SceneOptions = {}) {
    super({
      ...options,
      limits: { recipientsPerTurn: 2, joinPatienceMs: 0, ...options.limits },
    });
  }

  /** Lets one turn of the event loop pass. */
  turn(): void {
    this.clock.stall(0);
  }

  /** Lets as many pass as there are, until nothing waits. */
  rest(): void {
    this.clock.advance(0);
  }

  async subscribers(
    count: number,
    fields: Message = {},
  ): Promise<SdkClient[]> {
    const clients: SdkClient[] = [];
    for (let index = 0; index < count; index++) {
      const client = await SdkClient.connect(this);
      await client.ask({ id: 2, subscribe: { channel: "news", ...fields } });
      clients.push(client);
    }
    for (const client of clients) client.take();
    return clients;
  }

  /** Publishes, and waits until the first two recipients are sent it. */
  begin(...data: readonly string[]): void {
    for (const each of data) this.hub.publish("news", each);
    this.turn();
  }
}

/** What each has been sent, without letting a turn pass. */
function sentTo(clients: readonly SdkClient[]): unknown[][] {
  return clients.map(({ transport }) => dataOf(messagesIn(transport.take())));
}

function messagesIn(frames: readonly unknown[]): Message[] {
  return frames.flatMap((frame) =>
    String(frame).split("\n").map((line) => JSON.parse(line))
  );
}

Deno.test("Two recipients in each turn are sent a fan-out, and what comes meanwhile comes after it, joined", async () => {
  const scene = new SlicedScene();
  const clients = await scene.subscribers(5);
  scene.begin("a");
  assertEquals(sentTo(clients), [["a"], ["a"], [], [], []]);
  scene.hub.publish("news", "b");
  scene.hub.publish("news", "c");
  scene.turn();
  assertEquals(sentTo(clients), [[], [], ["a"], ["a"], []]);
  scene.turn();
  assertEquals(sentTo(clients), [[], [], [], [], ["a"]]);
  scene.rest();
  for (const client of clients) {
    assertEquals(client.takeFrames().map(dataOf), [["b", "c"]]);
  }
});

Deno.test("Texts are sent at once to the first recipients, and keep their order to the others", async () => {
  const scene = new SlicedScene();
  const clients = ["a", "b", "c"].map((uid) => scene.connect(uid));
  for (const { connection } of clients) connection.receive("+#news");
  await scene.settle();
  for (const { transport } of clients) transport.take();
  scene.hub.publish("news", "1");
  scene.hub.publish("news", "2");
  const sent = () => clients.map(({ transport }) => transport.take());
  assertEquals(sent(), [["#news:1"], ["#news:1"], []]);
  scene.turn();
  assertEquals(sent(), [["#news:2"], [], ["#news:1"]]);
  scene.turn();
  assertEquals(sent(), [[], ["#news:2"], ["#news:2"]]);
  scene.rest();
  assertEquals(sent(), [[], [], []]);
});

const ENDS: readonly [string, (client: SdkClient) => void][] = [
  ["unsubscribes", (client) => client.send(UNSUBSCRIBE)],
  ["is disconnected", ({ connection }) => connection.disconnect(REASON)],
  ["is evicted from the channel", ({ connection }) => {
    const reason = { code: 2000, reason: "server unsubscribe" };
    connectionScene?.hub.subscriptions.end(connection, "news", reason);
  }],
];
let connectionScene: Scene | undefined;

for (const [how, end] of ENDS) {
  Deno.test(`A recipient that ${how} in the middle of a fan-out gets before all that was delivered, once`, async () => {
    const scene = connectionScene = new SlicedScene();
    const clients = await scene.subscribers(6, { positioned: true });
    scene.begin("a");
    scene.hub.publish("news", "b");
    const leavers = [clients[0]!, clients[4]!];
    for (const leaver of leavers) end(leaver);
    const [reached, waiting] = leavers.map(({ transport }) =>
      messagesIn(transport.take())
    );
    assertEquals(dataOf(reached!), ["a", "b"]);
    assertEquals(dataOf(waiting!), ["a", "b"]);
    scene.hub.publish("news", "c");
    scene.rest();
    assertEquals(dataOf(leavers[1]!.take()), []);
    for (const index of [1, 2, 3, 5]) {
      assertEquals(dataOf(clients[index]!.take()), ["a", "b", "c"]);
    }
  });
}

Deno.test("A recipient whose connection is lost in the middle of a fan-out costs the others nothing", async () => {
  const scene = new SlicedScene();
  const clients = await scene.subscribers(6);
  scene.begin("a");
  for (const index of [0, 2, 5]) clients[index]!.connection.ended();
  scene.rest();
  assertEquals(sentTo(clients), [["a"], ["a"], [], ["a"], ["a"], []]);
});

Deno.test("A client that subscribes in the middle of a fan-out gets what comes after, and one that comes back nothing twice", async () => {
  const scene = new SlicedScene();
  const clients = await scene.subscribers(5);
  scene.begin("a");
  const [first, , third] = clients;
  for (const client of [first!, third!]) client.send(UNSUBSCRIBE);
  const late = new SdkClient(scene);
  late.send({ id: 1, connect: {} }, {
    id: 2,
    subscribe: { channel: "news" },
  });
  for (const client of [first!, third!]) {
    client.send({ id: 3, subscribe: { channel: "news" } });
  }
  await scene.settle();
  scene.hub.publish("news", "b");
  scene.rest();
  assertEquals(dataOf(late.take()), ["b"]);
  assertEquals(sentTo(clients), Array(5).fill(["a", "b"]));
});

Deno.test("A broadcast is sent in slices too, before the end of a drain and in its order", () => {
  const scene = new SlicedScene();
  const texts = ["a", "b", "c", "d"].map((uid) => scene.connect(uid));
  scene.hub.broadcast("1");
  scene.hub.broadcast("2");
  for (const { connection } of texts) connection.disconnect(REASON);
  for (const { transport } of texts) {
    assertEquals(transport.sent, ["1", "2"]);
    assertEquals(transport.closed?.code, 4000);
  }
  scene.rest();
});

Deno.test("A flush in the middle of a fan-out sends all of it, and what waits behind it", async () => {
  const scene = new SlicedScene();
  const clients = await scene.subscribers(5, { positioned: true });
  scene.begin("a");
  scene.hub.publish("news", "b");
  scene.hub.channels.get("news")?.flush();
  assertEquals(sentTo(clients), Array(5).fill(["a", "b"]));
  scene.hub.publish("news", "c");
  scene.rest();
  assertEquals(sentTo(clients), Array(5).fill(["c"]));
});

Deno.test("A publisher that is faster than the fan-out loses nothing, and no more than two fan-outs wait", async () => {
  const scene = new SlicedScene();
  const clients = await scene.subscribers(5);
  const data = Array.from({ length: 2_000 }, (_, index) => `${index}`);
  for (const [index, each] of data.entries()) {
    scene.hub.publish("news", each);
    if (index % 100 === 0) scene.turn();
    const sent = clients.map(({ transport }) =>
      dataOf(messagesIn(transport.sent)).length
    );
    assert(index - Math.min(...sent) <= 512);
  }
  scene.rest();
  assertEquals(sentTo(clients), Array(5).fill(data));
});

Deno.test("What a slow recipient's end publishes in the middle of a slice comes behind it", async () => {
  const scene = new SlicedScene({
    limits: { maxBufferedBytes: 1_000 },
    onDisconnect: () => void scene.hub.publish("news", "one has left"),
  });
  const clients = await scene.subscribers(5);
  clients[1]!.transport.bufferedAmount = 2 ** 30;
  scene.begin("a");
  scene.rest();
  const [first, , ...others] = sentTo(clients);
  assertEquals([first, ...others], Array(4).fill(["a", "one has left"]));
});

Deno.test("Deltas of recipients in different slices build on what each has", async () => {
  const namespaces = new Namespaces({
    ...DEFAULT_CHANNEL_OPTIONS,
    delta: ["fossil"],
  });
  const scene = new SlicedScene({ namespaces });
  const clients = await scene.subscribers(4, { delta: "fossil" });
  const text = (name: string) => `${"words that stay ".repeat(9)}${name}`;
  const json = (name: string) => JSON.stringify(text(name));
  scene.begin(text("a"));
  const late = await SdkClient.connect(scene);
  late.send({ id: 2, subscribe: { channel: "news", delta: "fossil" } });
  await scene.settle();
  scene.hub.publish("news", text("b"));
  scene.rest();
  const delta = createDelta(json("a"), json("b"));
  for (const client of clients) {
    assertEquals(publicationsOf(client.take()).map(({ data }) => data), [
      json("a"),
      delta,
    ]);
  }
  assertEquals(dataOf(late.take()), [json("b")]);
});

/** Numbers that a seed determines. */
function dice(seed: number): (sides: number) => number {
  let state = seed * 2_654_435_761 >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor(state / 2 ** 32 * sides);
  };
}

/** A client, what it must have been sent, and whether it is subscribed. */
interface Reader {
  readonly client: ReturnType<Scene["connect"]>;
  readonly due: string[];
  isSubscribed: boolean;
}

Deno.test("Whatever happens between the slices, everyone gets in order what was published while it was subscribed", async () => {
  for (let seed = 1; seed <= 50; seed++) {
    const roll = dice(seed);
    const scene = new SlicedScene();
    const readers: Reader[] = [];
    let published = 0;
    for (let step = 0; step < 120; step++) {
      const reader = readers[roll(readers.length + 1)];
      switch (roll(8)) {
        case 0: {
          const isSdk = roll(2) === 0;
          const protocol = isSdk ? centrifugeProtocol : textProtocol;
          const client = scene.connect(`u${step}`, protocol);
          if (isSdk) client.connection.opening = "done";
          readers.push({ client, due: [], isSubscribed: false });
          break;
        }
        case 1:
        case 2: {
          if (reader === undefined || reader.client.connection.closed) break;
          if (reader.isSubscribed) break;
          await scene.join(reader.client, "news");
          reader.isSubscribed = true;
          break;
        }
        case 3:
          if (reader === undefined) break;
          scene.hub.subscriptions.end(reader.client.connection, "news");
          reader.isSubscribed = false;
          break;
        case 4:
          if (reader === undefined || roll(4) > 0) break;
          reader.client.connection.disconnect(REASON);
          reader.isSubscribed = false;
          break;
        case 5:
        case 6: {
          const data = `<${published++}>`;
          scene.hub.publish("news", data);
          for (const { due, isSubscribed } of readers) {
            if (isSubscribed) due.push(data);
          }
          break;
        }
        default:
          scene.turn();
      }
    }
    scene.rest();
    for (const [index, { client, due }] of readers.entries()) {
      const sent = client.transport.sent.join().match(/<\d+>/g) ?? [];
      assertEquals([...sent], due, `seed ${seed}, reader ${index}`);
    }
  }
});
