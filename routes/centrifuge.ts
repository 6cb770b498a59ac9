/** `/connection/*` and `/emulation`: HTTP endpoints of the official SDKs of the Centrifuge protocol (§1). */

import { type Context, Hono } from "hono";
import { isLongerThan } from "../lib/base/bytes.ts";
import { lengthOf } from "../lib/base/publication.ts";
import type { Frame } from "../lib/protocol/types.ts";
import { openHttpStream } from "../lib/transports/http_stream.ts";
import type { GuardDeps } from "../lib/transports/request_guard.ts";
import { admitStream, answerBusy } from "./guard/admission.ts";
import { emulationRoutes } from "./emulation.ts";
import { isBinary, readBytes, readText } from "./guard/body.ts";
import { crossOrigin, refuseUnnamedOrigin } from "./guard/origin.ts";
import { STREAM_HEADERS } from "./stream_headers.ts";

const WANTS_CONNECT = "The request has no command: expected connect.\n";

/** Makes the routes of the SDKs. */
export function centrifugeRoutes(deps: GuardDeps): Hono {
  const { hub, log } = deps;
  const { deadlines, limits: { maxMessageBytes: maxBytes } } = hub;
  const body = { maxBytes, deadlines, log };
  const app = new Hono();

  app.use("/connection/http_stream", crossOrigin(deps, ["POST"]));
  app.post("/connection/http_stream", (c) => {
    return isBinary(c)
      ? open(c, deps, "messages", () => readBytes(c, body))
      : open(c, deps, "lines", () => readText(c, body));
  });

  app.use("/connection/sse", crossOrigin(deps, ["GET", "POST"]));
  app.post("/connection/sse", (c) => {
    return open(c, deps, "events", () => readText(c, body));
  });
  app.get("/connection/sse", (c) => {
    const commands = c.req.query("cf_connect") ?? "";
    if (isLongerThan(commands, maxBytes)) {
      return c.text(`The commands have at most ${maxBytes} bytes.\n`, 413);
    }
    return refuseUnnamedOrigin(c, deps) ??
      open(c, deps, "events", () => commands);
  });

  app.route("/", emulationRoutes(deps));
  return app;
}

/** Answers with a stream, and carries out the client's first commands, which are read once it has a slot. */
async function open(
  c: Context,
  deps: GuardDeps,
  format: keyof typeof STREAM_HEADERS,
  read: () => string | Promise<Frame | Response>,
): Promise<Response> {
  const slot = admitStream(c, deps);
  if (slot instanceof Response) return slot;
  const commands = await read();
  if (commands instanceof Response) {
    slot.written();
    return commands;
  }
  // The hub may have begun to drain meanwhile.
  const isEmpty = lengthOf(commands) === 0;
  if (isEmpty || deps.hub.draining) {
    slot.written();
    return isEmpty ? c.text(WANTS_CONNECT, 400) : answerBusy(c, deps);
  }
  const body = openHttpStream(deps.hub, {
    format,
    commands,
    slot,
    headers: deps.hub.headersOf(c.req.raw),
  });
  return c.body(body, 200, STREAM_HEADERS[format]);
}
