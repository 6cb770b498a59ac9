/** `GET /ws`: the handshake of the text protocol (RFC 6455 §4.2), and of SDKs that ask for theirs. */

import { type Context, Hono } from "hono";
import { TokenError } from "../lib/auth/token_error.ts";
import type { TokenVerifier } from "../lib/auth/token_verifier.ts";
import { ANYBODY, type Identity } from "../lib/identity.ts";
import { isUid } from "../lib/names.ts";
import { centrifugeProtocol } from "../lib/protocol/centrifuge.ts";
import { textProtocol, textProtocolWithSender } from "../lib/protocol/text.ts";
import { acceptWebSocket } from "../lib/transports/web_socket.ts";
import { type GateDeps, refuseBusy, refuseOrigin } from "./gate.ts";
import { refuseHandshake, upgrade } from "./handshake.ts";

/** What the route is given. */
export interface WsRoutesDeps extends GateDeps {
  readonly tokens: TokenVerifier;
}

const SUBPROTOCOLS = [textProtocol.name, centrifugeProtocol.name];

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
    const busy = refuseBusy(c, deps);
    if (busy !== undefined) return busy;

    const protocol = c.req.query("from") === "1"
      ? textProtocolWithSender
      : textProtocol;
    const { socket, response, subprotocol } = upgrade(request, SUBPROTOCOLS);
    // An SDK says who it is by its first command.
    const accepted = subprotocol === centrifugeProtocol.name
      ? { protocol: centrifugeProtocol }
      : { protocol, identity };
    acceptWebSocket(hub, socket, accepted);
    return response;
  });
  return app;
}

/** Who the request says it comes from; `undefined` where it has yet to send `auth:<token>`. */
async function identify(
  c: Context,
  { config, log, tokens }: WsRoutesDeps,
): Promise<Identity | Response | undefined> {
  const [, token] =
    /^Bearer +(.+)$/i.exec(c.req.header("authorization") ?? "") ??
      [];
  const areTokensKnown = config.tokenSecret !== undefined ||
    config.jwksUrl !== undefined;
  if (token !== undefined && areTokensKnown) {
    try {
      const claims = await tokens.connection(token);
      if (claims.uid !== undefined) return claims;
      throw new TokenError("invalid", '"sub" is not a uid');
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      log.info("token_refused", { reason: error.message });
      if (error.reason === "unavailable") {
        return c.text("Tokens cannot be verified now; try again later.\n", 503);
      }
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
