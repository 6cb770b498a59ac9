/** `GET /poll`: plain and long polling. */

import { assert, assertEquals } from "@std/assert";
import { deadline } from "../support/deadline.ts";
import { eventually } from "../support/eventually.ts";
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
  readonly recovered: boolean;
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

Deno.test("Without a cursor a poll says where it stands, and does not wait", async () => {
  await using server = new AppServer();
  server.hub.publish("news", "old");
  const { publications, cursor, recovered } = await poll(
    server,
    "channel=news",
  );
  assertEquals([publications, recovered], [[], true]);
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

Deno.test("An answer that the client has is 304, at once or after the wait", async () => {
  await using server = new AppServer();
  const { cursor } = await poll(server, "channel=news");
  server.hub.publish("news", "one");
  const url = `${server.url}/poll?channel=news&since=${cursor}&timeout=0`;
  const first = await fetch(url);
  const tag = first.headers.get("etag") ?? "";
  assertEquals(tag, `"${(await first.json()).cursor}"`);
  const status = async (known: string) => {
    const headers = { "if-none-match": known };
    const response = await fetch(url, { headers });
    await response.body?.cancel();
    assertEquals(response.headers.get("etag"), tag);
    return response.status;
  };
  assertEquals(await status(tag), 304);
  assertEquals(await status(`"other", W/${tag}`), 304);
  assertEquals(await status('"other"'), 200);
  const waited = await fetch(
    `${server.url}/poll?channel=news&since=${tag.slice(1, -1)}&timeout=100ms`,
    { headers: { "if-none-match": tag } },
  );
  assertEquals([waited.status, await waited.text()], [304, ""]);
});

Deno.test("What is not there any more is told at once, also where nothing is kept", async () => {
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
  await using bare = new AppServer({
    env: { INSECURE_ANONYMOUS_ALL: "true", CHANNEL_HISTORY_SIZE: "0" },
  });
  const { cursor: there } = await poll(bare, "channel=news");
  const { recovered } = await poll(bare, `channel=news&since=${there}`);
  assertEquals(recovered, false);
});

Deno.test("Polls are seen by nobody in their channel", async () => {
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
      `GET /poll?channel=news&since=${cursor}&timeout=60s HTTP/1.1\r\nHost: x\r\n\r\n`,
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
