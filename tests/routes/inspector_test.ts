/** The inspector's door: the key, the session, and requests that are not of its own page. */

import {
  assert,
  assertEquals,
  assertFalse,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { TextClient } from "../support/text_client.ts";
import { SECRET } from "../support/token.ts";
import { AppServer } from "./app_server.ts";

const ADMIN_KEY = "hunter2 is the key of the operators";
const PRODUCTION = { TOKEN_SECRET: SECRET, HOST: "127.0.0.1" };
const WITH_KEY = { ...PRODUCTION, ADMIN_KEY };

/** Sends what the page sends, with differences. */
async function post(
  { url }: { readonly url: string },
  path: string,
  { body = {}, headers = {} }: {
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(`${url}/inspector/${path}`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Origin: url,
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, headers: response.headers };
}

/** Logs in; the cookie as a browser sends it back, and as it was set. */
async function logIn(
  app: AppServer,
  key = ADMIN_KEY,
  sent: Readonly<Record<string, string>> = {},
) {
  const options = { body: { key }, headers: sent };
  const { status, headers, text } = await post(app, "login", options);
  const set = headers.get("set-cookie") ?? "";
  return { status, text, headers, set, cookie: set.split(";")[0] ?? "" };
}

function info(app: AppServer, headers: Readonly<Record<string, string>> = {}) {
  return post(app, "api/info", { headers });
}

async function page({ url }: AppServer, headers: HeadersInit = {}) {
  const response = await fetch(`${url}/inspector`, { headers });
  const { status } = response;
  return { status, text: await response.text(), headers: response.headers };
}

Deno.test("Without a key in the settings the inspector is off, and says how it is switched on", async () => {
  await using app = new AppServer({ env: PRODUCTION });
  const { status, text } = await page(app);
  assertEquals(status, 404);
  assertStringIncludes(text, "The inspector is off; set ADMIN_KEY");
  assertEquals((await info(app)).status, 401);
  assertEquals((await logIn(app)).status, 404);
  assertFalse(app.logText.join().includes("admin_login"));
});

Deno.test("Where every client may do everything, the inspector is open to this machine, and to no other", async () => {
  await using app = new AppServer();
  const open = await page(app);
  assertEquals(open.status, 200);
  assertStringIncludes(open.text, 'data-access="open"');
  assertEquals((await info(app)).status, 200);
  const proxied: readonly Readonly<Record<string, string>>[] = [
    { "X-Forwarded-For": "192.0.2.1" },
    { Via: "1.1 proxy" },
  ];
  for (const headers of proxied) {
    assertEquals((await page(app, headers)).status, 403);
    assertEquals((await info(app, headers)).status, 401);
  }
});

Deno.test("With a key, this machine has to log in too", async () => {
  const env = { INSECURE_ANONYMOUS_ALL: "true", ADMIN_KEY };
  await using app = new AppServer({ env });
  assertStringIncludes((await page(app)).text, 'data-access="login"');
  assertEquals((await info(app)).status, 401);
});

Deno.test("The key begins a session, which every node with the key accepts and another does not", async () => {
  await using app = new AppServer({ env: WITH_KEY });
  await using node = new AppServer({ env: WITH_KEY });
  await using other = new AppServer({
    env: { ...WITH_KEY, ADMIN_KEY: `${ADMIN_KEY}!` },
  });
  const { status, set, cookie } = await logIn(app);
  assertEquals(status, 204);
  assertMatch(
    set,
    /^thrum_admin=1\.\d+\.[\w-]+\.[\w-]{43}; Max-Age=28800; HttpOnly; SameSite=Strict$/,
  );
  for (const server of [app, node]) {
    assertEquals((await info(server, { Cookie: cookie })).status, 200);
    const { text } = await page(server, { Cookie: cookie });
    assertStringIncludes(text, 'data-access="session"');
  }
  assertEquals((await info(other, { Cookie: cookie })).status, 401);
});

Deno.test("A cookie that the server has not signed opens nothing", async () => {
  await using app = new AppServer({ env: WITH_KEY });
  const { cookie } = await logIn(app);
  const [version, expiry, id, signature] = cookie.split(".");
  for (
    const forged of [
      "",
      "thrum_admin=",
      `thrum_admin=${ADMIN_KEY}`,
      `${version}.${Number(expiry) + 1}.${id}.${signature}`,
      `${version}.${expiry}.${id}.${"A".repeat(43)}`,
      `${version}.${expiry}.${id}`,
      `other=${cookie.slice("thrum_admin=".length)}`,
    ]
  ) {
    const { status, text } = await info(app, { Cookie: forged });
    assertEquals([status, text.includes("nodes")], [401, false], forged);
  }
  assertEquals(
    (await info(app, { Cookie: `a=b; thrum_admin=1.2; ${cookie}` })).status,
    200,
  );
});

Deno.test("A session is a cookie for the inspector's paths alone, secure where the page came over HTTPS, and gone after a logout", async () => {
  await using app = new AppServer({ env: WITH_KEY });
  const { headers } = await post(app, "login", {
    body: { key: ADMIN_KEY },
    headers: { Origin: app.url.replace("http:", "https:") },
  });
  assertMatch(headers.get("set-cookie") ?? "", /; Secure$/);
  assertFalse(/path|domain/i.test(headers.get("set-cookie") ?? ""));
  const out = await post(app, "logout");
  assertMatch(
    out.headers.get("set-cookie") ?? "",
    /^thrum_admin=; Max-Age=0; HttpOnly/,
  );
});

Deno.test("A log-out ends its session on the server: a copy of the cookie opens nothing, and another session goes on", async () => {
  await using app = new AppServer({ env: WITH_KEY });
  const { cookie } = await logIn(app);
  const other = await logIn(app);
  const { status } = await post(app, "logout", { headers: { Cookie: cookie } });
  assertEquals(status, 204);
  assertEquals((await info(app, { Cookie: cookie })).status, 401);
  const { text } = await page(app, { Cookie: cookie });
  assertStringIncludes(text, 'data-access="login"');
  assertEquals((await info(app, { Cookie: other.cookie })).status, 200);
  const lines = app.logText.filter((line) => line.includes("admin_logout"));
  assertEquals(lines.length, 1);
});

Deno.test("A cookie that the server has not signed ends no session", async () => {
  await using app = new AppServer({ env: WITH_KEY });
  const { cookie } = await logIn(app);
  const forged = cookie.replace(/.{43}$/, "A".repeat(43));
  await post(app, "logout", { headers: { Cookie: forged } });
  assertEquals((await info(app, { Cookie: cookie })).status, 200);
});

const FOREIGN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "of a page of another site": { Origin: "https://evil.example" },
  "that a browser says is of another site": { "Sec-Fetch-Site": "cross-site" },
  "of a sibling site": { "Sec-Fetch-Site": "same-site" },
  "that somebody typed into the address": { "Sec-Fetch-Site": "none" },
  "of a form": { "Content-Type": "application/x-www-form-urlencoded" },
  "of a form of plain text": { "Content-Type": "text/plain" },
  "of a sandboxed frame": { Origin: "null" },
  "of a name of this machine with another port": {
    Origin: "http://localhost:1",
  },
};

for (const [what, headers] of Object.entries(FOREIGN)) {
  Deno.test(`A request ${what} is refused with 403, with a session too`, async () => {
    const settings = { ALLOWED_ORIGINS: "https://evil.example" };
    await using app = new AppServer({ env: { ...WITH_KEY, ...settings } });
    const { cookie } = await logIn(app);
    const disconnect = await post(app, "api/disconnect", {
      body: { user: "bob" },
      headers: { Cookie: cookie, ...headers },
    });
    assertEquals(disconnect.status, 403);
    const login = await post(app, "login", {
      body: { key: ADMIN_KEY },
      headers,
    });
    assertEquals([login.status, login.headers.get("set-cookie")], [403, null]);
  });
}

Deno.test("A request without an origin and without Sec-Fetch-Site is refused", async () => {
  await using app = new AppServer({ env: WITH_KEY });
  const { cookie } = await logIn(app);
  const response = await fetch(`${app.url}/inspector/api/info`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Cookie: cookie },
    body: "{}",
  });
  assertEquals(response.status, 403);
  await response.body?.cancel();
  const get = await fetch(`${app.url}/inspector/api/info`, {
    headers: { Cookie: cookie },
  });
  assertEquals([get.status, get.headers.get("allow")], [405, "POST"]);
  await get.body?.cancel();
});

