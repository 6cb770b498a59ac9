/** A text client could join the channel `sports:football` but not publish to it: `#sports:football:goal` went to the channel `sports`, without a word, from `/send` too. */

import { assertEquals } from "@std/assert";
import { namespacesOf } from "../../lib/channel/channel_options.ts";
import { sendProtocol } from "../../lib/protocol/send.ts";
import type { Reply } from "../../lib/protocol/types.ts";
import { Scene } from "../support/scene.ts";

function stage() {
  const namespaces = namespacesOf({ "sports:*": {} });
  const scene = new Scene({ namespaces });
  const { connection, transport } = scene.connect("alice");
  const say = async (frame: string | ArrayBuffer) => {
    connection.receive(frame);
    await scene.settle();
    scene.clock.advance(0);
    return transport.take();
  };
  const kept = async (channel: string) => {
    const found = await scene.hub.broker.history(channel, { limit: -1 });
    return found.type === "history"
      ? found.publications.map(({ payload }) => payload)
      : [];
  };
  return { scene, say, kept };
}

for (
  const [channel, texts] of [
    ["sports:football", ["goal", "1:0", "", ":", "#a:b"]],
    ["$sports:vip", ["goal"]],
    ["sports:#alice", ["mine"]],
    ["sports:duel#alice,bob", ["go: now"]],
    ["room", ["hello", "hello: world"]],
    ["other", ["sports:football"]],
  ] as const
) {
  Deno.test(`A text client joins the channel ${channel}, and publishes to it and to no other`, async () => {
    const { say } = stage();
    assertEquals(await say(`+#${channel}`), [`+#${channel}`]);
    for (const text of texts) {
      const frame = `#${channel}:${text}`;
      assertEquals(await say(frame), [frame]);
    }
    assertEquals(await say(`-#${channel}`), [`-#${channel}`]);
  });
}

for (
  const [frame, message] of [
    [
      "+#sports",
      '"sports" is a namespace: expected a channel in it, "#sports:channel"',
    ],
    [
      "+#$sports",
      '"sports" is a namespace: expected a channel in it, "#sports:channel"',
    ],
    [
      "#sports:goal",
      '"sports" is a namespace: expected a channel in it, "#sports:channel"',
    ],
    [
      "+#sports:football:live",
      "expected a channel name without a colon, but for the one behind its namespace",
    ],
    [
      "+#dm#alice:x",
      "expected a channel name without a colon, but for the one behind its namespace",
    ],
    [
      "+##alice:x",
      "expected a channel name without a colon, but for the one behind its namespace",
    ],
  ] as const
) {
  Deno.test(`${frame} is an error, for a text frame cannot tell that channel from another one`, async () => {
    const { say, kept } = stage();
    assertEquals(await say(frame), [`error:400 ${message}`]);
    assertEquals(await kept("sports"), []);
  });
}

Deno.test("An unknown namespace is said to be unknown, and where there is none a message begins behind the first colon", async () => {
  const { say, kept } = stage();
  assertEquals(await say("+#news:today"), [
    'error:102 unknown channel "news:today"',
  ]);
  assertEquals(await say("#news:today: rain"), []);
  assertEquals(await kept("news"), ["today: rain"]);
});

Deno.test("Bytes name any channel, for a zero byte ends its name", async () => {
  const { say, kept } = stage();
  const frame = new TextEncoder().encode("#sports:football:live\0goal").buffer;
  assertEquals(await say(frame), []);
  const [payload] = await kept("sports:football:live");
  assertEquals(new TextDecoder().decode(payload as ArrayBuffer), "goal");
});

Deno.test("A frame of /send goes to the same channel", async () => {
  const { scene, kept } = stage();
  const replies: Reply[] = [];
  const connection = scene.hub.connect(
    {
      kind: "request",
      bufferedAmount: 0,
      send: (reply: Reply) => void replies.push(reply),
      close: () => {},
    },
    sendProtocol,
    { uid: "alice", expiresAt: Infinity },
  );
  connection.receive('#sports:football:{"goal":1}');
  await scene.settle();
  assertEquals(replies.map(({ type }) => type), ["published"]);
  assertEquals(await kept("sports:football"), ['{"goal":1}']);
  assertEquals(await kept("sports"), []);
});
