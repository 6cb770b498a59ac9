/** The options of a hub: what is left out, what is wrong, and what the types say before it runs. */

import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as v from "valibot";
import { isolates, memory, redis } from "../../../lib/embedding/brokers.ts";
import { createHub } from "../../../lib/create_hub.ts";
import { ProtocolError } from "../../../lib/base/errors.ts";
import type { Log } from "../../../lib/base/log.ts";
import type { BrokerFactory } from "../../../lib/broker/factory.ts";
import { eventually } from "../../support/eventually.ts";

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };

Deno.test("A hub without an access is a type error", () => {
  // It is not called: what counts is that the next line is an error of the types.
  // @ts-expect-error -- access is missing
  const _without = () => createHub({});
  // @ts-expect-error -- there is no such access
  const _unknown = () => createHub({ access: "everybody" });
});

Deno.test("An access that would refuse every client is an error", () => {
  assertThrows(
    () => createHub({ access: { tokens: {} } }),
    TypeError,
    "neither secret nor jwksUrl",
  );
  assertThrows(
    () => createHub({ access: "onConnect" }),
    TypeError,
    "expected the hook onConnect",
  );
});

Deno.test("A pattern of channels that is neither * nor a namespace is an error", () => {
  for (const pattern of [":*", "a:b:*", "#a:*", "$a:*"] as const) {
    assertThrows(
      () => createHub({ access: "anonymous", channels: { [pattern]: {} } }),
      TypeError,
      `"${pattern}"`,
    );
  }
});

Deno.test("A misspelt pattern or option of channels is a type error", () => {
  const access = "anonymous";
  // @ts-expect-error -- not a pattern
  const _pattern = () => createHub({ access, channels: { chat: {} } });
  // @ts-expect-error -- not an option
  const _option = () => createHub({ access, channels: { "*": { size: 1 } } });
});

Deno.test("Channels are configured by pattern, and inherit from *", async () => {
  await using hub = createHub({
    access: "anonymous",
    channels: {
      "*": { historySize: 2, data: v.number() },
      "chat:*": { presence: false },
      "news:*": { historySize: 0, historyTtlMs: undefined },
    },
  });
  for (const data of [1, 2, 3]) {
    await hub.publish("room", data);
    await hub.publish("chat:1", data);
  }
  for (const channel of ["room", "chat:1"]) {
    const { publications } = await hub.history(channel);
    assertEquals(publications.map(({ data }) => data), [2, 3], channel);
  }
  const notAvailable = async (call: Promise<unknown>) =>
    (await assertRejects(() => call, ProtocolError)).code;
  assertEquals(await notAvailable(hub.presence("chat:1")), 108);
  assertEquals(await notAvailable(hub.history("news:1")), 108);
  assertEquals(await notAvailable(hub.publish("other:1", 1)), 102);
});

Deno.test("The schema of * is that of channels without a namespace alone", async () => {
  await using hub = createHub({
    access: "anonymous",
    channels: { "*": { data: v.number() }, "chat:*": {} },
  });
  await hub.publish("chat:1", "text");
  // @ts-expect-error -- a number
  await assertRejects(() => hub.publish("room", "text"), ProtocolError);
});

Deno.test("The data of a channel is typed by its pattern, and checked when it is published", async () => {
  const Message = v.object({ text: v.string("Expected a string") });
  await using hub = createHub({
    access: "anonymous",
    channels: { "chat:*": { data: Message }, "free:*": {} },
  });
  const room = String(1);
  await hub.publish("chat:1", { text: "hello" });
  await hub.publish(`chat:${room}`, { text: "hello" });
  await hub.publish("free:1", ["anything"]);
  await hub.publish("room", ["anything"]);
  for (
    const publish of [
      // @ts-expect-error -- the text is a string
      () => hub.publish("chat:1", { text: 1 }),
      // @ts-expect-error -- the text is a string
      () => hub.publish(`chat:${room}`, { text: 1 }),
      // A name that is known at run time alone is checked then.
      () => hub.publish(String("chat:1"), { text: 1 }),
    ]
  ) {
    const { code, message } = await assertRejects(publish, ProtocolError);
    assertEquals([code, message], [107, "data.text: Expected a string"]);
  }
});

/** Publications of a channel, as another hub of this process sees them. */
async function seenByAnother(broker?: BrokerFactory): Promise<number> {
  const options = { access: "anonymous", log, broker } as const;
  await using one = createHub(options);
  await using other = createHub(options);
  await eventually(() => one.ready && other.ready, { awaited: "both hubs" });
  await one.publish("news", "hello");
  return (await other.history("news")).publications.length;
}

Deno.test("A hub keeps its channels to itself, or shares them where its broker says so", async () => {
  assertEquals(await seenByAnother(), 0);
  assertEquals(await seenByAnother(memory()), 0);
  assertEquals(await seenByAnother(isolates()), 1);
});

Deno.test("A Redis that is away refuses calls, and the hub is not ready", async () => {
  await using hub = createHub({
    access: "anonymous",
    log,
    broker: redis("redis://127.0.0.1:1"),
  });
  assertEquals(hub.ready, false);
  await assertRejects(
    () => hub.publish("news", 1),
    Error,
    "Redis is away",
  );
});

Deno.test("A URL that is none of Redis is an error where it is written, which leaves it out", () => {
  for (
    const url of ["http://secret", "redis://", "redis://user:secret@h/x"]
  ) {
    const error = assertThrows(() => redis(url), TypeError);
    assertEquals(error.message.includes("secret"), false);
  }
});
