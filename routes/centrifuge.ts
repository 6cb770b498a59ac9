/** `/connection/*`: where the official SDKs of the Centrifuge protocol connect (§1). */

import { type Context, Hono } from "hono";
import { centrifugeProtocol } from "../lib/protocol/centrifuge.ts";
import { isLongerThan } from "../lib/base/bytes.ts";
import { openHttpStream } from "../lib/transports/http_stream.ts";
import { offeredProtocols } from "../lib/transports/handshake.ts";
import type { GuardDeps } from "../lib/transports/request_guard.ts";
import { upgradeWebSocket } from "../lib/transports/web_socket.ts";
import { answerEarly, refuseBlind } from "./guard/cors.ts";
import { enter, sayBusy } from "./guard/admission.ts";
import { emulationRoutes } from "./emulation.ts";
import { isBinary, readText } from "./guard/body.ts";
import { STREAM_HEADERS } from "./stream_headers.ts";

const PROTOBUF = "centrifuge-protobuf";
const SPEAKS_JSON = "This server speaks JSON; connect without protobuf.\n";
const WANTS_CONNECT = "The first command, connect, comes with the request.\n";

/** Makes the routes of the SDKs. */
export function centrifugeRoutes(deps: GuardDeps): Hono {
  const { hub, log } = deps;
  const { clock, limits: { maxMessageBytes: maxBytes } } = hub;
  const body = { maxBytes, clock, log };
  const app = new Hono();

  app.all("/connection/websocket", (c) => {
    const request = c.req.raw;
    const format = c.req.query("cf_protocol") ?? c.req.query("format");
    const wantsProtobuf = format === "protobuf" ||
      offeredProtocols(request).includes(PROTOBUF);
    if (wantsProtobuf) return c.text(SPEAKS_JSON, 400);
    return upgradeWebSocket(deps, request, "centrifuge");
  });

  app.all("/connection/http_stream", (c) => {
    const early = answerEarly(c, deps, "POST, OPTIONS");
    if (early !== undefined) return early;
    if (isBinary(c)) return c.text(SPEAKS_JSON, 400);
    return open(c, deps, "lines", () => readText(c, body));
  });

  app.all("/connection/sse", (c) => {
    const early = answerEarly(c, deps, "GET, POST, OPTIONS");
    if (early !== undefined) return early;
    if (c.req.method !== "GET") {
      return open(c, deps, "events", () => readText(c, body));
    }
    const commands = c.req.query("cf_connect") ?? "";
    if (isLongerThan(commands, maxBytes)) {
      return c.text(`The commands have at most ${maxBytes} bytes.\n`, 413);
    }
    return refuseBlind(c, deps) ?? open(c, deps, "events", () => commands);
  });

  app.route("/", emulationRoutes(deps));
  return app;
}

/** Answers with a stream, and takes the client's first commands; they come after it has a place. */
async function open(
  c: Context,
  deps: GuardDeps,
  format: "lines" | "events",
  read: () => string | Promise<string | Response>,
): Promise<Response> {
  const slot = enter(c, deps);
  if (slot instanceof Response) return slot;
  const commands = await read();
  if (commands instanceof Response) {
    slot.written();
    return commands;
  }
  // It may have begun to drain meanwhile.
  if (commands === "" || deps.hub.draining) {
    slot.written();
    return commands === "" ? c.text(WANTS_CONNECT, 400) : sayBusy(c, deps);
  }
  const body = openHttpStream(deps.hub, {
    protocol: centrifugeProtocol,
    format,
    commands,
    slot,
    headers: deps.hub.headersOf(c.req.raw),
  });
  return c.body(body, 200, STREAM_HEADERS[format]);
}