Deno.test("Where a browser says that a request is of the page itself, the name that a proxy has changed does not matter", async () => {
  await using app = new AppServer({ env: WITH_KEY });
  const { cookie } = await logIn(app);
  const { status } = await info(app, {
    Cookie: cookie,
    Origin: "https://hub.example",
    "Sec-Fetch-Site": "same-origin",
  });
  assertEquals(status, 200);
});

Deno.test("After five attempts a login has to wait, the right key too, and a session goes on", async () => {
  const env = { ...WITH_KEY, TRUSTED_PROXIES: "127.0.0.1" };
  await using app = new AppServer({ env });
  const attempt = (key = ADMIN_KEY, address = "192.0.2.1") =>
    logIn(app, key, { "X-Forwarded-For": address });
  const { cookie } = await attempt();
  const statuses: number[] = [];
  for (const key of ["a", "b", "c", "d", ADMIN_KEY, ADMIN_KEY]) {
    statuses.push((await attempt(key)).status);
  }
  assertEquals(statuses, [401, 401, 401, 401, 429, 429]);
  const { headers } = await attempt();
  assertEquals(headers.get("retry-after"), "10");
  assertEquals((await info(app, { Cookie: cookie })).status, 200);
  assertEquals((await attempt(ADMIN_KEY, "198.51.100.7")).status, 204);
  const [begun, ...refused] = app.logText
    .filter((line) => line.includes("admin_login"));
  assertStringIncludes(begun ?? "", '"address":"192.0.2.1"');
  assertStringIncludes(refused[0] ?? "", '"address":"192.0.2.1"');
});

