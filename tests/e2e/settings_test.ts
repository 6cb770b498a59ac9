/** Settings of a server process: refused when wrong, and never told to the log when secret. */

import {
  assert,
  assertEquals,
  assertFalse,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { closeOf } from "../support/close_of.ts";
import { parseLogLine } from "../support/log_lines.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { type ServerOptions, TestServer } from "../support/server.ts";
import { TextClient } from "../support/text_client.ts";
import { SECRET, signToken } from "../support/token.ts";
import { textUrl } from "./text_server.ts";

/** Asserts that the server ends with code 1 before it listens; resolves with what it says is wrong. */
async function refusalOf(options: ServerOptions): Promise<string[]> {
  const { message } = await assertRejects(
    () => TestServer.start(options),
    Error,
    "the server ended with code 1\n",
  );
  const [, ...lines] = message.split("\n");
  return lines.map((text) => {
    const line = parseLogLine(text);
    // Nothing but the log: no stack trace.
    assertEquals(line?.event, "bad_setting", text);
    return String(line?.problem);
  });
}

const WRONG = {
  PORT: "65536",
  LOG_LEVEL: "loud",
  ALLOWED_ORIGINS: "https://app.example/path",
  MAX_CONNECTIONS: "0",
  MAX_MESSAGE_BYTES: "64k",
  MAX_BUFFERED_BYTES: "-1",
  HEARTBEAT_TIMEOUT: "soon",
  HEARTBEAT_INTERVAL: "0",
  EXIT_ON_ISOLATE_FAILURE: "maybe",
  INSECURE_ANONYMOUS_ALL: "yes",
};

for (const mode of ["serve", "run"] as const) {
  Deno.test(`All wrong settings under deno ${mode} are told at once, by name and value`, async () => {
    const env = { ...WRONG, TOKEN_SECRET: SECRET };
    const problems = await refusalOf({ mode, env });
    assertEquals(problems.length, Object.keys(WRONG).length);
    for (const [name, value] of Object.entries(WRONG)) {
      const [problem = ""] = problems.filter((text) => text.startsWith(name));
      assertStringIncludes(problem, `${name}="${value}": expected `);
    }
    assertFalse(problems.join().includes(SECRET));
  });

  Deno.test(`Without a secret deno ${mode} refuses to start, and says what would let it`, async () => {
    const [problem = "", ...others] = await refusalOf({ mode });
    assertEquals(others, []);
    assertStringIncludes(problem, "TOKEN_SECRET: expected ");
    assertStringIncludes(problem, "INSECURE_ANONYMOUS_ALL=true");
  });
}

Deno.test("INSECURE_ANONYMOUS_ALL=false is no way to do without a secret", async () => {
  const env = { INSECURE_ANONYMOUS_ALL: "false" };
  assertEquals((await refusalOf({ env })).length, 1);
});

Deno.test("An empty variable counts as unset", async () => {
  const unset = Object.keys(WRONG).filter((name) => name !== "PORT");
  const env = Object.fromEntries(unset.map((name) => [name, ""]));
  await using server = await TestServer.start({
    env: { ...env, TOKEN_SECRET: SECRET },
  });
  assertEquals((await server.waitForLog("listening")).hostname, "0.0.0.0");
  assertEquals((await refusalOf({ env: { TOKEN_SECRET: "" } })).length, 1);
});

Deno.test("A short secret is warned of", async () => {
  const env = { TOKEN_SECRET: "hunter2" };
  await using server = await TestServer.start({ env });
  const { level, setting } = await server.waitForLog("weak_secret");
  assertEquals({ level, setting }, { level: "warn", setting: "TOKEN_SECRET" });
  assertFalse(JSON.stringify(server.logs).includes("hunter2"));
});

Deno.test("Neither the secret nor a token is ever logged", async () => {
  const secret = "hunter2";
  await using server = await TestServer.start({
    env: { TOKEN_SECRET: secret, LOG_LEVEL: "debug" },
  });
  const good = await signToken({ sub: "alice" }, { secret });
  const bad = await signToken({ sub: "alice" });
  const url = textUrl(server);
  for (const [token, status] of [[good, 101], [bad, 401]] as const) {
    await using socket = await RawSocket.connect(url);
    const headers = { authorization: `Bearer ${token}` };
    assertEquals((await socket.request({ headers })).status, status);
  }
  await using first = await TextClient.open(`${url}?token=${good}`);
  first.send(`auth:${bad}`);
  assertEquals((await closeOf(first)).code, 3500);
  await using second = await TextClient.open(url);
  second.send(`auth:${good}`);
  second.send("alice:a private word");
  assertEquals(await second.next(), "a private word");
  await second.close();

  server.signal("SIGTERM");
  const { stderr } = await server.exit;
  const logged = JSON.stringify(server.logs) + stderr;
  assert(server.logs.some(({ event }) => event === "token_refused"));
  const secrets = [secret, ...good.split("."), ...bad.split(".")];
  for (const text of [...secrets, "a private word"]) {
    assertFalse(logged.includes(text), text);
  }
});

Deno.test("A port that is taken is told by its number", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const env = { TOKEN_SECRET: SECRET, HOST: "127.0.0.1", PORT: `${port}` };
  const { message } = await assertRejects(
    () => TestServer.start({ env }),
    Error,
    "the server ended with code 1\n",
  );
  assertStringIncludes(message, `${port}`);
});
