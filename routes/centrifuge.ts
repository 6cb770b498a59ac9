/** `/connection/*`: where the official SDKs of the Centrifuge protocol connect (§1). */

import { Hono } from "hono";
import { centrifugeProtocol } from "../lib/protocol/centrifuge.ts";
import { acceptWebSocket } from "../lib/transports/web_socket.ts";
import { type GateDeps, refuseBusy, refuseOrigin } from "./gate.ts";
import { offeredProtocols, refuseHandshake, upgrade } from "./handshake.ts";

const PROTOBUF = "centrifuge-protobuf";

/** Makes the routes of the SDKs. */
export function centrifugeRoutes(deps: GateDeps): Hono {
  const { hub } = deps;
  const app = new Hono();
  app.all("/connection/websocket", (c) => {
    const request = c.req.raw;
    const refusal = refuseHandshake(request) ?? refuseOrigin(c, deps);
    if (refusal !== undefined) return refusal;
    const format = c.req.query("cf_protocol") ?? c.req.query("format");
    const wantsProtobuf = format === "protobuf" ||
      offeredProtocols(request).includes(PROTOBUF);
    if (wantsProtobuf) {
      return c.text(
        "This server speaks JSON; connect without protobuf.\n",
        400,
      );
    }
    const busy = refuseBusy(c, deps);
    if (busy !== undefined) return busy;
    const { socket, response } = upgrade(request, [centrifugeProtocol.name]);
    acceptWebSocket(hub, socket, { protocol: centrifugeProtocol });
    return response;
  });
  return app;
}
