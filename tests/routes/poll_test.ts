/** `GET /poll`: plain and long polling. */

import { assert, assertEquals } from "@std/assert";
import { deadline } from "../support/deadline.ts";
import { eventually } from "../support/eventually.ts";
import { JsonClient } from "../support/json_client.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { requireTool } from "../support/requirements.ts";
import { Shell } from "../support/shell.ts";
import { signToken } from "../support/token.ts";
import { AppServer } from "./app_server.ts";

const SECRET = "a secret of more than thirty-two bytes";
const MANY = 1_000;

interface Answer {
  readonly publications: readonly { readonly data: unknown }[];
  readonly cursor: string;
  readonly recovered?: boolean;
}

async function poll(
  { url }: AppServer,
  query: string,
  headers: HeadersInit = {},
): Promise<Answer> {
  const response = await fetch(`${url}/poll?${query}`, { headers });
  if (response.ok) return await response.json();
  throw new Error(`${response.status} ${await response.text()}`);
}

function holding({ hub }: AppServer, count: number): Promise<void> {
  return eventually(() => hub.channels.get("news")?.size === count, {
    awaited: () => `${count} polls, of ${hub.channels.get("news")?.size}`,
    timeoutMs: 20_000,
  });
}

Deno.test("A poll without a cursor is answered with one, and does not wait", async () => {
  await using server = new AppServer();
  server.hub.publish("news", "old");
  const { cursor, ...rest } = await poll(server, "channel=news");
  // Nothing was asked for that could have been recovered.
  assertEquals(rest, { publications: [] });
  assertEquals(await poll(server, `channel=news&since=${cursor}&timeout=0`), {
    publications: [],
    cursor,
    recovered: true,
  });
  assertEquals([server.hub.size, server.hub.channels.size], [0, 0]);
});

Deno.test("A poll without news waits for some, or until its time is up", async () => {
  await using server = new AppServer();
  const { cursor } = await poll(server, "channel=news");
  const query = `channel=news&since=${cursor}`;
  const start = performance.now();
  const nothing = await poll(server, `${query}&timeout=300ms`);
  assert(performance.now() - start >= 295);
  assertEquals(nothing, { publications: [], cursor, recovered: true });
  const held = poll(server, `${query}&timeout=10s`);
  await holding(server, 1);
  server.hub.publish("news", { json: '{"hot":1}' });
  const { publications: [first], cursor: next } = await held;
  assertEquals(first?.data, { hot: 1 });
  assert(next !== cursor);
  // And from there on, nothing again.
  assertEquals(
    (await poll(server, `channel=news&since=${next}&timeout=0`)).publications,
    [],
  );
});

Deno.test("What falls together in several channels is one answer", async () => {
  await using server = new AppServer();
  const { cursor } = await poll(server, "channel=news&channel=sports");
  const held = poll(server, `channel=news&channel=sports&since=${cursor}`);
  await holding(server, 1);
  for (const text of ["1", "2"]) {
    server.hub.publish("news", text);
    server.hub.publish("sports", text);
  }
  assertEquals((await held).publications.length, 4);
});

Deno.test("An answer without news is 304 for a client that has its tag, at once or after the wait", async () => {
  await using server = new AppServer();
  const { cursor } = await poll(server, "channel=news");
  server.hub.publish("news", "one");
  const first = await fetch(
    `${server.url}/poll?channel=news&since=${cursor}&timeout=0`,
  );
  const tag = first.headers.get("etag") ?? "";
  assert(/^W\/"\w{16}"$/.test(tag), tag);
  assertEquals(first.headers.get("cache-control"), "no-store");
  const { cursor: there } = await first.json();
  const ask = async (known: string, since: string, timeout = "0") => {
    const query = `channel=news&since=${since}&timeout=${timeout}`;
    const headers = { "if-none-match": known };
    const response = await fetch(`${server.url}/poll?${query}`, { headers });
    assertEquals(response.headers.get("etag"), tag);
    return [response.status, (await response.text()).length > 0];
  };
  assertEquals(await ask(tag, there), [304, false]);
  assertEquals(await ask(`"other", ${tag.slice(2)}`, there), [304, false]);
  assertEquals(await ask('"other"', there), [200, true]);
  assertEquals(await ask(tag, there, "100ms"), [304, false]);
  // It asks for what it has had: that is what it gets.
  assertEquals(await ask(tag, cursor), [200, true]);
});

