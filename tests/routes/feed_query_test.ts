/** Queries of feeds over plain HTTP: the channels, and the positions of the client. */

import { assertEquals } from "@std/assert";
import { Hono } from "hono";
import { encodeCursor } from "../../lib/protocol/cursor.ts";
import type { FeedQuery } from "../../lib/transports/plain_http.ts";
import { NOWHERE } from "../../lib/base/recovery.ts";
import { readFeedQuery } from "../../routes/guard/feed_query.ts";

async function read(
  query: string,
  lastEventId?: string,
): Promise<FeedQuery | number> {
  let read: FeedQuery | undefined;
  const app = new Hono().get("/", (c) => {
    const answer = readFeedQuery(c, 2);
    if (answer instanceof Response) return answer;
    read = answer;
    return c.body(null);
  });
  const headers: HeadersInit = lastEventId === undefined
    ? {}
    : { "last-event-id": lastEventId };
  const { status } = await app.request(`/?${query}`, { headers });
  return read ?? status;
}

const positionsAt = (offset: number) =>
  new Map([["a", { offset, epoch: "e" }]]);
const NEWS = { channels: ["a"], since: undefined };

Deno.test("The last id of an EventSource takes precedence over the URL that it repeats", async () => {
  const [older, newer] = [
    encodeCursor(positionsAt(1)),
    encodeCursor(positionsAt(2)),
  ];
  const since = `channel=a&since=${older}`;
  assertEquals(await read(since), { channels: ["a"], since: positionsAt(1) });
  assertEquals(await read(since, newer), {
    channels: ["a"],
    since: positionsAt(2),
  });
  assertEquals(await read(since, ""), {
    channels: ["a"],
    since: positionsAt(1),
  });
  assertEquals(await read("channel=a"), NEWS);
});

Deno.test("A Last-Event-ID that is no cursor has lost everything; such a since is an error", async () => {
  assertEquals(await read("channel=a&channel=b", "7"), {
    channels: ["a", "b"],
    since: new Map([["a", NOWHERE], ["b", NOWHERE]]),
  });
  assertEquals(await read("channel=a&since=7"), 400);
});

Deno.test("A channel counts once, and more than the limit is an error", async () => {
  const query = { channels: ["a", "b"], since: undefined };
  assertEquals(await read("channel=a&channel=b&channel=a"), query);
  assertEquals(await read("channel=a&channel=b&channel=c"), 400);
  assertEquals(await read(""), { channels: [], since: undefined });
});