Deno.test("A stranger behind a proxy that is not trusted does not shut out the operators with five attempts", async () => {
  await using app = new AppServer({ env: WITH_KEY });
  const statuses: number[] = [];
  for (let number = 0; number < 8; number++) {
    statuses.push((await logIn(app, "another key")).status);
  }
  assertEquals(new Set(statuses), new Set([401]));
  assertEquals((await logIn(app)).status, 204);
});

Deno.test("A slash at the end of the inspector's address leads on", async () => {
  await using app = new AppServer({ env: WITH_KEY });
  const response = await fetch(`${app.url}/inspector/`, { redirect: "manual" });
  await response.body?.cancel();
  const { status, headers } = response;
  assertEquals([status, headers.get("location")], [302, "../inspector"]);
});

Deno.test("Neither the key nor a session nor an offered key is in an answer or in the log", async () => {
  await using app = new AppServer({ env: WITH_KEY });
  const { cookie, text } = await logIn(app);
  const wrong = await logIn(app, "a-wrong-key-that-was-offered");
  const answers = [
    text,
    wrong.text,
    (await page(app, { Cookie: cookie })).text,
    (await info(app, { Cookie: cookie })).text,
    (await info(app, { Cookie: `${cookie}x` })).text,
    (await post(app, "login", { body: `{"key":"${ADMIN_KEY}"` })).text,
    (await post(app, `login?key=${encodeURIComponent(ADMIN_KEY)}`)).text,
    ...app.logText,
  ].join("\n");
  assertFalse(
    /hunter2|wrong-key/.test(answers) || answers.includes(cookie),
    answers,
  );
  assertStringIncludes(answers, '"admin_login"');
  assertStringIncludes(answers, '"admin_login_refused"');
});