Deno.test("A direct message moves no cursor, and reaches a client that has the tag", async () => {
  await using server = new AppServer();
  const { hub, url } = server;
  const query = "channel=news&uid=alice";
  const first = await fetch(`${url}/poll?${query}`);
  const tag = first.headers.get("etag") ?? "";
  const { cursor } = await first.json();
  const headers = { "if-none-match": tag };
  const held = fetch(`${url}/poll?${query}&since=${cursor}`, { headers });
  await holding(server, 1);
  await hub.sendTo("alice", "psst");
  const response = await held;
  const { publications } = await response.json();
  assertEquals([response.status, publications], [200, [{ data: "psst" }]]);
  // The next poll is the same request: a cache that kept this would tell it again.
  assertEquals(response.headers.get("cache-control"), "no-store");
  assertEquals(response.headers.get("etag"), tag);
});

Deno.test("A client that has lost something learns it, also with the tag of its new position", async () => {
  await using server = new AppServer();
  const { cursor } = await poll(server, "channel=news");
  server.hub.publish("news", "one");
  await server.hub.broker.removeHistory("news");
  const there = await fetch(`${server.url}/poll?channel=news`);
  await there.body?.cancel();
  const tag = there.headers.get("etag") ?? "";
  const response = await fetch(
    `${server.url}/poll?channel=news&since=${cursor}`,
    { headers: { "if-none-match": tag } },
  );
  assertEquals(response.headers.get("etag"), tag);
  assertEquals([response.status, (await response.json()).recovered], [
    200,
    false,
  ]);
});

Deno.test("A loss is answered at once", async () => {
  await using server = new AppServer({
    env: { INSECURE_ANONYMOUS_ALL: "true", CHANNEL_HISTORY_SIZE: "2" },
  });
  const { cursor } = await poll(server, "channel=news");
  for (const text of ["1", "2", "3"]) server.hub.publish("news", text);
  const since = `channel=news&since=${cursor}`;
  const lost = await poll(server, since);
  assertEquals([lost.publications, lost.recovered], [[], false]);
  const found = await poll(
    server,
    `channel=news&since=${lost.cursor}&timeout=0`,
  );
  assertEquals(found.recovered, true);
});

Deno.test("A poll of a channel that keeps nothing waits all the same, and gets what comes meanwhile", async () => {
  await using server = new AppServer({
    env: { INSECURE_ANONYMOUS_ALL: "true", CHANNEL_HISTORY_SIZE: "0" },
  });
  let { cursor } = await poll(server, "channel=news&channel=more");
  for (const text of ["one", "two"]) {
    const query = `channel=news&channel=more&since=${cursor}`;
    const held = poll(server, query);
    await holding(server, 1);
    server.hub.publish("news", text);
    const { publications, recovered, cursor: next } = await held;
    assertEquals([publications[0]?.data, recovered], [text, true]);
    cursor = next;
    server.hub.publish("news", "between two polls");
  }
  const start = performance.now();
  const query = `channel=news&channel=more&since=${cursor}&timeout=300ms`;
  const { publications, recovered } = await poll(server, query);
  assertEquals([publications, recovered], [[], true]);
  assert(performance.now() - start >= 295);
});

Deno.test("Polls are not present in their channel", async () => {
  await using server = new AppServer();
  const { cursor } = await poll(server, "channel=news");
  const held = poll(server, `channel=news&since=${cursor}&timeout=1s`);
  await holding(server, 1);
  assertEquals((await server.hub.presence.get("news")).size, 0);
  server.hub.publish("news", "end");
  assertEquals((await held).publications.length, 1);
});

