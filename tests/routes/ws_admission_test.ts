/** How many may connect: places are counted, given back, and not given during a drain. */

import { assertEquals, assertGreaterOrEqual } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { OPCODE } from "../support/frame.ts";
import { formatRequest, type RawResponse } from "../support/raw_http.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { SECRET, signToken } from "../support/token.ts";
import { AppServer } from "./app_server.ts";

async function ask(app: AppServer): Promise<RawResponse> {
  await using socket = await RawSocket.connect(app.wsUrl);
  return await socket.request();
}

function allPlacesFree(app: AppServer): Promise<void> {
  return eventually(() => app.hub.admission.count === 0, {
    awaited: () => `0 places taken; taken: ${app.hub.admission.count}`,
  });
}

Deno.test("A client over the limit is told to come back later", async () => {
  await using app = new AppServer({ limits: { maxConnections: 2 } });
  await using _first = await RawSocket.open(app.wsUrl);
  await using _second = await RawSocket.open(app.wsUrl);
  const { status, headers, body } = await ask(app);
  assertEquals(status, 503);
  assertGreaterOrEqual(Number(headers.get("retry-after")), 1);
  assertEquals(body, "This server is full; try again later.\n");
  assertEquals(app.hub.admission.count, 2);
});

Deno.test("A client that closes gives its place back", async () => {
  await using app = new AppServer({ limits: { maxConnections: 1 } });
  for (let round = 0; round < 3; round++) {
    await using socket = await RawSocket.open(app.wsUrl);
    await socket.writeFrame({
      opcode: OPCODE.close,
      payload: Uint8Array.of(0x03, 0xe8),
    });
    await socket.readToEnd();
    await allPlacesFree(app);
  }
});

Deno.test("A client that drops its TCP connection gives its place back", async () => {
  await using app = new AppServer({ limits: { maxConnections: 1 } });
  for (let round = 0; round < 3; round++) {
    const socket = await RawSocket.open(app.wsUrl);
    await socket.close();
    await allPlacesFree(app);
  }
  assertEquals(app.hub.size, 0);
});

Deno.test({
  name: "Clients gone before they are answered give their places back",
  // Deno never completes the upgrade of a client that has gone.
  sanitizeOps: false,
}, async () => {
  await using app = new AppServer({
    env: { TOKEN_SECRET: SECRET },
    limits: { authenticateWithinMs: 200 },
  });
  const token = await signToken({ sub: "alice" });
  const headers = { authorization: `Bearer ${token}` };
  const handshake = formatRequest(new URL(app.wsUrl), { headers });
  for (let round = 0; round < 10; round++) {
    const sockets = await Promise.all(
      Array.from({ length: 20 }, () => RawSocket.connect(app.wsUrl)),
    );
    await Promise.all(sockets.map((socket) => socket.write(handshake)));
    await Promise.all(sockets.map((socket) => socket.close()));
  }
  // Its token is verified after theirs.
  await using _last = await RawSocket.open(app.wsUrl, { headers });
  await eventually(() => app.hub.admission.count === 1, {
    awaited: () => `1 place taken; taken: ${app.hub.admission.count}`,
  });
  assertEquals(app.hub.size, 1);
});

Deno.test("A refused handshake takes no place", async () => {
  await using app = new AppServer({ limits: { maxConnections: 1 } });
  await using socket = await RawSocket.connect(app.wsUrl);
  const { status } = await socket.request({
    headers: { "sec-websocket-version": "8" },
  });
  assertEquals(status, 426);
  assertEquals(app.hub.admission.count, 0);
});

Deno.test("A draining server lets nobody in", async () => {
  await using app = new AppServer();
  app.hub.draining = true;
  const { status, headers, body } = await ask(app);
  assertEquals(status, 503);
  assertGreaterOrEqual(Number(headers.get("retry-after")), 1);
  assertEquals(body, "This server is shutting down; try again later.\n");
  assertEquals(app.hub.admission.count, 0);
});
