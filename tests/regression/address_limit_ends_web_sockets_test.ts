/** A WebSocket beyond the connections of its address was upgraded and closed with 3504, after which SDKs do not come back: an office at its limit lost clients for good. */

import { assert, assertEquals } from "@std/assert";
import { FakeApp } from "../routes/fake_app.ts";

const HANDSHAKE = {
  "Upgrade": "websocket",
  "Connection": "Upgrade",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
};

Deno.test("A client beyond the connections of its address gets 503 and a time to come back, at each door", async () => {
  await using app = new FakeApp({ limits: { maxConnectionsPerAddress: 1 } });
  const place = app.hub.admission.enter("192.0.2.1");
  const doors: [string, RequestInit][] = [
    ["/ws", { headers: HANDSHAKE }],
    ["/connection/websocket", { headers: HANDSHAKE }],
    ["/sse?channel=news", {}],
    ["/connection/sse?cf_connect={}", {}],
    ["/connection/http_stream", { method: "POST", body: "{}" }],
  ];
  for (const [path, init] of doors) {
    const response = await app.fetch(path, init, {
      remoteAddr: { hostname: "192.0.2.1" },
    });
    await response.body?.cancel();
    assertEquals(response.status, 503, path);
    assert(Number(response.headers.get("retry-after")) >= 1, path);
  }
  assertEquals(
    app.hub.counters.refusals.connectionsPerAddress,
    doors.length,
  );
  assertEquals(app.hub.counters.refusals.connections, 0);
  place?.leave();
});
