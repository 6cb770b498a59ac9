/** Rules of one's own in an app of one's own: `deno serve examples/policy.ts`, then any Centrifuge SDK. */

import { Hono } from "hono";
import {
  acceptWebSocket,
  centrifugeProtocol,
  createHub,
  errors,
  ProtocolError,
} from "../lib/mod.ts";

const hub = createHub({
  // Whoever connects with a name is let in under it, and hears the lobby.
  onConnect: ({ data: name }) => {
    if (typeof name !== "string" || name === "") {
      throw new ProtocolError(errors.unauthorized, "connect with a name");
    }
    return { uid: name, channels: ["lobby"], data: { hello: name } };
  },
  onSubscribe: ({ connection, channel }) => {
    if (channel === "staff" && connection.uid !== "alice") {
      throw new ProtocolError(errors.permissionDenied, "for alice alone");
    }
    return { info: { since: new Date().toISOString() } };
  },
  // What was sent may be looked up, refused or changed; all of it may take time.
  onPublish: async ({ data }) => {
    if (data === "") {
      throw new ProtocolError(errors.badRequest, "say something");
    }
    return { data: await withoutShouting(data) };
  },
  onRpc: ({ method, data }) => {
    if (method !== "sum" || !Array.isArray(data)) {
      throw new ProtocolError(errors.methodNotFound);
    }
    return data.reduce((sum, value) => sum + Number(value), 0);
  },
  onDisconnect: async ({ connection }) => {
    await hub.publish("lobby", `${connection.uid} has left`);
  },
});

function withoutShouting(data: unknown): Promise<unknown> {
  return Promise.resolve(typeof data === "string" ? data.toLowerCase() : data);
}

const app = new Hono();
app.get("/", (c) => c.text("An app with a hub.\n"));
app.get("/connection/websocket", (c) => {
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
    return c.text("Connect with an SDK.\n", 426);
  }
  const options = { idleTimeout: 0 };
  const { socket, response } = Deno.upgradeWebSocket(c.req.raw, options);
  acceptWebSocket(hub, socket, { protocol: centrifugeProtocol });
  return response;
});

export default app;
