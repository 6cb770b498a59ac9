/** `/connection/*` and `/emulation`: where the official SDKs of the Centrifuge protocol connect (§1). */

import { type Context, Hono } from "hono";
import { emulate } from "../lib/emulation.ts";
import { centrifugeProtocol } from "../lib/protocol/centrifuge.ts";
import { openHttpStream } from "../lib/transports/http_stream.ts";
import { acceptWebSocket } from "../lib/transports/web_socket.ts";
import { answerEarly } from "./cors.ts";
import { type GateDeps, refuseBusy, refuseOrigin } from "./gate.ts";
import { offeredProtocols, refuseHandshake, upgrade } from "./handshake.ts";
import { readBody } from "./read_body.ts";
import { completedOf } from "./response_end.ts";
import { STREAM_HEADERS } from "./stream_headers.ts";

const PROTOBUF = "centrifuge-protobuf";
const SPEAKS_JSON = "This server speaks JSON; connect without protobuf.\n";
/** Quotes and backslashes of JSON inside JSON take two bytes each. */
const ESCAPED = 2;
/** Session, node and punctuation around the commands. */
const ENVELOPE_BYTES = 1_024;

/** Makes the routes of the SDKs. */
export function centrifugeRoutes(deps: GateDeps): Hono {
  const { hub } = deps;
  const { maxMessageBytes } = hub.limits;
  const app = new Hono();

  app.all("/connection/websocket", (c) => {
    const request = c.req.raw;
    const refusal = refuseHandshake(request) ?? refuseOrigin(c, deps);
    if (refusal !== undefined) return refusal;
    const format = c.req.query("cf_protocol") ?? c.req.query("format");
    const wantsProtobuf = format === "protobuf" ||
      offeredProtocols(request).includes(PROTOBUF);
    if (wantsProtobuf) return c.text(SPEAKS_JSON, 400);
    const busy = refuseBusy(c, deps);
    if (busy !== undefined) return busy;
    const { socket, response } = upgrade(request, [centrifugeProtocol.name]);
    acceptWebSocket(hub, socket, { protocol: centrifugeProtocol });
    return response;
  });

  app.all("/connection/http_stream", async (c) => {
    const early = answerEarly(c, deps, "POST, OPTIONS");
    if (early !== undefined) return early;
    const type = c.req.header("content-type") ?? "";
    if (type.startsWith("application/octet-stream")) {
      return c.text(SPEAKS_JSON, 400);
    }
    const commands = await readBody(c.req.raw, maxMessageBytes);
    return open(c, deps, { format: "lines", commands });
  });

  app.all("/connection/sse", async (c) => {
    const early = answerEarly(c, deps, "GET, POST, OPTIONS");
    if (early !== undefined) return early;
    const commands = c.req.method === "GET"
      ? c.req.query("cf_connect") ?? ""
      : await readBody(c.req.raw, maxMessageBytes);
    return open(c, deps, { format: "events", commands });
  });

  const emulationBytes = maxMessageBytes * ESCAPED + ENVELOPE_BYTES;
  app.all("/emulation", async (c) => {
    const early = answerEarly(c, deps, "POST, OPTIONS");
    if (early !== undefined) return early;
    const body = await readBody(c.req.raw, emulationBytes);
    switch (body === undefined ? "tooLong" : await emulate(hub, body)) {
      case "taken":
        return c.body(null, 204);
      case "malformed":
        return c.text("Expected JSON with session, node and data.\n", 400);
      case "tooLong":
        // No SDK reads more of it than the status.
        return c.body(null, 413);
      case "noNode":
        return c.text("There is no such node.\n", 404);
    }
  });
  return app;
}

/** Answers with a stream, and takes the client's first commands. */
function open(
  c: Context,
  deps: GateDeps,
  { format, commands }: {
    readonly format: "lines" | "events";
    readonly commands: string | undefined;
  },
): Response {
  if (commands === undefined) {
    const { maxMessageBytes } = deps.hub.limits;
    return c.text(`At most ${maxMessageBytes} bytes.\n`, 413);
  }
  if (commands === "") {
    return c.text("The first command, connect, comes with the request.\n", 400);
  }
  const busy = refuseBusy(c, deps);
  if (busy !== undefined) return busy;
  const body = openHttpStream(deps.hub, {
    protocol: centrifugeProtocol,
    format,
    commands,
    completed: completedOf(c),
  });
  return c.body(body, 200, STREAM_HEADERS[format]);
}
