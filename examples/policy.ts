/** Rules of a program for its clients: `deno serve examples/policy.ts`, then any Centrifuge SDK. */

import { Hono } from "hono";
import { createHub, errors, ProtocolError } from "@thrum/thrum";
import { thrum } from "@thrum/thrum/hono";

const hub = createHub({
  access: "onConnect",
  // A client that connects with a name is let in under it, and subscribed to the lobby.
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
app.route("/", thrum(hub, { pages: false }));

export default app;
