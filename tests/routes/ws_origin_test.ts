/** Which pages may connect (RFC 6455 §10.2). */

import { assertEquals } from "@std/assert";
import { RawSocket } from "../support/raw_socket.ts";
import { SECRET } from "../support/token.ts";
import { AppServer } from "./app_server.ts";

const SECURED = { TOKEN_SECRET: SECRET };
const INSECURE = { INSECURE_ANONYMOUS_ALL: "true" };

async function statusFor(
  app: AppServer,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  await using socket = await RawSocket.connect(app.wsUrl);
  return (await socket.request({ headers })).status;
}

Deno.test("A client that names no origin passes", async () => {
  await using app = new AppServer({ env: SECURED });
  assertEquals(await statusFor(app, {}), 101);
});

Deno.test("A page of the server itself passes", async () => {
  await using app = new AppServer({ env: SECURED });
  assertEquals(await statusFor(app, { origin: app.url }), 101);
  assertEquals(await statusFor(app, { origin: `https://${app.host}` }), 101);
});

Deno.test("Hosts are compared without regard to case", async () => {
  await using app = new AppServer({ env: SECURED });
  assertEquals(
    await statusFor(app, {
      origin: "https://app.example",
      host: "App.Example",
    }),
    101,
  );
});

Deno.test("A foreign page is refused, and the log says which and what to set", async () => {
  await using app = new AppServer({ env: SECURED });
  assertEquals(await statusFor(app, { origin: "https://evil.example" }), 403);
  const line = await app.log.waitFor("origin_refused");
  assertEquals(line.level, "warn");
  assertEquals(line.origin, "https://evil.example");
  assertEquals(line.setting, "ALLOWED_ORIGINS");
  assertEquals(app.hub.admission.count, 0);
});

const FOREIGN = {
  "of another port": "https://app.example:8443",
  "whose name begins like the server's": "https://app.example.evil.example",
  "whose name ends like the server's": "https://evil-app.example",
  "that has the server's name as user": "https://app.example@evil.example",
  "that is no URL": "app.example",
  "that is empty": "",
};

for (const [kind, origin] of Object.entries(FOREIGN)) {
  Deno.test(`An origin ${kind} is refused`, async () => {
    await using app = new AppServer({ env: SECURED });
    assertEquals(await statusFor(app, { origin, host: "app.example" }), 403);
  });
}

Deno.test("ALLOWED_ORIGINS lets in those that it lists, and no other", async () => {
  await using app = new AppServer({
    env: {
      ...SECURED,
      ALLOWED_ORIGINS: "https://a.example, https://b.example:8443",
    },
  });
  const statuses = {
    "https://a.example": 101,
    "https://b.example:8443": 101,
    "http://a.example": 403,
    "https://b.example": 403,
    "https://a.example.evil.example": 403,
    "https://c.example": 403,
    "null": 403,
  };
  for (const [origin, status] of Object.entries(statuses)) {
    assertEquals(await statusFor(app, { origin }), status, origin);
  }
});

Deno.test("ALLOWED_ORIGINS=* lets in every page", async () => {
  await using app = new AppServer({
    env: { ...SECURED, ALLOWED_ORIGINS: "*" },
  });
  assertEquals(await statusFor(app, { origin: "https://any.example" }), 101);
});

const LOCAL = [
  "http://localhost:5173",
  "http://app.localhost",
  "http://127.0.0.1:3000",
  "http://[::1]:3000",
];

Deno.test("A sandboxed frame of any site has the origin null, which has to be named where anybody may do everything, too", async () => {
  await using app = new AppServer({ env: INSECURE });
  assertEquals(await statusFor(app, { origin: "null" }), 403);
  for (const path of ["/sse?channel=a", "/poll?channel=a", "/send"]) {
    const method = path === "/send" ? "POST" : "GET";
    const headers = { origin: "null" };
    const body = path === "/send" ? "#a:b" : undefined;
    const response = await fetch(`${app.url}${path}`, {
      method,
      headers,
      body,
    });
    await response.body?.cancel();
    assertEquals(response.status, 403, path);
  }
  await using named = new AppServer({
    env: { ...INSECURE, ALLOWED_ORIGINS: "null" },
  });
  assertEquals(await statusFor(named, { origin: "null" }), 101);
  const origin = "http://localhost:5173";
  assertEquals(await statusFor(named, { origin }), 101);
});

for (const origin of LOCAL) {
  Deno.test(`The origin ${origin} passes only where anybody may do everything`, async () => {
    await using insecure = new AppServer({ env: INSECURE });
    assertEquals(await statusFor(insecure, { origin }), 101);
    await using secured = new AppServer({ env: SECURED });
    assertEquals(await statusFor(secured, { origin }), 403);
  });
}

for (
  const origin of ["http://127.0.0.1.evil.example", "http://localhost.example"]
) {
  Deno.test(`The origin ${origin} is not of this machine`, async () => {
    await using app = new AppServer({ env: INSECURE });
    assertEquals(await statusFor(app, { origin }), 403);
  });
}
