/** A page of an allowed origin that sends cookies, or the headers of its libraries, was once blocked by its browser. */

import { assertEquals } from "@std/assert";
import { AppServer } from "../routes/app_server.ts";
import { SECRET } from "../support/token.ts";

const PATHS = [
  "/connection/http_stream",
  "/connection/sse",
  "/emulation",
  "/sse",
  "/poll",
  "/send",
];
const LIBRARY_HEADERS = "traceparent, tracestate, x-requested-with";
const OWN = "x-of-the-page";

async function preflight(
  app: AppServer,
  path: string,
  headers: Readonly<Record<string, string>>,
) {
  const answer = await fetch(`${app.url}${path}`, {
    method: "OPTIONS",
    headers,
  });
  await answer.body?.cancel();
  const allowed = answer.headers.get("access-control-allow-headers") ?? "";
  return {
    status: answer.status,
    credentials: answer.headers.get("access-control-allow-credentials"),
    origin: answer.headers.get("access-control-allow-origin"),
    allows: (name: string) => allowed.split(", ").includes(name),
  };
}

for (
  const [allowed, origin, isNamed] of [
    ["https://app.example", "https://app.example", true],
    ["https://*.example.com", "https://app.example.com", true],
    ["capacitor://localhost", "capacitor://localhost", true],
    ["https://app.example,*", "https://app.example", true],
    ["https://app.example,*", "https://other.example", false],
    ["*", "https://app.example", false],
    ["null", "null", false],
  ] as const
) {
  Deno.test(`With ALLOWED_ORIGINS=${allowed}, pages of ${origin} may ${isNamed ? "" : "not "}send cookies and headers of their own`, async () => {
    await using app = new AppServer({
      env: { TOKEN_SECRET: SECRET, ALLOWED_ORIGINS: allowed },
    });
    for (const path of PATHS) {
      const asked = await preflight(app, path, {
        origin,
        "access-control-request-headers": `${LIBRARY_HEADERS}, ${OWN}`,
      });
      assertEquals(asked.status, 204);
      // Never a star: browsers refuse it together with cookies.
      assertEquals(asked.origin, origin);
      assertEquals(asked.credentials, isNamed ? "true" : null, path);
      for (const name of ["Authorization", ...LIBRARY_HEADERS.split(", ")]) {
        assertEquals(asked.allows(name), true, name);
      }
      assertEquals(asked.allows(OWN), isNamed);
    }
    const answer = await fetch(`${app.url}/poll?channel=a`, {
      headers: { origin },
    });
    await answer.body?.cancel();
    assertEquals(
      answer.headers.get("access-control-allow-credentials"),
      isNamed ? "true" : null,
    );
  });
}

Deno.test("What is no list of header names is not repeated", async () => {
  await using app = new AppServer({
    env: { TOKEN_SECRET: SECRET, ALLOWED_ORIGINS: "https://app.example" },
  });
  for (
    const names of ["*", "a b", "a;b", "a,,b", "x".repeat(1_001), '"a"', "é"]
  ) {
    const response = await fetch(`${app.url}/sse`, {
      method: "OPTIONS",
      headers: {
        origin: "https://app.example",
        "access-control-request-headers": names,
      },
    });
    assertEquals(
      response.headers.get("access-control-allow-headers"),
      "Authorization, Content-Type, If-None-Match, Last-Event-ID",
    );
  }
});

Deno.test("A page of an origin that is not allowed gets no leave of any kind", async () => {
  await using app = new AppServer({
    env: { TOKEN_SECRET: SECRET, ALLOWED_ORIGINS: "https://app.example" },
  });
  const asked = await preflight(app, "/sse", {
    origin: "https://evil.example",
    "access-control-request-headers": OWN,
  });
  assertEquals(
    [asked.status, asked.origin, asked.credentials, asked.allows(OWN)],
    [403, null, null, false],
  );
});

Deno.test("A page of the server's own host needs no leave, and gets none for cookies", async () => {
  await using app = new AppServer({ env: { TOKEN_SECRET: SECRET } });
  const asked = await preflight(app, "/sse", { origin: app.url });
  assertEquals([asked.status, asked.credentials], [204, null]);
});
