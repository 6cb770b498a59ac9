/** How it is seen that a snippet of the documentation does what is said of it. */

import {
  assert,
  assertEquals,
  assertFalse,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { SCENARIOS } from "../../bench/scenarios/mod.ts";
import config from "../../deno.json" with { type: "json" };
import { parseChannelOptions } from "../../server/channel_file.ts";
import {
  DEFAULT_CHANNEL_OPTIONS,
  namespacesOf,
} from "../../lib/channel/channel_options.ts";
import { deadline } from "../support/deadline.ts";
import { eventually } from "../support/eventually.ts";
import { RawSocket } from "../support/raw_socket.ts";
import type { TestServer } from "../support/server.ts";
import { Shell } from "../support/shell.ts";
import { ROOT } from "../support/source_files.ts";
import { TextClient } from "../support/text_client.ts";
import { signToken } from "../support/token.ts";
import { connect, readHealth, startServer } from "./text_server.ts";

/** A first start may have to download what it runs. */
export const START_MS = 120_000;

/** Where the server that `shell` starts listens, without a trailing slash. */
export async function urlOf(shell: Shell): Promise<string> {
  // With --watch it waits for a change, and does not end, when it fails.
  const pattern = /"event":"listening".*"port":(\d+)|^Watcher Process f/m;
  const [, port] = await shell.waitFor(pattern, START_MS);
  assert(port, shell.output);
  return `http://localhost:${port}`;
}

/** `text`, for `server` instead of one at the port of the documentation. */
export function toServer(text: string, server: TestServer): string {
  assertStringIncludes(text, "localhost:8000");
  return text.replaceAll(":8000", `:${new URL(server.url).port}`);
}

/** The command starts a server with the page, where anybody may do everything. */
export async function assertServesPage(text: string): Promise<void> {
  await using shell = new Shell(text, { env: { PORT: "0" } });
  const url = await urlOf(shell);
  const page = await fetch(`${url}/`);
  assertEquals(page.status, 200);
  assertStringIncludes(await page.text(), "<title>Thrum");
  await using anybody = await TextClient.open(`${url}/ws?uid=anybody`);
  anybody.send("all:hello");
  assertEquals(await anybody.next(), "hello");
}

/** The command starts a server that takes the tokens of its secret alone. */
export async function assertWantsToken(text: string): Promise<void> {
  const [, secret] = /TOKEN_SECRET=(\S+)/.exec(text) ?? [];
  await using shell = new Shell(text, { env: { PORT: "0" } });
  const url = `${await urlOf(shell)}/ws`;
  await using stranger = await RawSocket.connect(`${url}?uid=alice`);
  assertEquals((await stranger.request()).status, 401);
  const token = await signToken({ sub: "alice" }, { secret });
  await using alice = await TextClient.open(url, {
    headers: { authorization: `Bearer ${token}` },
  });
  alice.send("alice:hello");
  assertEquals(await alice.next(), "hello");
  assertFalse(shell.output.includes('"level":"warn"'), shell.output);
}

/** The command is let in as `curl`, and writes what it receives. */
export async function assertCurlListens(text: string): Promise<void> {
  await using server = await startServer();
  await using curl = new Shell(toServer(text, server));
  // Into a pipe it writes nothing before the first frame.
  await eventually(async () => (await readHealth(server)).connections === 1, {
    awaited: () => `curl to connect: ${curl.output}`,
  });
  await using alice = await connect(server, "alice");
  alice.send("curl:hello");
  await curl.waitFor(/HTTP\/1\.1 101 .*\r\n\r\n.*hello/s);
}

/** What alice, who is in the channel of the documentation, hears of a call to the server API. */
const HEARD: Readonly<Record<string, string | number | undefined>> = {
  publish: "#news:hello",
  subscribe: "+#news",
  unsubscribe: "-#news",
  disconnect: 3503,
};
/** What the answer to a call says of alice, of what was published, or of the channel. */
const SAID: Readonly<Record<string, RegExp>> = {
  presence: /"user":"alice"/,
  history: /"data":"earlier"/,
  channels: /\{"news":\{"num_clients":1\}\}/,
  info: /"num_clients":1,/,
};

/** The command starts a server whose API takes its key alone. */
export async function assertServesApi(text: string): Promise<void> {
  const [, key = ""] = /API_KEY=(\S+)/.exec(text) ?? [];
  await using shell = new Shell(text, { env: { PORT: "0" } });
  const url = `${await urlOf(shell)}/api/info`;
  for (const [sent, status] of [[key, 200], [`not ${key}`, 401]] as const) {
    const headers = { "X-API-Key": sent };
    const response = await fetch(url, { method: "POST", headers, body: "{}" });
    await response.body?.cancel();
    assertEquals(response.status, status);
  }
}

/** The command calls a method of the server API, which does what it is for. */
export async function assertCallsApi(text: string): Promise<void> {
  const [, key = ""] = /X-API-Key: ([^']+)'/.exec(text) ?? [];
  const [, method = ""] = /\/api\/(\w+)$/.exec(text) ?? [];
  await using server = await startServer({ API_KEY: key });
  await using alice = await connect(server, "alice");
  if (method !== "subscribe") {
    for (const frame of ["+#news", "#news:earlier"]) {
      alice.send(frame);
      assertEquals(await alice.next(), frame);
    }
  }
  await using curl = new Shell(toServer(text, server));
  assertEquals(await deadline(curl.exit, { awaited: `curl ${method}` }), 0);
  assertStringIncludes(curl.output, '{"result":{');
  const delivered = HEARD[method];
  if (typeof delivered === "string") {
    assertEquals(await alice.next(), delivered);
  } else if (delivered !== undefined) {
    assertEquals((await alice.closed).code, delivered);
  } else assertMatch(curl.output, SAID[method] ?? /^$/);
}

/** The program is alice, who greets curl and prints what she receives. */
export async function assertBrowserTalksToCurl(text: string): Promise<void> {
  await using server = await startServer();
  await using curl = await connect(server, "curl");
  await using browser = new Shell("deno run --allow-net -", {
    stdin: toServer(text, server),
  });
  assertEquals(await curl.next(), "hello");
  curl.send("alice:hi");
  await browser.waitFor(/^curl>hi$/m);
}

/** The command greets everybody, prints the greeting that it gets itself, and ends. */
export async function assertGreetsAll(text: string): Promise<void> {
  await using server = await startServer();
  await using alice = await connect(server, "alice");
  await using bob = new Shell(toServer(text, server));
  await bob.waitFor(/^hello from bob$/m, START_MS);
  assertEquals(await alice.next(), "hello from bob");
  assertEquals(await deadline(bob.exit, { awaited: "the end of bob" }), 0);
}

/** The program subscribes with the official SDK, and prints what it publishes. */
export async function assertSdkTalks(text: string): Promise<void> {
  await using server = await startServer();
  await using program = new Shell("deno run -A -", {
    stdin: toServer(text, server),
  });
  await program.waitFor(/^\{ headline: "hello" \}$/m, START_MS);
}

/** The program, behind one that connects, subscribes to the publications that fit. */
export async function assertFilters(text: string): Promise<void> {
  const env = { API_KEY: "secret", CHANNEL_TAGS_FILTER: "true" };
  await using server = await startServer(env);
  await using program = new Shell("deno run -A -", {
    stdin: `import { Centrifuge } from "centrifuge";
      const url = "${server.wsUrl}/connection/websocket";
      const centrifuge = new Centrifuge(url, { websocket: WebSocket });
      centrifuge.connect();
      ${text}
      const sub = centrifuge.getSubscription("stocks");
      sub.on("publication", ({ data }) => console.log(data));
      sub.on("subscribed", () => console.log("subscribed"));`,
  });
  await program.waitFor(/^subscribed$/m, START_MS);
  const shares = [["NASDAQ", "99.9"], ["NYSE", "100"], ["NASDAQ", "100.00"]];
  for (const [source, price] of shares) {
    const message = { channel: "stocks", data: price, tags: { source, price } };
    const response = await fetch(`${server.url}/api/publish`, {
      method: "POST",
      headers: { "X-API-Key": "secret" },
      body: JSON.stringify(message),
    });
    await response.body?.cancel();
  }
  await program.waitFor(/^100\.00$/m);
  assertMatch(program.output, /^subscribed\n100\.00\n$/);
}

/** The file is accepted, and its default namespace is what it would be without the file. */
export function assertShowsDefaults(text: string): void {
  const parsed = parseChannelOptions(JSON.parse(text));
  assert(parsed.ok, String(!parsed.ok && parsed.problems));
  assertEquals(
    namespacesOf(parsed.value).resolve("news"),
    DEFAULT_CHANNEL_OPTIONS,
  );
}

/** A file with a program of the documentation; disposing of it removes it. */
export class Program implements AsyncDisposable {
  readonly path = Deno.makeTempFileSync({ suffix: ".ts" });

  constructor(text: string) {
    Deno.writeTextFileSync(this.path, text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path);
  }
}

/** The programs pass the type checker, all in one run: each run of its own would check the hub again. */
export async function assertChecks(texts: readonly string[]): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const paths = texts.map((text) => stack.use(new Program(text)).path);
  await using shell = new Shell(
    `deno check --config deno.json ${paths.join(" ")}`,
  );
  const code = await deadline(shell.exit, {
    awaited: "the type checker",
    timeoutMs: START_MS,
  });
  assertEquals(code, 0, shell.output);
}

/** The app serves the text protocol and the page under its path. */
export async function assertMountsHub(text: string): Promise<void> {
  await using program = new Program(text);
  const flags = "--config deno.json --allow-net --allow-read";
  await using shell = new Shell(
    `deno serve ${flags} --host 127.0.0.1 --port 0 ${program.path}`,
  );
  const [, host] = await shell.waitFor(/http:\/\/([\d.:]+)/, START_MS);
  await using client = await TextClient.open(`ws://${host}/realtime/ws`);
  client.send("all:hello");
  assertEquals(await client.next(), "hello");
  const page = await fetch(`http://${host}/realtime/`);
  assertStringIncludes(await page.text(), "<title>Thrum");
}

/** The program serves the text protocol, and drains at a signal. */
export async function assertEmbedsHub(text: string): Promise<void> {
  await using shell = new Shell("deno run --allow-net -", {
    env: { DENO_SERVE_ADDRESS: "tcp:127.0.0.1:0" },
    stdin: text,
  });
  const [, host] = await shell.waitFor(/http:\/\/([\d.:]+)/, START_MS);
  await using client = await TextClient.open(`ws://${host}`);
  client.send("100:haha");
  assertEquals(await client.next(), "haha");
  await shell.signal("SIGTERM");
  assertEquals((await client.closed).code, 3001);
}

/** The benchmark has the scenario. */
export function assertMeasures(text: string): void {
  const name = text.replace("deno task bench ", "");
  assert(Object.hasOwn(SCENARIOS, name), `the benchmark has no ${name}`);
}

/** deno.json has the task. */
export function assertTask(text: string): void {
  const name = text.replace("deno task ", "");
  assert(Object.hasOwn(config.tasks, name), `deno.json has no task ${name}`);
}

/** The first word of each line, after its number, is a file or a directory. */
export async function assertNamesFiles(text: string): Promise<void> {
  for (const [, path = ""] of text.matchAll(/^(?:\d )?(\S+)/gm)) {
    const { isDirectory } = await Deno.stat(new URL(path, ROOT));
    assertEquals(path.endsWith("/"), isDirectory, path);
  }
}

export async function assertNamesRooms(text: string): Promise<void> {
  for (const [, room = ""] of text.matchAll(/ {2}(\S+)/g)) {
    // Each folder there is a room of its own.
    const name = room.replace(/\/\*$/, "");
    const { isDirectory } = await Deno.stat(new URL(name, ROOT));
    assertEquals(name.endsWith(".ts"), !isDirectory, name);
  }
}

/** Another test installs the tarball and runs programs with it. */
export async function assertPacks(text: string, docs: string): Promise<void> {
  const { name, version } = config;
  const file = `${name.slice(1).replace("/", "-")}-${version}.tgz`;
  assertStringIncludes(docs, `\`${file}\``);
  const folder = await Deno.makeTempDir({ prefix: "thrum-pack-" });
  await using shell = new Shell(
    `${text} --allow-dirty --output ${folder}/${file}`,
  );
  assertEquals([await shell.exit, shell.output], [0, ""]);
  await Deno.remove(`${folder}/${file}`);
  await Deno.remove(folder);
}

/** The server API answers a call that succeeds, and one that fails, with the lines of the page. */
export async function assertAnswers(text: string): Promise<void> {
  await using server = await startServer({ API_KEY: "secret" });
  const call = async (body: unknown): Promise<string> => {
    const response = await fetch(`${server.url}/api/publish`, {
      method: "POST",
      headers: { "X-API-Key": "secret" },
      body: JSON.stringify(body),
    });
    assertEquals(response.status, 200);
    return await response.text();
  };
  const answers = [
    await call({ channel: "news", data: 1 }),
    await call({ data: 1 }),
  ];
  const plain = (line: string) =>
    line.replace(/"offset":\d+,"epoch":"[^"]+"/, "a position");
  assertEquals(answers.map(plain), text.trim().split("\n").map(plain));
}
