/** All clients of a drained node came back within a second, whatever their number: the
 * server gave them no time, or the same few seconds for everyone. Each is given a time
 * now, over every transport, and comes back then.
 */

import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import { systemClock } from "../../lib/base/clock.ts";
import { httpSocket, TextClient } from "../../lib/client/mod.ts";
import { drain } from "../../lib/hub/drain.ts";
import { readCloseReason } from "../../lib/base/disconnect.ts";
import {
  centrifugeProtocol,
  encodeDisconnect,
} from "../../lib/protocol/centrifuge.ts";
import { FakeApp } from "../routes/fake_app.ts";
import { AppServer } from "../routes/app_server.ts";
import { eventually } from "../support/eventually.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { Scene } from "../support/scene.ts";

const CLIENTS = 50;

for (const transport of ["websocket", "sse", "poll"] as const) {
  Deno.test(`Text clients over ${transport} come back from a drain each at its time, spread over the window`, async () => {
    // 50 clients at 5 a second: over ten seconds and one.
    const server = new AppServer({ limits: { reconnectRate: 5 } });
    const clock = new FakeClock();
    const clients = Array.from({ length: CLIENTS }, (_, index) => {
      const sockets = transport === "websocket"
        ? {}
        : { WebSocket: httpSocket(transport) };
      const client = new TextClient(server.wsUrl, {
        ...sockets,
        uid: `c${index}`,
        clock,
      });
      client.connect();
      return client;
    });
    await using stack = new AsyncDisposableStack();
    for (const client of clients) stack.use(client);
    // Over polls, a second one of each waits by then.
    await eventually(
      () =>
        clients.every(({ readyState }) => readyState === 1) &&
        server.hub.size === CLIENTS,
      { awaited: "all to be open" },
    );
    await drain(server.hub, { clock: systemClock });
    await eventually(
      () => clients.every(({ readyState }) => readyState === 3),
      { awaited: "all to be closed" },
    );
    const waits = clients.map(({ nextAttemptAt = NaN, lastClose }) => {
      assertEquals([lastClose?.code, lastClose?.reason], [3001, "shutdown"]);
      return nextAttemptAt - clock.wallTime;
    });
    for (let from = 1_000; from < 9_000; from += 2_000) {
      const count = waits.filter((ms) => ms >= from && ms < from + 2_000);
      assertGreater(count.length, 3, `${waits}`);
      assertLess(count.length, 18, `${waits}`);
    }
    assert(waits.every((ms) => ms <= 13_000), `${waits}`);
    // Each attempt begins at its time.
    const last = clients[waits.indexOf(Math.max(...waits))]!;
    clock.advance(Math.max(...waits) - 1);
    assertEquals(last.readyState, 3);
    clock.advance(1);
    assertEquals(last.readyState, 0);
    for (const client of clients) client.close();
    await server[Symbol.asyncDispose]();
  });
}

Deno.test("An SDK is given its time in the close frame of a WebSocket, or in the push that ends a stream", async () => {
  const scene = new Scene();
  const { transport } = scene.connect("alice", centrifugeProtocol);
  const done = drain(scene.hub, scene);
  for (let step = 0; step < 10; step++) {
    await scene.settle();
    scene.clock.advance(20);
  }
  await done;
  assertEquals(transport.sent, []);
  const { code = 0, reason = "" } = transport.closed ?? {};
  const { retry_after_ms } = JSON.parse(reason);
  assert(retry_after_ms >= 0 && retry_after_ms < 1_100);
  assertEquals(JSON.parse(reason), {
    reason: "shutdown",
    reconnect: true,
    retry_after_ms,
  });
  const push = encodeDisconnect({ code, ...readCloseReason(reason) });
  assertEquals(JSON.parse(push), {
    push: { disconnect: { code: 3001, reason: "shutdown", retry_after_ms } },
  });
});

Deno.test("Requests that a full or draining node refuses are spread by Retry-After, over every path", async () => {
  await using app = new FakeApp({ limits: { maxConnections: 0 } });
  const handshake = {
    headers: {
      upgrade: "websocket",
      connection: "Upgrade",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    },
  };
  const connect = { method: "POST", body: '{"id":1,"connect":{}}' };
  for (
    const [path, init] of [
      ["/ws?uid=a", handshake],
      ["/connection/websocket", handshake],
      ["/sse?channel=a", {}],
      ["/poll?channel=a", {}],
      ["/connection/http_stream", connect],
      ["/connection/sse", connect],
    ] as const
  ) {
    const waits = new Set<number>();
    for (let count = 0; count < 300; count++) {
      const response = await app.fetch(path, init);
      await response.body?.cancel();
      assertEquals(response.status, 503, path);
      waits.add(Number(response.headers.get("retry-after")));
    }
    assert([...waits].every((s) => Number.isInteger(s) && s >= 1 && s <= 60));
    assertGreater(waits.size, 1, path);
  }
});
