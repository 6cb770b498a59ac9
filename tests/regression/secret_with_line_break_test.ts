/** The line break at the end of a secret from a file, or a byte order mark, once made every token and key invalid without a word. */

import { assert, assertEquals, assertFalse, assertThrows } from "@std/assert";
import { createHub } from "../../lib/create_hub.ts";
import { thrum } from "../../routes/mod.ts";
import { ConfigError, loadConfig } from "../../server/config.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { TestServer } from "../support/server.ts";
import { SECRET, signToken } from "../support/token.ts";

const ENDS = ["\n", "\r\n", " ", "\t", "\n\n", "\u00a0", "\u200b", " \ufeff"];

function load(
  env: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
) {
  const all: Record<string, string> = { TOKEN_SECRET: SECRET, ...env };
  return loadConfig((name) => all[name], { readFile: (path) => files[path]! });
}

Deno.test("White space at the ends of a secret is removed, with a warning that does not repeat it", () => {
  const secrets = {
    TOKEN_SECRET: ["tokenSecret", SECRET],
    API_KEY: ["apiKey", "a key with spaces"],
    BROKER_URL: ["brokerUrl", "redis://:password@localhost:6379/0"],
  } as const;
  for (const [name, [key, value]] of Object.entries(secrets)) {
    const texts = ENDS.flatMap((end) => [value + end, end + value]);
    for (const text of [...texts, `\ufeff${value}`]) {
      const config = load({ [name]: text });
      assertEquals(config[key], value);
      assertEquals(config.warnings.length, 1);
      assert(config.warnings[0]?.startsWith(`${name}: white space`));
      assertFalse(config.warnings[0]?.includes(value));
    }
    assertEquals(load({ [name]: value }).warnings, []);
  }
});

Deno.test("Other settings are read without the white space at their ends", () => {
  const config = load({
    PORT: "8001\n",
    HEARTBEAT_TIMEOUT: " 5s",
    TOKEN_AUDIENCE: "hub\n",
    TOKEN_ISSUER: " app ",
    JWKS_URL: "https://app.example/keys\n",
    CHANNEL_ALLOW: "subscribe\n",
    HOST: "127.0.0.1\r\n",
  });
  assertEquals(config.port, 8001);
  assertEquals(config.heartbeatTimeoutMs, 5_000);
  assertEquals(config.tokenAudience, "hub");
  assertEquals(config.tokenIssuer, "app");
  assertEquals(config.jwksUrl, "https://app.example/keys");
  assertEquals(config.host, "127.0.0.1");
});

Deno.test("A secret of white space alone is none", () => {
  const { problems } = assertThrows(
    () => load({ TOKEN_SECRET: " \n" }),
    ConfigError,
  );
  assertEquals(problems.length, 1);
  assertEquals(load({ API_KEY: "\n" }).apiKey, undefined);
});

Deno.test("A key that no header can carry is an error, which does not repeat it", async () => {
  for (const key of ["kéy", "a\nb", "a\0b", "schlüssel"]) {
    const { problems } = assertThrows(
      () => load({ API_KEY: key }),
      ConfigError,
    );
    assertEquals(problems.length, 1);
    assert(problems[0]?.startsWith("API_KEY: expected characters of ASCII"));
    assertFalse(problems[0]?.includes(key));
  }
  await using hub = createHub({ access: "anonymous" });
  for (const apiKey of ["key\n", " key", "", "kéy"]) {
    assertThrows(() => thrum(hub, { apiKey }), TypeError, "the apiKey");
  }
});

Deno.test("A byte order mark before the JSON of CONFIG is skipped", () => {
  const json = '{"channels":{"default":{"historySize":7}}}';
  const files = { plain: json, marked: `\ufeff${json}` };
  assertEquals(
    load({ CONFIG: "marked" }, files).channels,
    load({ CONFIG: "plain" }, files).channels,
  );
});

Deno.test("A server whose secret ends in a line break verifies tokens, and says in its log what it did", async () => {
  await using server = await TestServer.start({
    env: { TOKEN_SECRET: `${SECRET}\n` },
  });
  const { problem } = await server.waitForLog("doubtful_setting");
  assertEquals(
    problem,
    "TOKEN_SECRET: white space at its ends was removed, such as the line break of a file",
  );
  const token = await signToken({ sub: "alice" });
  await using socket = await RawSocket.connect(`${server.wsUrl}/ws`);
  const headers = { authorization: `Bearer ${token}` };
  assertEquals((await socket.request({ headers })).status, 101);
});

Deno.test("Quotation marks around a secret count, with a warning: a file of variables may have them", () => {
  for (const mark of ['"', "'", "`"]) {
    const quoted = `${mark}${SECRET}${mark}`;
    const config = load({ TOKEN_SECRET: `${quoted}\n`, API_KEY: `a${mark}` });
    assertEquals(config.tokenSecret, quoted);
    assertEquals(config.warnings, [
      "TOKEN_SECRET: white space at its ends was removed, such as the line break of a file",
      "TOKEN_SECRET: the quotation marks around it are part of it",
    ]);
  }
});

Deno.test("A program's secret with white space at its ends is an error", () => {
  for (const secret of [`${SECRET}\n`, ` ${SECRET}`, `\ufeff${SECRET}`]) {
    assertThrows(
      () => createHub({ access: { tokens: { secret } } }),
      TypeError,
      "white space",
    );
  }
});
