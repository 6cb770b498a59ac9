/** The opening handshake of a WebSocket (RFC 6455 §4.2): the checks that Deno leaves out, and the subprotocols. */

import { textResponse } from "./request_guard.ts";

const HOW_TO_CONNECT =
  "This is a WebSocket endpoint; connect with e.g. `npx wscat -c ws://<host>/ws` and send `all:hello`.\n";

/** A base64 nonce of 16 bytes. */
const KEY = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

/** True if a request asks for a WebSocket, in a valid way or not. */
export function asksForWebSocket({ headers }: Request): boolean {
  return lists(headers.get("upgrade"), "websocket");
}

/** Answers a request that is no valid handshake; `undefined` if it is one. */
export function refuseHandshake(request: Request): Response | undefined {
  const { headers, method } = request;
  if (method !== "GET") {
    return textResponse(405, "A handshake is a GET.\n", { Allow: "GET" });
  }
  const isUpgrade = lists(headers.get("upgrade"), "websocket") &&
    lists(headers.get("connection"), "upgrade");
  if (!isUpgrade) {
    return textResponse(426, HOW_TO_CONNECT, {
      Upgrade: "websocket",
      Connection: "Upgrade",
    });
  }
  if (headers.get("sec-websocket-version") !== "13") {
    return textResponse(426, "This server speaks WebSocket version 13.\n", {
      "Sec-WebSocket-Version": "13",
    });
  }
  if (!KEY.test(headers.get("sec-websocket-key") ?? "")) {
    return textResponse(400, "Sec-WebSocket-Key is not 16 bytes in base64.\n");
  }
  return undefined;
}

const NO_PROTOCOLS: readonly string[] = [];

/** The subprotocols that the client offers, in its order of preference. */
export function offeredProtocols(request: Request): readonly string[] {
  const offered = request.headers.get("sec-websocket-protocol");
  if (offered === null) return NO_PROTOCOLS;
  return offered.split(",").map((name) => name.trim());
}

/** Checks whether a header that is a list has an item, in any case. */
function lists(header: string | null, item: string): boolean {
  const items = header?.toLowerCase();
  if (items === item) return true;
  return items?.split(",").some((one) => one.trim() === item) ?? false;
}
