/** `GET /ws`: the handshake of the text protocol (RFC 6455 §4.2). */

import { type Context, Hono } from "hono";
import { TokenError, type VerifyToken } from "../lib/auth/jwt.ts";
import { isOriginAllowed } from "../lib/auth/origin.ts";
import type { Config } from "../lib/config.ts";
import { ANYBODY, type Hub, type Identity } from "../lib/hub.ts";
import type { Log } from "../lib/log.ts";
import { isUid } from "../lib/names.ts";
import { textProtocol, textProtocolWithSender } from "../lib/protocol/text.ts";
import { acceptWebSocket } from "../lib/transports/web_socket.ts";
import { refuseHandshake, upgrade } from "./handshake.ts";

/** What the route is given. */
export interface WsRoutesDeps {
  readonly hub: Hub;
  readonly config: Config;
  readonly log: Log;
  readonly verifyToken: VerifyToken | undefined;
}

const RETRY_AFTER_SECONDS = "5";

/** Makes the route of the text protocol. */
export function wsRoutes(deps: WsRoutesDeps): Hono {
  const { hub } = deps;
  const app = new Hono();
  app.all("/ws", async (c) => {
    const request = c.req.raw;
    const refusal = refuseHandshake(request) ?? refuseOrigin(c, deps);
    if (refusal !== undefined) return refusal;
    const identity = await identify(c, deps);
    if (identity instanceof Response) return identity;

    if (hub.draining || hub.admission.full) {
      const reason = hub.draining ? "shutting down" : "full";
      c.header("Retry-After", RETRY_AFTER_SECONDS);
      return c.text(`This server is ${reason}; try again later.\n`, 503);
    }
    const { socket, response } = upgrade(request, [textProtocol.name]);
    acceptWebSocket(hub, socket, {
      protocol: c.req.query("from") === "1"
        ? textProtocolWithSender
        : textProtocol,
      identity,
    });
    return response;
  });
  return app;
}

function refuseOrigin(
  c: Context,
  { config, log }: WsRoutesDeps,
): Response | undefined {
  const { headers } = c.req.raw;
  const origin = headers.get("origin");
  const isAllowed = isOriginAllowed(origin, headers.get("host"), {
    allowed: config.allowedOrigins,
    allowLoopback: config.insecureAnonymousAll,
  });
  if (isAllowed) return undefined;
  log.warn("origin_refused", { origin, setting: "ALLOWED_ORIGINS" });
  return c.text("Pages of this origin may not connect.\n", 403);
}

/** Who the request says it comes from; `undefined` where it has yet to send `auth:<token>`. */
async function identify(
  c: Context,
  { config, log, verifyToken }: WsRoutesDeps,
): Promise<Identity | Response | undefined> {
  const [, token] =
    /^Bearer +(.+)$/i.exec(c.req.header("authorization") ?? "") ??
      [];
  if (token !== undefined && verifyToken !== undefined) {
    try {
      return await verifyToken(token);
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      log.info("token_refused", { reason: error.message });
      c.header("WWW-Authenticate", 'Bearer error="invalid_token"');
      return c.text("The token is not accepted.\n", 401);
    }
  }
  const uid = c.req.query("uid");
  if (!config.insecureAnonymousAll) {
    if (uid === undefined) return undefined;
    c.header("WWW-Authenticate", "Bearer");
    return c.text("A uid comes with a token here, not in the URL.\n", 401);
  }
  if (uid === undefined) return ANYBODY;
  if (isUid(uid)) return { ...ANYBODY, uid };
  return c.text(
    "A uid has 1 to 255 bytes, no control characters, and is not all, auth, error, ping or pong.\n",
    400,
  );
}
