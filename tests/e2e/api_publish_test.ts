/** What a backend publishes by the server API, and what the official SDK and text clients get of it. */

import { assertEquals, assertNotEquals } from "@std/assert";
import { ApiStage } from "./api_server.ts";

Deno.test("A publication by the API reaches the SDK and text clients", async () => {
  await using stage = await ApiStage.start();
  const news = await (await stage.sdk("alice")).subscribe("news");
  const text = await stage.text("bob");
  text.send("+#news");
  assertEquals(await text.next(), "+#news");
  const tags = { kind: "greeting" };
  await stage.call("publish", { channel: "news", data: { a: 1 }, tags });
  await stage.call("publish", { channel: "news", data: "hello" });
  await news.count(2);
  const [first] = news.publications;
  assertEquals(news.data, [{ a: 1 }, "hello"]);
  assertEquals([first?.offset, first?.tags, first?.info], [1, tags, undefined]);
  assertEquals(await text.next(), '#news:{"a":1}');
  assertEquals(await text.next(), "#news:hello");
});

Deno.test("A publication with the same idempotency key comes once", async () => {
  await using stage = await ApiStage.start();
  const news = await (await stage.sdk("alice")).subscribe("news");
  const once = { channel: "news", data: "once", idempotency_key: "k" };
  const first = await stage.call("publish", once);
  assertEquals(await stage.call("publish", once), first);
  const last = { channel: "news", data: "last" };
  assertNotEquals(await stage.call("publish", last), first);
  await news.count(2);
  assertEquals(news.data, ["once", "last"]);
});

Deno.test("A broadcast and a batch reach every channel, in their order", async () => {
  await using stage = await ApiStage.start();
  const sdk = await stage.sdk("alice");
  const [one, two] = [await sdk.subscribe("one"), await sdk.subscribe("two")];
  await stage.call("broadcast", { channels: ["one", "two"], data: 1 });
  const publish = (channel: string, data: number) => ({
    publish: { channel, data },
  });
  await stage.call("batch", {
    commands: [publish("one", 2), publish("two", 3), publish("one", 4)],
  });
  await one.count(3);
  await two.count(2);
  assertEquals([one.data, two.data], [[1, 2, 4], [1, 3]]);
});

Deno.test("The API and the SDK read the same history, until it is removed", async () => {
  await using stage = await ApiStage.start();
  const news = await (await stage.sdk("alice")).subscribe("news");
  for (const data of ["a", "b"]) {
    await stage.call("publish", { channel: "news", data });
  }
  await news.sub.publish("c");
  const { publications, epoch } = await news.sub.history({ limit: 10 });
  const result = {
    publications: publications.map(({ data, offset, info }) => ({
      data,
      offset,
      ...info === undefined
        ? {}
        : { info: { user: info.user, client: info.client } },
    })),
    epoch,
    offset: 3,
  };
  const all = { channel: "news", limit: -1 };
  assertEquals(publications.map(({ data }) => data), ["a", "b", "c"]);
  assertEquals(await stage.call("history", all), { result });
  await stage.call("history_remove", { channel: "news" });
  const { publications: rest, offset } = await news.sub.history({ limit: 10 });
  assertEquals([rest, offset], [[], 3]);
});

Deno.test("A publication that skips the history comes, and is not there later", async () => {
  await using stage = await ApiStage.start();
  const news = await (await stage.sdk("alice")).subscribe("news");
  const publish = (data: string, skip_history: boolean) =>
    stage.call("publish", { channel: "news", data, skip_history });
  await publish("kept", false);
  await publish("passing", true);
  await news.count(2);
  const { publications } = await news.sub.history({ limit: 10 });
  assertEquals(publications.map(({ data }) => data), ["kept"]);
});
