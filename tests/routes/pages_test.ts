/** The page and what it loads: all of it from here, and nothing else from here. */

import {
  assert,
  assertEquals,
  assertFalse,
  assertStringIncludes,
} from "@std/assert";
import { RawSocket } from "../support/raw_socket.ts";
import { AppServer } from "./app_server.ts";

const EXTERNAL_URL = /(?:https?:)?\/\/[\w-]/;

async function get(app: AppServer, path: string) {
  const response = await fetch(`${app.url}${path}`);
  const { status, headers } = response;
  return { status, headers, text: await response.text() };
}

const FILES = {
  "/": "text/html; charset=UTF-8",
  "/assets/style.css": "text/css; charset=utf-8",
  "/assets/console.js": "text/javascript; charset=utf-8",
  "/assets/favicon.svg": "image/svg+xml",
};

for (const [path, type] of Object.entries(FILES)) {
  Deno.test(`${path} is served as ${type}, under a strict policy`, async () => {
    await using app = new AppServer();
    const { status, headers, text } = await get(app, path);
    assertEquals(status, 200);
    assertEquals(headers.get("content-type"), type);
    assertEquals(headers.get("x-content-type-options"), "nosniff");
    assertEquals(headers.get("cache-control"), "no-cache");
    assert(text.length > 0);

    const policy = headers.get("content-security-policy") ?? "";
    const directives = policy.split(";").map((part) => part.trim());
    for (
      const directive of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ]
    ) assert(directives.includes(directive), `${directive} in ${policy}`);
    // It may talk to other servers, and loads nothing from them.
    const connects = "connect-src 'self' ws: wss: http: https:";
    assert(directives.includes(connects), policy);
    const loads = policy.replace(connects, "");
    assertFalse(/unsafe|\*|https?:/.test(loads), policy);
  });
}

Deno.test("The page loads nothing from elsewhere", async () => {
  await using app = new AppServer();
  for (const path of ["/", "/docs", "/assets/style.css"]) {
    const { text } = await get(app, path);
    assertFalse(EXTERNAL_URL.test(text), EXTERNAL_URL.exec(text)?.[0]);
  }
});

Deno.test("The page has nothing that its own policy forbids", async () => {
  await using app = new AppServer();
  const { text } = await get(app, "/");
  assertFalse(/<script(?![^>]* src=)/.test(text), "a script in the page");
  assertFalse(/<style|\sstyle=/.test(text), "a style in the page");
  assertFalse(/\son\w+=|javascript:/.test(text), "a handler in the page");
});

Deno.test("Every file that the page loads is there", async () => {
  await using app = new AppServer();
  const { text } = await get(app, "/");
  const paths = [...text.matchAll(/ (?:src|href)="([^"]+)"/g)]
    .map(([, path]) => path ?? "");
  assert(paths.length > 0);
  for (const path of paths) {
    if (path.startsWith("#")) continue;
    const { pathname } = new URL(path, app.url);
    assertEquals((await get(app, pathname)).status, 200, path);
  }
});

const ABSENT = [
  "/nothing",
  "/index.html",
  "/console.tsx",
  "/assets/",
  "/assets/../../app.ts",
  "/assets/%2e%2e/%2e%2e/app.ts",
  "/assets/..%2f..%2fapp.ts",
];

for (const path of ABSENT) {
  Deno.test(`At ${path} there is nothing, in plain text`, async () => {
    await using app = new AppServer();
    await using socket = await RawSocket.connect(app.url);
    // As it is: a URL would resolve the dots.
    await socket.write(`GET ${path} HTTP/1.1\r\nHost: ${app.host}\r\n\r\n`);
    const { status, headers, body } = await socket.readResponse();
    assertEquals(status, 404);
    assertStringIncludes(headers.get("content-type") ?? "", "text/plain");
    assertStringIncludes(body, "/docs the documentation, and /ws takes");
  });
}
