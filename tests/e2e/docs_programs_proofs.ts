/** How it is seen that the programs which the documentation shows together work together. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { readBridgeFile } from "../../server/bridge_file.ts";
import { parseChannelOptions } from "../../server/channel_file.ts";
import { Shell } from "../support/shell.ts";
import { TextClient } from "../support/text_client.ts";
import { readSnippets } from "../support/snippets.ts";
import { ROOT } from "../support/source_files.ts";
import { Program, START_MS, urlOf } from "./docs_proofs.ts";
import { startServer } from "./text_server.ts";

/** The one block in `language` of a page of docs/. */
async function blockOf(page: string, language: string): Promise<string> {
  const text = await Deno.readTextFile(new URL(`docs/${page}.md`, ROOT));
  const blocks = readSnippets(text).filter((it) => it.language === language);
  const [block, ...others] = blocks;
  assert(block !== undefined && others.length === 0, `${page}: ${language}`);
  return block.text;
}

/** A program that exports a server, served at a free port. */
async function serve(program: Program): Promise<[Shell, string]> {
  const flags = "--config deno.json --allow-net";
  const shell = new Shell(
    `deno serve ${flags} --host 127.0.0.1 --port 0 ${program.path}`,
  );
  const [, host = ""] = await shell.waitFor(/http:\/\/([\d.:]+)/, START_MS);
  return [shell, host];
}

/** The client of the page orders at the server of the page. */
export async function assertMigratesSocketIo(client: string): Promise<void> {
  const page = "migrating-from-socketio";
  await using program = new Program(await blockOf(page, "ts"));
  const [shell, host] = await serve(program);
  await using _server = shell;
  await using alice = new Shell("deno run -A -", {
    stdin: client.replace("localhost:8000", host),
  });
  await alice.waitFor(/^ordered tea$/m, START_MS);
  await alice.waitFor(/^alice gets tea$/m);
}

/** The client of the page gets its tokens, and what is ordered, from the backend and the server of the page. */
export async function assertMigratesPusher(client: string): Promise<void> {
  const page = "migrating-from-pusher";
  await using server = new Shell(await blockOf(page, "sh"), {
    env: { PORT: "0" },
  });
  const { host } = new URL(await urlOf(server));
  const backend = await blockOf(page, "ts");
  await using program = new Program(backend.replace("localhost:8000", host));
  const [shell, backendHost] = await serve(program);
  await using _backend = shell;
  await using alice = new Shell("deno run -A -", {
    stdin: client.replace("localhost:8000", host)
      .replace("localhost:3000", backendHost),
  });
  await alice.waitFor(/^subscribed$/m, START_MS);
  const response = await fetch(`http://${backendHost}/orders`, {
    method: "POST",
    body: JSON.stringify({ item: "tea" }),
  });
  await response.body?.cancel();
  assertEquals(response.status, 204);
  await alice.waitFor(/^ordered: tea$/m);
  await assertReportsLostOrders(backend);
}

/** A backend whose server has lost its broker does not say that an order was taken. */
async function assertReportsLostOrders(backend: string): Promise<void> {
  await using server = await startServer({
    API_KEY: "another-of-at-least-thirty-two-characters",
    BROKER_URL: "redis://127.0.0.1:1",
  });
  const { host } = new URL(server.url);
  await using program = new Program(backend.replace("localhost:8000", host));
  const [shell, backendHost] = await serve(program);
  await using _backend = shell;
  const response = await fetch(`http://${backendHost}/orders`, {
    method: "POST",
    body: JSON.stringify({ item: "tea" }),
  });
  await response.body?.cancel();
  assertEquals(response.status, 502);
}

/** The program prints a token with which a client is let in, and subscribed. */
export async function assertSigns(text: string): Promise<void> {
  const secret = "of-the-server-and-of-the-backend";
  await using program = new Shell("deno run --allow-env -", {
    stdin: text,
    env: { TOKEN_SECRET: secret },
  });
  const [token] = await program.waitFor(/^ey\S+$/m, START_MS);
  await using server = await startServer({
    TOKEN_SECRET: secret,
    INSECURE_ANONYMOUS_ALL: "",
    API_KEY: "secret",
  });
  await using sdk = new Shell("deno run -A -", {
    stdin: `import { Centrifuge } from "centrifuge";
      const url = "${server.wsUrl}/connection/websocket";
      const options = { token: "${token}", websocket: WebSocket };
      const centrifuge = new Centrifuge(url, options);
      centrifuge.on("subscribed", ({ channel }) => console.log("in", channel));
      centrifuge.connect();`,
  });
  await sdk.waitFor(/^in news$/m, START_MS);
}

