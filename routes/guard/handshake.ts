/** The opening handshake of a WebSocket (RFC 6455 §4.2): what Deno does not check, and the subprotocol. */

const HOW_TO_CONNECT =
  "This is a WebSocket endpoint; connect with e.g. `npx wscat -c ws://<host>/ws` and send `all:hello`.\n";

/** A base64 nonce of 16 bytes. */
const KEY = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

/** The answer to a request that is no handshake; `undefined` if it is one. */
export function refuseHandshake(request: Request): Response | undefined {
  const { headers, method } = request;
  if (method !== "GET") {
    return refuse(405, "A handshake is a GET.\n", { Allow: "GET" });
  }
  const upgrades = listOf(headers.get("upgrade"));
  const connections = listOf(headers.get("connection"));
  if (!upgrades.includes("websocket") || !connections.includes("upgrade")) {
    return refuse(426, HOW_TO_CONNECT, {
      Upgrade: "websocket",
      Connection: "Upgrade",
    });
  }
  if (headers.get("sec-websocket-version") !== "13") {
    return refuse(426, "This server speaks WebSocket version 13.\n", {
      "Sec-WebSocket-Version": "13",
    });
  }
  if (!KEY.test(headers.get("sec-websocket-key") ?? "")) {
    return refuse(400, "Sec-WebSocket-Key is not 16 bytes in base64.\n");
  }
  return undefined;
}

/** An upgrade, and the subprotocol that was agreed on. */
export interface Upgraded extends Deno.WebSocketUpgrade {
  readonly subprotocol: string | undefined;
}

/**
 * Upgrades a request that is a handshake. Of the subprotocols that the client
 * offers, the first that is in `known` is chosen; with none of them the socket
 * opens without one.
 */
export function upgrade(
  request: Request,
  known: readonly string[],
): Upgraded {
  const subprotocol = offeredProtocols(request)
    .find((name) => known.includes(name));
  const upgraded = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
  // Deno's own option refuses a list without spaces.
  if (subprotocol !== undefined) {
    upgraded.response.headers.set("Sec-WebSocket-Protocol", subprotocol);
  }
  return { ...upgraded, subprotocol };
}

/** The subprotocols that the client would speak, the dearest first. */
export function offeredProtocols(request: Request): string[] {
  const offered = request.headers.get("sec-websocket-protocol") ?? "";
  return offered.split(",").map((name) => name.trim());
}

function listOf(header: string | null): string[] {
  return (header ?? "").split(",").map((item) => item.trim().toLowerCase());
}

function refuse(
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Response {
  return new Response(body, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", ...headers },
  });
}
