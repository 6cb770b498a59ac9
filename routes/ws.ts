/** `GET /ws`: the handshake of the text protocol (RFC 6455 §4.2), and of SDKs that offer their subprotocol. */

import { Hono } from "hono";
import { centrifugeProtocol } from "../lib/protocol/centrifuge.ts";
import { textProtocol, textProtocolWithSender } from "../lib/protocol/text.ts";
import { acceptWebSocket } from "../lib/transports/web_socket.ts";
import { refuseBusy } from "./guard/admission.ts";
import { refuseHandshake, upgrade } from "./guard/handshake.ts";
import { identify, type IdentityDeps } from "./guard/identity.ts";
import { refuseOrigin } from "./guard/origin.ts";

const SUBPROTOCOLS = [textProtocol.name, centrifugeProtocol.name];

/** Makes the route of the text protocol. */
export function wsRoutes(deps: IdentityDeps): Hono {
  const { hub } = deps;
  const app = new Hono();
  app.all("/ws", async (c) => {
    const request = c.req.raw;
    const refusal = refuseHandshake(request) ?? refuseOrigin(c, deps);
    if (refusal !== undefined) return refusal;
    const identity = await identify(c, deps);
    if (identity instanceof Response) return identity;
    const busy = refuseBusy(c, deps);
    if (busy !== undefined) return busy;

    const protocol = c.req.query("from") === "1"
      ? textProtocolWithSender
      : textProtocol;
    const { socket, response, subprotocol } = upgrade(request, SUBPROTOCOLS);
    // An SDK authenticates by its first command.
    const accepted = subprotocol === centrifugeProtocol.name
      ? { protocol: centrifugeProtocol }
      : { protocol, identity };
    acceptWebSocket(hub, socket, accepted);
    return response;
  });
  return app;
}
