/** `deno task doctor`: what it says of servers that are well, and of those that are not. */

import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { requireTool } from "../support/requirements.ts";
import { ReverseProxy } from "../support/reverse_proxy.ts";
import { TestServer } from "../support/server.ts";
import { SECRET, signToken } from "../support/token.ts";
import { type Env, type Examination, examine, lineOf } from "./doctor_stage.ts";

const openssl = requireTool("openssl");
const nginx = requireTool("nginx");
const IGNORE_PROXY = openssl.missing || nginx.missing;

const TOKENS: Env = { TOKEN_SECRET: SECRET };

/** A server behind nginx with its configuration of the examples, changed. */
async function examineBehind(
  replace: Env,
  env: Env = {},
): Promise<Examination> {
  await using server = await TestServer.start({ env: { ...TOKENS, ...env } });
  const { host } = new URL(server.url);
  await using proxy = await ReverseProxy.start("nginx", host, { replace });
  return await examine(["--url", proxy.url], {
    ...TOKENS,
    ...env,
    DENO_CERT: proxy.caPath,
  });
}

Deno.test("The doctor finds nothing wrong with a server on this machine", async () => {
  await using server = await TestServer.start({ env: TOKENS });
  const PORT = new URL(server.url).port;
  const { report, code } = await examine([], { ...TOKENS, PORT });
  assertEquals(code, 0, report);
  for (
    const check of [
      ...["settings", "broker", "http", "readiness", "clock"],
      ...["streams", "websocket", "publish", "recovery"],
    ]
  ) assertMatch(lineOf(report, check), /^ok /);
  assertMatch(report, /\n0 failed, .*\n$/);
});

Deno.test({
  name: "The doctor finds nothing wrong with the nginx of the examples",
  ignore: IGNORE_PROXY,
  async fn() {
    const { report, code } = await examineBehind({}, {
      TRUSTED_PROXIES: "127.0.0.1",
    });
    assertEquals(code, 0, report);
    assertMatch(lineOf(report, "address"), /^ok .*nginx.* names 127\.0\.0\.1/);
    assertMatch(lineOf(report, "recovery"), /^ok /);
  },
});

/** nginx comes from another address than the doctor, as it does in earnest. */
const OTHER_ADDRESS = {
  "proxy_buffering off;": "proxy_buffering off; proxy_bind 127.0.0.2;",
};
/** The address of the client, and behind it whatever that claims. */
const CLAIMS_LAST = {
  "upstream thrum {": `map $http_x_forwarded_for $claims_last {
      "" $remote_addr;
      default "$remote_addr, $http_x_forwarded_for";
    }
    upstream thrum {`,
};
const TRUSTED = { TRUSTED_PROXIES: "127.0.0.2", API_KEY: "secret" };

Deno.test({
  name: "The doctor reads the address that a client counts as",
  ignore: IGNORE_PROXY,
  async fn() {
    const { report, code } = await examineBehind(OTHER_ADDRESS, TRUSTED);
    assertMatch(lineOf(report, "address"), /^ok .* counts as 127\.0\.0\.1$/);
    assertEquals(code, 0, report);
  },
});

for (
  const { fault, header, status } of [
    {
      fault: "puts the address of its client before what that claims",
      header: "$claims_last",
      status: "FAILED",
    },
    {
      // It might be the doctor's machine that is trusted.
      fault: "passes on what its client claims",
      header: "$http_x_forwarded_for",
      status: "WARNING",
    },
  ]
) {
  Deno.test({
    name: `The doctor finds a proxy that ${fault}`,
    ignore: IGNORE_PROXY,
    async fn() {
      const { report, code } = await examineBehind({
        ...OTHER_ADDRESS,
        ...CLAIMS_LAST,
        $proxy_add_x_forwarded_for: header,
      }, TRUSTED);
      const line = lineOf(report, "address");
      assertMatch(line, new RegExp(`^${status} .*X-Forwarded-For`));
      assertEquals(code, status === "FAILED" ? 1 : 0, report);
    },
  });
}

Deno.test({
  name: "The doctor warns of a proxy that the server does not trust",
  ignore: IGNORE_PROXY,
  async fn() {
    const { report, code } = await examineBehind({});
    assertEquals(code, 0, report);
    assertMatch(lineOf(report, "address"), /^WARNING .*TRUSTED_PROXIES/);
  },
});

