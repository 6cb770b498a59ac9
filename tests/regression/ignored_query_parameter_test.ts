/** The last id of an EventSource polyfill, and misspelt parameters, were once ignored: a silent gap, a feed of nothing. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { AppServer } from "../routes/app_server.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { EventBlocks } from "../support/event_blocks.ts";
import { LineStream } from "../support/line_stream.ts";

async function statusAndText(
  app: AppServer,
  path: string,
  init?: RequestInit,
): Promise<{ readonly status: number; readonly text: string }> {
  // A parameter that is ignored opens a stream without end.
  const signal = AbortSignal.timeout(5_000);
  const response = await fetch(`${app.url}${path}`, { ...init, signal });
  return { status: response.status, text: await response.text() };
}

for (const name of ["lastEventId", "lastEventID"]) {
  Deno.test(`An EventSource that returns with ?${name}= gets what it missed`, async () => {
    await using app = new AppServer();
    const { cursor } = await (await fetch(`${app.url}/poll?channel=news`))
      .json();
    await app.hub.publish("news", "missed");
    // A polyfill repeats the URL of the page, whose own position is older.
    const query = `channel=news&since=&${name}=${encodeURIComponent(cursor)}`;
    await using lines = await LineStream.open(`${app.url}/sse?${query}`);
    const events = new EventBlocks(lines);
    const event = await events.event();
    assertStringIncludes(event?.data ?? "", '"data":"missed"');
  });
}

Deno.test("A last id in the query that is no cursor has lost everything, as one in the header", async () => {
  await using app = new AppServer();
  const url = `${app.url}/sse?channel=news&lastEventId=7`;
  await using lines = await LineStream.open(url);
  const events = new EventBlocks(lines);
  assertEquals((await events.event())?.type, "lost");
});

for (
  const [path, init, unknown, advice] of [
    ["/sse?channels=a", {}, "channels", "did you mean channel?"],
    ["/sse?chanel=a", {}, "chanel", "did you mean channel?"],
    ["/sse?channel=a&Since=x", {}, "Since", "did you mean since?"],
    [
      "/sse?channel=a&last_event_id=x",
      {},
      "last_event_id",
      "did you mean lastEventId?",
    ],
    ["/poll?channel=a&time_out=1s", {}, "time_out", "did you mean timeout?"],
    [
      "/poll?channel=a&lastEventId=x",
      {},
      "lastEventId",
      "expected channel, since, uid, timeout",
    ],
    ["/send?user=alice", { method: "POST", body: "#a:b" }, "user", "expected"],
    ["/sse?channel=a&token=secret", {}, "token", "expected"],
    ["/sse?channel=a&=x", {}, "", "expected"],
  ] as const
) {
  Deno.test(`${path} is refused by the name of its unknown parameter`, async () => {
    await using app = new AppServer();
    const { status, text } = await statusAndText(app, path, init);
    assertEquals(status, 400);
    assertStringIncludes(text, `Unknown query parameter "${unknown}": `);
    assertStringIncludes(text, advice);
    assertEquals(text.includes("secret"), false);
    assertEquals(app.hub.size, 0);
  });
}

for (
  const [path, init, name] of [
    ["/sse?channel=a&since=x&since=y", {}, "since"],
    ["/sse?channel=a&uid=alice&uid=bob", {}, "uid"],
    ["/poll?channel=a&timeout=0&timeout=60s", {}, "timeout"],
    ["/send?uid=alice&uid=bob", { method: "POST", body: "#a:b" }, "uid"],
  ] as const
) {
  Deno.test(`${path} is refused, for its parameter stands twice`, async () => {
    await using app = new AppServer();
    const { status, text } = await statusAndText(app, path, init);
    assertEquals([status, text], [400, `${name}: expected once\n`]);
    assertEquals(app.hub.size, 0);
  });
}

Deno.test("Two uids in the URL of a socket are refused", async () => {
  await using app = new AppServer();
  await using socket = await RawSocket.connect(
    `${app.url}/ws?uid=alice&uid=bob`,
  );
  assertEquals((await socket.request()).status, 400);
});

Deno.test("Of two last ids the last one counts, and a channel may stand twice", async () => {
  await using app = new AppServer();
  const poll = await fetch(`${app.url}/poll?channel=news`);
  const { cursor } = await poll.json();
  await app.hub.publish("news", "missed");
  const query = `channel=news&channel=news&lastEventId=7&lastEventId=${cursor}`;
  await using lines = await LineStream.open(`${app.url}/sse?${query}`);
  const event = await new EventBlocks(lines).event();
  assertStringIncludes(event?.data ?? "", '"data":"missed"');
});