Deno.test("A client that leaves while it waits frees everything at once", async () => {
  await using server = new AppServer();
  const { cursor } = await poll(server, "channel=news");
  {
    await using client = await RawSocket.connect(server.url);
    await client.write(
      `GET /poll?channel=news&since=${cursor}&timeout=60s HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    );
    await holding(server, 1);
  }
  const { hub } = server;
  await eventually(
    () => hub.size + hub.admission.count + hub.channels.size === 0,
    { awaited: "nothing to be left", timeoutMs: 1_000 },
  );
});

Deno.test("A poll is bounded: its time, its channels, its cursor; and it takes a token", async () => {
  await using server = new AppServer({ env: { TOKEN_SECRET: SECRET } });
  const token = await signToken({ sub: "alice" }, { secret: SECRET });
  const ask = async (query: string, headers?: HeadersInit) => {
    const response = await fetch(`${server.url}/poll?${query}`, { headers });
    await response.body?.cancel();
    return response.status;
  };
  const headers = { authorization: `Bearer ${token}` };
  assertEquals(await ask("channel=a"), 401);
  assertEquals(await ask("channel=a", headers), 200);
  assertEquals(await ask("channel=$a", headers), 403);
  for (const bad of ["timeout=61s", "timeout=soon", "timeout=-1", "since=x"]) {
    assertEquals(await ask(`channel=a&${bad}`, headers), 400, bad);
  }
  assertEquals([server.hub.size, server.hub.channels.size], [0, 0]);
});

Deno.test("A thousand polls that wait are woken by one publication, each with all of it", async () => {
  await using server = new AppServer();
  const { cursor } = await poll(server, "channel=news");
  const query = `channel=news&since=${cursor}&timeout=30s`;
  const polls = Array.from({ length: MANY }, () => poll(server, query));
  await holding(server, MANY);
  server.hub.publish("news", "wake up");
  const answers = await deadline(Promise.all(polls), {
    awaited: "all answers",
    timeoutMs: 20_000,
  });
  const data = answers.map(({ publications }) =>
    publications.map((p) => p.data)
  );
  assertEquals(data, Array.from({ length: MANY }, () => ["wake up"]));
  assertEquals(new Set(answers.map(({ cursor }) => cursor)).size, 1);
  await eventually(() => server.hub.size === 0, { awaited: "their end" });
});

Deno.test("A client that polls is not announced, neither when it comes nor when it goes", async () => {
  await using server = new AppServer();
  await using watcher = await JsonClient.connect(server.wsUrl.slice(0, -3));
  const subscribe = { channel: "news", join_leave: true };
  await watcher.ask({ subscribe });
  for (let count = 0; count < 2; count++) {
    await poll(server, "channel=news&uid=bob");
  }
  const { presence } = await watcher.ask({ presence: { channel: "news" } });
  assertEquals(Object.keys(Object(Object(presence).presence)).length, 1);
  const kinds = watcher.pushes.flatMap(({ push }) => Object.keys(Object(push)));
  assertEquals(kinds.filter((kind) => kind !== "channel"), ["join"]);
});

const curl = requireTool("curl");

Deno.test({
  name: "curl polls, waits and goes on where it was",
  ignore: curl.missing,
  async fn() {
    await using server = new AppServer();
    const ask = async (query: string) => {
      await using shell = new Shell(`curl -s '${server.url}/poll?${query}'`);
      const [line] = await shell.waitFor(/^\{.*\}$/m);
      return JSON.parse(line);
    };
    const { cursor } = await ask("channel=news");
    const held = ask(`channel=news&since=${cursor}`);
    await holding(server, 1);
    server.hub.publish("news", "hello");
    const { publications } = await held;
    assertEquals(publications, [{ channel: "news", offset: 1, data: "hello" }]);
  },
});