const BROKEN_PROXIES = [
  {
    fault: "does not pass Upgrade",
    replace: { "proxy_set_header Upgrade $http_upgrade;": "" },
    check: "websocket",
    says: "426",
    advises: "headers Upgrade and Connection",
  },
  {
    fault: "changes Host",
    replace: { "Host $http_host": "Host hub.internal" },
    check: "websocket",
    says: "403",
    advises: "pass the header Host as it came",
  },
  {
    fault: "holds answers back",
    replace: {
      "proxy_buffering off;":
        "proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;",
    },
    check: "streams",
    says: "the first line of a stream did not come",
    advises: "switch its buffering off",
  },
] as const;

for (const { fault, replace, check, says, advises } of BROKEN_PROXIES) {
  Deno.test({
    name: `The doctor finds a proxy that ${fault}`,
    ignore: IGNORE_PROXY,
    async fn() {
      const { report, code } = await examineBehind(replace);
      const line = lineOf(report, check);
      assertMatch(line, /^FAILED/);
      assertStringIncludes(line, says);
      assertStringIncludes(line, advises);
      assertEquals(code, 1, report);
    },
  });
}

Deno.test({
  name: "The doctor finds nodes behind one proxy that share no broker",
  ignore: IGNORE_PROXY,
  async fn() {
    await using other = await TestServer.start({ env: TOKENS });
    const { report, code } = await examineBehind({
      "127.0.0.1:8002": new URL(other.url).host,
    });
    assertMatch(lineOf(report, "recovery"), /^FAILED .*\n.*BROKER_URL/);
    assertEquals(code, 1, report);
  },
});

Deno.test("The doctor examines the server at PORT although other settings are invalid", async () => {
  await using server = await TestServer.start({ env: TOKENS });
  const PORT = new URL(server.url).port;
  const { report, code } = await examine([], { PORT });
  assertMatch(lineOf(report, "settings"), /^FAILED/);
  assertMatch(lineOf(report, "http"), /^ok/);
  assertEquals(code, 1, report);
});

Deno.test("The doctor finds a secret that is not the server's", async () => {
  await using server = await TestServer.start({ env: TOKENS });
  const PORT = new URL(server.url).port;
  const TOKEN_SECRET = "another secret of forty characters or so";
  const { report, code } = await examine([], { TOKEN_SECRET, PORT });
  assertMatch(lineOf(report, "websocket"), /^FAILED .*3500.*\n.*TOKEN_SECRET/);
  assertEquals(report.includes(TOKEN_SECRET), false, report);
  assertEquals(code, 1, report);
});

Deno.test("Elsewhere the doctor needs no settings, but a token", async () => {
  await using server = await TestServer.start({ env: TOKENS });
  const args = ["--url", server.url, "--channel", "news"];
  const stranger = await examine(args);
  assertMatch(lineOf(stranger.report, "settings"), /^skipped/);
  assertMatch(
    lineOf(stranger.report, "websocket"),
    /^FAILED .*\n.*DOCTOR_TOKEN/,
  );
  assertEquals(stranger.code, 1, stranger.report);

  const DOCTOR_TOKEN = await signToken({ sub: "alice" });
  const alice = await examine(args, { DOCTOR_TOKEN });
  assertMatch(lineOf(alice.report, "recovery"), /^ok /);
  assertEquals(alice.code, 0, alice.report);
});

Deno.test("The doctor finds a URL at which there is no hub", async () => {
  await using server = await TestServer.start({ env: TOKENS });
  const { report, code } = await examine(["--url", `${server.url}/hub`]);
  assertMatch(lineOf(report, "http"), /^FAILED .*404.*\n.*--url/);
  assertEquals(code, 1, report);
});

Deno.test("The doctor finds each invalid setting", async () => {
  const { report, code } = await examine([], {
    ...TOKENS,
    PORT: "1",
    PING_INTERVAL: "soon",
  });
  assertMatch(
    lineOf(report, "settings"),
    /^FAILED .*PING_INTERVAL="soon": exp/,
  );
  assertEquals(code, 1, report);
});

Deno.test("A mistake in the options of the doctor ends it with 2", async () => {
  const unknown = await examine(["--uri", "http://localhost:8000"]);
  assertStringIncludes(unknown.report, "--uri");
  assertEquals(unknown.code, 2);
  const invalid = await examine(["--url", "localhost"]);
  assertStringIncludes(invalid.report, '--url "localhost": expected a URL');
  assertEquals(invalid.code, 2);
  const { report, code } = await examine(["--help"]);
  assertStringIncludes(report, "deno task doctor [options]");
  assertEquals(code, 0);
});
