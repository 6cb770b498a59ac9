/** A request with an invalid Host has an invalid URL: a server with tokens answered it with 500, and logged an error for each. */

import { assertEquals } from "@std/assert";
import { createHub } from "../../lib/create_hub.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { AppServer } from "../routes/app_server.ts";

const SECRET = "a secret of more than thirty-two characters";

const INVALID = [
  "[",
  "[::1",
  "[fe80::1%25eth0]",
  "a b",
  "%",
  "%00",
  "localhost:99999",
  "localhost:abc",
  "localhost:80:80",
  "localhost, localhost",
  ":80",
  "xn--",
  "<script>",
  "^",
  "|",
  "256.256.256.256",
  "localhost?a",
  "localhost#a",
  "localhost\\a",
];

/** Every path that needs the URL of its request, and some that do not. */
const PATHS = [
  "/",
  "/docs",
  "/openapi.json",
  "/asyncapi.json",
  "/assets/style.css",
  "/ws",
  "/connection/websocket",
  "/connection/sse?cf_connect=%7B%7D",
  "/sse?channel=a",
  "/poll?channel=a&timeout=0",
  "/send",
  "/emulation",
  "/api/info",
];

async function statusOf(url: string, path: string, host: string) {
  await using socket = await RawSocket.connect(`${url}${path}`);
  const upgrade = /ws|websocket/.test(path) ? "websocket" : null;
  const { status } = await socket.request({ headers: { host, upgrade } });
  return status;
}

for (
  const [mode, value] of [
    ["TOKEN_SECRET", SECRET],
    ["INSECURE_ANONYMOUS_ALL", "true"],
  ] as const
) {
  const env = { [mode]: value, API_KEY: "secret" };
  for (const host of INVALID) {
    Deno.test(`With ${mode}, a request for the host ${host} is answered with 400`, async () => {
      await using app = new AppServer({ env });
      for (const path of PATHS) {
        assertEquals(await statusOf(app.url, path, host), 400, path);
      }
      const isError = (line: string) => line.includes('"level":"error"');
      assertEquals(app.logText.filter(isError), []);
    });
  }

  Deno.test(`With ${mode}, a host with a path of its own finds nothing`, async () => {
    await using app = new AppServer({ env });
    for (const host of ["localhost/a", "http://localhost"]) {
      for (const path of PATHS) {
        assertEquals(await statusOf(app.url, path, host), 404, path);
      }
    }
  });
}

Deno.test("A hub without Hono answers an invalid host with 400, too", async () => {
  for (
    const access of ["anonymous", { tokens: { secret: SECRET } }] as const
  ) {
    await using hub = createHub({ access });
    for (const host of INVALID) {
      const request = new Request("http://localhost/", {
        headers: {
          host,
          upgrade: "websocket",
          connection: "Upgrade",
          "sec-websocket-version": "13",
          "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        },
      });
      assertEquals((await hub.upgrade(request))?.status, 400, host);
    }
  }
});

Deno.test("A request target with an invalid host is answered with 400", async () => {
  for (const secret of [SECRET, undefined]) {
    const env: Record<string, string> = secret === undefined
      ? { INSECURE_ANONYMOUS_ALL: "true" }
      : { TOKEN_SECRET: secret };
    await using app = new AppServer({ env });
    for (const path of ["/", "/sse?channel=a", "/asyncapi.json", "/ws"]) {
      await using socket = await RawSocket.connect(app.url);
      await socket.write(
        `GET http://[${path} HTTP/1.1\r\nHost: localhost\r\n` +
          "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
      );
      assertEquals((await socket.readResponse()).status, 400, path);
    }
  }
});