Deno.test("A key in the URL opens nothing", async () => {
  await using app = new AppServer({ env: WITH_KEY });
  const key = encodeURIComponent(ADMIN_KEY);
  const login = await post(app, `login?key=${key}`);
  assertEquals(login.status, 401);
  const response = await fetch(`${app.url}/inspector?key=${key}`);
  assertStringIncludes(await response.text(), 'data-access="login"');
});

Deno.test("What has an effect is carried out for a session, and the log notes whom it came from and what it was about, without its payload", async () => {
  await using app = new AppServer({
    env: {
      INSECURE_ANONYMOUS_ALL: "true",
      ADMIN_KEY,
      TRUSTED_PROXIES: "127.0.0.1",
    },
  });
  const { cookie } = await logIn(app);
  await using client = await TextClient.open(`${app.wsUrl}?uid=bob`);
  const { text } = await post(app, "api/send", {
    body: { user: "bob", data: "private text" },
    headers: { Cookie: cookie, "X-Forwarded-For": "192.0.2.1" },
  });
  assertEquals(JSON.parse(text), { result: { delivered: true } });
  assertEquals(await client.next(), "private text");
  const lines = app.logText.filter((line) => line.includes("admin_action"));
  assertEquals(lines.length, 1);
  assertStringIncludes(
    lines[0] ?? "",
    '"address":"192.0.2.1","method":"send","user":"bob"}',
  );
  assertFalse(app.logText.join("\n").includes("private text"));
});

Deno.test("Every effect of an operator is in the log, those of a batch one by one; a look and a refused call are not", async () => {
  await using app = new AppServer({ env: WITH_KEY });
  const { cookie } = await logIn(app);
  const data = "private text";
  const publish = { channel: "news", data };
  const calls: readonly (readonly [string, object])[] = [
    ["broadcast", { channels: ["a", "b"], data }],
    ["append", { channel: "news", append: data }],
    ["rpc", { method: "restart", params: data }],
    ["batch", { commands: [{ disconnect: { user: "bob" } }, { publish }] }],
    ["history", { channel: "news" }],
    ["publish", { channel: "news" }],
    ["publish", publish],
  ];
  for (const [method, body] of calls) {
    await post(app, `api/${method}`, { body, headers: { Cookie: cookie } });
    await post(app, `api/${method}`, { body });
  }
  const actions = app.logText.filter((line) => line.includes("admin_action"))
    .map((line) => JSON.parse(line));
  assertEquals(
    actions.map(({ method, channel, channels, user, procedure }) =>
      [method, channel ?? channels ?? user ?? procedure].join(" ")
    ),
    [
      "broadcast a,b",
      "append news",
      "rpc restart",
      "disconnect bob",
      "publish news",
      "publish news",
    ],
  );
  assertFalse(app.logText.join("\n").includes(data));
});

Deno.test("A trace ends when its reader goes", async () => {
  await using app = new AppServer();
  const abort = new AbortController();
  const response = await fetch(`${app.url}/inspector/api/trace`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: app.url },
    body: JSON.stringify({ channel: "news", payloads: true }),
    signal: abort.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream())
    .getReader();
  await reader?.read();
  app.hub.publish("news", "hello");
  const { value = "" } = await reader?.read() ?? {};
  assertStringIncludes(value, '"text":"hello"');
  assert(app.hub.channels.get("news")?.observers !== undefined);
  abort.abort();
  await reader?.read().catch(() => {});
  await eventually(() => !app.hub.channels.has("news"), {
    awaited: "the end of the trace",
    timeoutMs: 20_000,
  });
});

Deno.test("The page loads nothing from elsewhere and runs its own script alone", async () => {
  await using app = new AppServer();
  const { text, headers } = await page(app);
  const policy = headers.get("content-security-policy") ?? "";
  assertStringIncludes(policy, "script-src 'self'");
  assertStringIncludes(policy, "frame-ancestors 'none'");
  assertFalse(policy.includes("unsafe"), policy);
  assertEquals(headers.get("cache-control"), "no-store");
  assertFalse(/<script(?![^>]*src=)|\sstyle=|https?:\/\//.test(text), text);
});
