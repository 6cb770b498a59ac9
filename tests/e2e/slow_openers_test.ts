/** Clients that open a connection and then are silent, or slow: each is closed in time, and holds up no other. */

import { assertEquals, assertLess } from "@std/assert";
import { DEFAULT_LIMITS } from "../../lib/limits/hub_limits.ts";
import { AppServer } from "../routes/app_server.ts";
import { deadline } from "../support/deadline.ts";
import { OPCODE, parseClose } from "../support/frame.ts";
import { Nginx } from "../support/nginx.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { requireTool } from "../support/requirements.ts";
import { SECRET, signToken } from "../support/token.ts";

const nginx = requireTool("nginx");

/** A tenth of five thousand. */
const COUNT = 500;
/** A tenth of the ten seconds that clients have. */
const WITHIN_MS = 1_000;

Deno.test("Clients have ten seconds to show who they are", () => {
  assertEquals(DEFAULT_LIMITS.authenticateWithinMs, 10_000);
});

Deno.test("Five hundred clients that show no token are closed in time, and give their places back", async () => {
  await using app = new AppServer({
    env: { TOKEN_SECRET: SECRET },
    limits: { authenticateWithinMs: WITHIN_MS },
  });
  await using sockets = new AsyncDisposableStack();
  const silent: RawSocket[] = [];
  for (let count = 0; count < COUNT; count++) {
    silent.push(sockets.use(await RawSocket.open(app.wsUrl)));
  }
  const from = performance.now();
  const closes = silent.map(async (socket) => {
    const frame = await socket.readFrame();
    assertEquals(frame?.opcode, OPCODE.close);
    assertEquals(parseClose(frame?.payload ?? new Uint8Array()).code, 3502);
    await socket.close();
  });
  const headers = { authorization: `Bearer ${await signToken({ sub: "a" })}` };
  await using _other = await RawSocket.open(app.wsUrl, { headers });
  await deadline(Promise.all(closes), { awaited: "their ends" });
  assertLess(performance.now() - from, 3 * WITHIN_MS);
  assertEquals(app.hub.size, 1);
});

Deno.test({
  name:
    "Five hundred clients that send nothing or half a handshake are closed by the proxy in time, and hold up no other",
  ignore: nginx.missing,
  async fn() {
    await using app = new AppServer();
    await using proxy = await Nginx.start(app.host, {
      replace: { "client_header_timeout 10s": "client_header_timeout 1s" },
    });
    await using sockets = new AsyncDisposableStack();
    const slow: RawSocket[] = [];
    for (let count = 0; count < COUNT; count++) {
      const socket = sockets.use(await RawSocket.connect(proxy.url));
      if (count % 2 === 0) await socket.write("GET /ws HTTP/1.1\r\nHost:");
      slow.push(socket);
    }
    const from = performance.now();
    const url = proxy.url.replace("http", "ws");
    await using _other = await RawSocket.open(`${url}/ws?uid=alice`);
    assertLess(performance.now() - from, WITHIN_MS);
    await deadline(Promise.all(slow.map((socket) => socket.readToEnd())), {
      awaited: "their ends",
    });
    assertLess(performance.now() - from, 5 * WITHIN_MS);
    assertEquals(app.hub.size, 1);
  },
});
