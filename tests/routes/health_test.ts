/** `/healthz` and `/readyz`: what a platform asks a node. */

import { assertEquals } from "@std/assert";
import { disconnects } from "../../lib/base/disconnect.ts";
import { eventually } from "../support/eventually.ts";
import { OPCODE } from "../support/frame.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { TextClient } from "../support/text_client.ts";
import { AppServer } from "./app_server.ts";

async function ask(app: AppServer, path: string) {
  const response = await fetch(`${app.url}${path}`);
  const { status, headers } = response;
  assertEquals(headers.get("content-type"), "application/json");
  return { status, body: await response.json() };
}

function health(connections: number, closing = 0) {
  const body = { status: "ok", connections, closing, broker: "memory" };
  return { status: 200, body };
}

Deno.test("A node counts its connections while they are open", async () => {
  await using app = new AppServer();
  assertEquals(await ask(app, "/healthz"), health(0));
  {
    await using _one = await TextClient.open(app.wsUrl);
    await using _other = await TextClient.open(app.wsUrl);
    assertEquals(await ask(app, "/healthz"), health(2));
  }
  await eventually(() => app.hub.size === 0, { awaited: "0 connections" });
  assertEquals(await ask(app, "/healthz"), health(0));
});

Deno.test("A connection that its client does not let go of counts as closing", async () => {
  await using app = new AppServer();
  {
    await using socket = await RawSocket.open(app.wsUrl);
    const [connection] = app.hub.connections;
    connection?.disconnect(disconnects.internal);
    assertEquals((await socket.readFrame())?.opcode, OPCODE.close);
    assertEquals(await ask(app, "/healthz"), health(0, 1));
  }
  await eventually(() => app.hub.admission.count === 0, {
    awaited: "the place that was held",
  });
  assertEquals(await ask(app, "/healthz"), health(0));
});

Deno.test("A node is ready until it drains, and lives on meanwhile", async () => {
  await using app = new AppServer();
  assertEquals(await ask(app, "/readyz"), {
    status: 200,
    body: { status: "ready" },
  });
  app.hub.draining = true;
  assertEquals(await ask(app, "/readyz"), {
    status: 503,
    body: { status: "draining" },
  });
  assertEquals(await ask(app, "/healthz"), health(0));
});
