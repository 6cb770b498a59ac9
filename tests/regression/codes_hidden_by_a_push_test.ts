/** A push `disconnect` right before the close frame hid its code from the Python SDK, which reconnected for ever. */

import { assertEquals, assertObjectMatch } from "@std/assert";
import { disconnects, readCloseReason } from "../../lib/base/disconnect.ts";
import { AppServer } from "../routes/app_server.ts";
import { closeOf } from "../support/close_of.ts";
import { eventually } from "../support/eventually.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { parseClose } from "../support/frame.ts";
import { Scene } from "../support/scene.ts";
import { SdkClient } from "../support/sdk_client.ts";
import { TextClient } from "../support/text_client.ts";
import { SECRET } from "../support/token.ts";

for (const [name, disconnect] of Object.entries(disconnects)) {
  Deno.test(`A WebSocket is closed as ${name} by its close frame alone`, async () => {
    const scene = new Scene();
    const client = await SdkClient.connect(scene);
    client.connection.disconnect(disconnect);
    const { code, reason } = disconnect;
    assertEquals(client.take(), []);
    const { reason: text = "" } = client.closed ?? {};
    assertEquals(client.closeCode, code);
    assertEquals(readCloseReason(text).reason, reason);
  });
}

Deno.test("A refused token is one frame on the wire, on both paths of the SDKs", async () => {
  await using app = new AppServer({ env: { TOKEN_SECRET: SECRET } });
  for (const path of ["/connection/websocket", "/ws"]) {
    await using socket = await RawSocket.open(`ws://${app.host}${path}`, {
      headers: { "sec-websocket-protocol": "centrifuge-json" },
    });
    const payload = '{"id":1,"connect":{"token":"a.b.c"}}';
    await socket.writeFrame({ opcode: 1, payload });
    const frame = await socket.readFrame();
    assertEquals(frame?.opcode, 8);
    assertEquals(parseClose(frame!.payload), {
      code: 3500,
      reason: "invalid token",
    });
  }
});

Deno.test("Streams have no close frame: their last line is the push", async () => {
  await using app = new AppServer({ env: { TOKEN_SECRET: SECRET } });
  const command = '{"id":1,"connect":{"token":"a.b.c"}}';
  const push = '{"push":{"disconnect":{"code":3500,"reason":"invalid token"}}}';
  const url = `${app.url}/connection`;
  const lines = await fetch(`${url}/http_stream`, {
    method: "POST",
    body: command,
  });
  assertEquals(await lines.text(), `${push}\n`);
  const events = await fetch(
    `${url}/sse?cf_connect=${encodeURIComponent(command)}`,
  );
  assertEquals(await events.text(), `:\n\ndata: ${push}\n\n`);
});

Deno.test("Streams end with the push for every code", async () => {
  for (const disconnect of Object.values(disconnects)) {
    await using app = new AppServer();
    const response = await fetch(`${app.url}/connection/http_stream`, {
      method: "POST",
      body: '{"id":1,"connect":{}}',
    });
    await eventually(() => app.hub.size === 1, { awaited: "the client" });
    for (const connection of app.hub.connections) {
      connection.disconnect(disconnect);
    }
    const { code, reason } = disconnect;
    const last = (await response.text()).trimEnd().split("\n").at(-1) ?? "";
    assertObjectMatch(JSON.parse(last), {
      push: { disconnect: { code, reason } },
    });
  }
});

Deno.test("A text client that is silent still reads why, as text", async () => {
  const env = { INSECURE_ANONYMOUS_ALL: "true", HEARTBEAT_TIMEOUT: "200ms" };
  await using app = new AppServer({ env });
  await using client = await TextClient.open(app.wsUrl);
  const reason = "Network connection timeout!";
  assertEquals(await client.next(), reason);
  assertEquals(await closeOf(client), { code: 3012, reason });
});
