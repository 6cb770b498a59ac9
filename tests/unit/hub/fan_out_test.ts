/** Events in the middle of a fan-out, and the base of deltas where the order was not kept. */

import { assertEquals } from "@std/assert";
import {
  DEFAULT_CHANNEL_OPTIONS,
  Namespaces,
} from "../../../lib/channel/channel_options.ts";
import { disconnects } from "../../../lib/base/disconnect.ts";
import type { Frame } from "../../../lib/protocol/types.ts";
import type { Publication } from "../../../lib/base/publication.ts";
import { Scene } from "../../support/scene.ts";
import { dataOf, publicationsOf, SdkClient } from "../../support/sdk_client.ts";

Deno.test("What comes in the middle of a fan-out is not lost where all is flushed meanwhile", async () => {
  const scene = new Scene();
  const clients = [1, 2, 3].map(() => scene.connect());
  const sdk = await SdkClient.connect(scene);
  await sdk.ask({ id: 2, subscribe: { channel: "news" } });
  for (const client of clients) await scene.join(client, "news");
  const [first, second, third] = clients;
  const { transport } = first!;
  const send = transport.send.bind(transport);
  let isFirst = true;
  transport.send = (frame: Frame) => {
    send(frame);
    if (!isFirst) return;
    isFirst = false;
    scene.hub.publish("news", "b");
    // Before it goes, it is sent what waits: so all channels are flushed.
    third!.connection.disconnect(disconnects.shutdown);
  };
  scene.hub.publish("news", "a");
  scene.clock.advance(0);
  assertEquals(isFirst, false);
  assertEquals(dataOf(sdk.take()), ["a", "b"]);
  assertEquals(second!.transport.take(), ["#news:a", "#news:b"]);
});

Deno.test("After a publication that comes again, the next delta builds on nothing that its reader has not", async () => {
  const namespaces = new Namespaces({
    ...DEFAULT_CHANNEL_OPTIONS,
    delta: ["fossil"],
  });
  const scene = new Scene({ namespaces });
  const client = await SdkClient.connect(scene);
  const subscribe = { channel: "news", delta: "fossil" };
  await client.ask({ id: 2, subscribe });
  const words = "words that stay the same ".repeat(5);
  for (let index = 1; index <= 2; index++) {
    await scene.hub.publish("news", words + index);
  }
  assertEquals(publicationsOf(client.take())[1]?.delta, true);
  const { epoch } = await scene.hub.broker.position("news");
  const again: Publication = {
    type: "publication",
    channel: "news",
    payload: `${words}1`,
    info: undefined,
    offset: 1,
    epoch,
  };
  scene.hub.channels.get("news")?.deliver(again);
  assertEquals(client.take(), []);
  await scene.hub.publish("news", `${words}3`);
  const [next] = publicationsOf(client.take());
  assertEquals(next, { data: JSON.stringify(`${words}3`), offset: 3 });
  await scene.hub.publish("news", `${words}4`);
  assertEquals(publicationsOf(client.take())[0]?.delta, true);
});

Deno.test("An answer does not wait for the slow command behind it in its frame", async () => {
  const gate = Promise.withResolvers<void>();
  const scene = new Scene({ onRpc: () => gate.promise });
  const client = await SdkClient.connect(scene);
  client.send(
    { id: 2, unsubscribe: { channel: "a" } },
    { id: 3, rpc: {} },
    { id: 4, unsubscribe: { channel: "a" } },
  );
  await scene.settle();
  assertEquals(client.take().map(({ id }) => id), [2]);
  gate.resolve();
  await scene.settle();
  assertEquals(client.take().map(({ id }) => id), [3, 4]);
});

Deno.test("A publication that cannot be written costs neither the server nor other channels theirs", async () => {
  const scene = new Scene();
  const sdk = await SdkClient.connect(scene);
  const text = scene.connect("bob");
  for (const [index, channel] of ["bad", "good"].entries()) {
    await sdk.ask({ id: index + 2, subscribe: { channel } });
    await scene.join(text, channel);
  }
  scene.hub.publish("bad", { json: '"no JSON' });
  scene.hub.publish("good", "hello");
  scene.clock.advance(0);
  assertEquals(text.transport.take(), ["#good:hello"]);
  const errors = scene.logs.filter(({ level }) => level === "error");
  assertEquals(errors.map(({ event, channel }) => [event, channel]), [
    ["delivery_failed", "bad"],
  ]);
  scene.hub.publish("bad", "and on");
  scene.clock.advance(0);
  assertEquals(text.transport.take(), ["#bad:and on"]);
});
