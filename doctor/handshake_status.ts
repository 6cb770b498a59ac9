/** Status with which a server, or a proxy, answers the handshake of a WebSocket. */

import { request } from "node:http";
import { request as requestTls } from "node:https";
import { PATIENCE_MS, within } from "./within.ts";

/** Any key: its answer is not checked. */
const HEADERS = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

/**
 * Resolves with the status: over TLS, Deno's own error hides it behind an attempt
 * with HTTP/2 that it makes next.
 */
export function handshakeStatus(
  url: URL,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const send = url.protocol === "https:" ? requestTls : request;
  const answered = new Promise<number>((resolve, reject) => {
    const sent = send(url, { headers: { ...HEADERS, ...headers } });
    sent.on("response", (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    sent.on("upgrade", ({ statusCode = 0 }, socket) => {
      socket.destroy();
      resolve(statusCode);
    });
    sent.on("error", reject);
    sent.end();
  });
  return within(answered, "a status of the handshake", PATIENCE_MS / 2);
}
