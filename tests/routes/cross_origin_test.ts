/** Pages of other origins: the headers that they may send and read, and requests that do not name their origin. */

import { assertEquals } from "@std/assert";
import { AppServer } from "./app_server.ts";

const ORIGIN = "https://app.example";
const INSECURE = { INSECURE_ANONYMOUS_ALL: "true" };
const PATHS = [
  "/connection/http_stream",
  "/emulation",
  "/sse",
  "/poll",
  "/send",
];

Deno.test("A page may send the headers that the transports need, and read those that they answer with", async () => {
  await using server = new AppServer({
    env: { ...INSECURE, ALLOWED_ORIGINS: ORIGIN },
  });
  for (const path of PATHS) {
    const init = { method: "OPTIONS", headers: { origin: ORIGIN } };
    const asked = await fetch(`${server.url}${path}`, init);
    assertEquals(
      asked.headers.get("access-control-allow-headers"),
      "Authorization, Content-Type, If-None-Match, Last-Event-ID",
    );
    assertEquals(asked.headers.get("access-control-max-age"), "600");
    assertEquals(
      asked.headers.get("access-control-expose-headers"),
      "ETag, Retry-After",
    );
  }
});

Deno.test("HEAD is not a method of any of these: a stream has no length", async () => {
  await using server = new AppServer();
  for (const path of [...PATHS, "/connection/sse"]) {
    const response = await fetch(`${server.url}${path}`, { method: "HEAD" });
    assertEquals(response.status, 405, path);
    const allowed = response.headers.get("allow")?.split(", ") ?? [];
    assertEquals([allowed.includes("HEAD"), allowed.length > 1], [false, true]);
  }
});

for (
  const [what, headers, allowed, status] of [
    ["an image elsewhere", { "sec-fetch-site": "cross-site" }, undefined, 403],
    ["one on a sister site", { "sec-fetch-site": "same-site" }, undefined, 403],
    ["one where any page may", { "sec-fetch-site": "cross-site" }, "*", 200],
    ["one where others may", { "sec-fetch-site": "cross-site" }, ORIGIN, 403],
    ["our own page", { "sec-fetch-site": "same-origin" }, undefined, 200],
    ["a URL that was typed", { "sec-fetch-site": "none" }, undefined, 200],
    ["curl", {}, undefined, 200],
    [
      "an EventSource that may",
      { "sec-fetch-site": "cross-site", origin: ORIGIN },
      ORIGIN,
      200,
    ],
    [
      "an EventSource that may not",
      { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
      ORIGIN,
      403,
    ],
  ] as const
) {
  Deno.test(`GET /connection/sse from ${what} is ${status}`, async () => {
    await using server = new AppServer({
      env: allowed ? { ...INSECURE, ALLOWED_ORIGINS: allowed } : INSECURE,
    });
    const commands = '{"id":1,"connect":{}}\n' +
      '{"id":2,"publish":{"channel":"news","data":"forged"}}\n{}\n{"id":3}';
    const query = new URLSearchParams({ cf_connect: commands });
    const url = `${server.url}/connection/sse?${query}`;
    const response = await fetch(url, { headers });
    // The nonsense at its end ends it.
    await response.text();
    assertEquals(response.status, status);
    const { offset } = await server.hub.broker.position("news");
    assertEquals(offset, status === 200 ? 1 : 0);
  });
}