/** The file is accepted. */
export function assertConfigures(text: string): void {
  const parsed = parseChannelOptions(JSON.parse(text));
  assert(parsed.ok, String(!parsed.ok && parsed.problems));
}

/** The file of topics is accepted. */
export function assertBridges(text: string): void {
  const parsed = readBridgeFile({ read: () => "file", readFile: () => text });
  assert(parsed.ok, String(!parsed.ok && parsed.problems));
  assertEquals(parsed.value?.sources?.length, 1);
}

/** The link leads to the form of a new app; what it needs to know is in deno.json. */
export function assertDeploys(text: string): void {
  const [, url = ""] = /\]\((https:[^)]+)\)$/m.exec(text) ?? [];
  const { host, pathname, searchParams } = new URL(url);
  assertEquals([host, pathname], ["console.deno.com", "/new"]);
  assertEquals(searchParams.get("clone"), "REPOSITORY_URL");
  assertEquals(config.deploy.runtime.entrypoint, "main.ts");
}

const DOCTOR = "deno task doctor";

/** What the command reports of a server that is well. */
async function reportOf(command: string): Promise<string> {
  const TOKEN_SECRET = "of-the-server-and-of-its-operator";
  const MAX_CONNECTIONS = "1000";
  await using server = await startServer({
    TOKEN_SECRET,
    INSECURE_ANONYMOUS_ALL: "",
  });
  const PORT = new URL(server.url).port;
  const env = { TOKEN_SECRET, MAX_CONNECTIONS, PORT, NO_COLOR: "1" };
  const text = command.replace("https://hub.example.com/", server.url);
  await using shell = new Shell(text.replace("task", "task --quiet"), { env });
  assertEquals(await shell.exit, 0, shell.output);
  return shell.output;
}

/** The command finds nothing wrong with a server that is well. */
export async function assertExamines(text: string): Promise<void> {
  assertMatch(await reportOf(text), /^ok +recovery/m);
}

/** A report without its numbers. */
function withoutNumbers(report: string): string {
  return report.replaceAll(/[\d.]+/g, "0").trim();
}

/** The report is what the doctor says of a server that is well, but for the numbers. */
export async function assertReports(text: string): Promise<void> {
  assertEquals(withoutNumbers(await reportOf(DOCTOR)), withoutNumbers(text));
}

/** The command puts the package of `deno pack` into a project. */
export async function assertInstalls(text: string): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "thrum-install-" });
  const [, file = ""] = /\.\/(\S+\.tgz)/.exec(text) ?? [];
  try {
    await using shell = new Shell(
      `deno pack --quiet --allow-dirty -o ${folder}/${file} && cd ${folder} && ` +
        `${text} --no-audit --no-fund --prefer-offline`,
    );
    assertEquals(await shell.exit, 0, shell.output);
    const path = `${folder}/node_modules/${config.name}/package.json`;
    const { version } = JSON.parse(await Deno.readTextFile(path));
    assertEquals(version, config.version);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The command serves the app of the same page. */
export async function assertServesApp(text: string): Promise<void> {
  const page = await Deno.readTextFile(new URL("docs/embedding.md", ROOT));
  const app = readSnippets(page).find((it) => it.text.includes(".route("));
  await using program = new Program(app?.text ?? "");
  const flags = "--config deno.json --port 0";
  await using shell = new Shell(
    text.replace("app.ts", `${flags} ${program.path}`),
  );
  const [, host] = await shell.waitFor(/http:\/\/([\d.:]+)/, START_MS);
  await using client = await TextClient.open(`ws://${host}/realtime/ws`);
  client.send("all:hello");
  assertEquals(await client.next(), "hello");
  await shell.signal("SIGTERM");
}

/** The program is one that the tests of the package run on Node and Bun: the example, or the app, which they take from this page. */
export async function assertIsExample(text: string): Promise<void> {
  if (text.includes('"@hono/node-server"')) {
    const tests = new URL("tests/e2e/package_test.ts", ROOT);
    const program = 'programOf("docs/embedding.md", "@hono/node-server")';
    assert((await Deno.readTextFile(tests)).includes(program));
    return;
  }
  const example = new URL("examples/node.mjs", ROOT);
  const [, ...parts] = (await Deno.readTextFile(example)).split("\n\n");
  assertEquals(text, parts.join("\n\n"));
}
