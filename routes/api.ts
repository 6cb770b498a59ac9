/** `POST /api/<method>`: the server API, for backends that have the key (Centrifuge, §12). */

import { type Context, Hono } from "hono";
import { createKeyCheck } from "../lib/auth/api_key.ts";
import {
  API_METHODS,
  createServerApi,
  type ServerApiDeps,
  type TraceLines,
} from "../lib/server_api/server_api.ts";
import { readText } from "./guard/body.ts";
import { addPageHeaders } from "./guard/page_headers.ts";
import { type GuardDeps, refuseHost } from "../lib/transports/request_guard.ts";
import { STREAM_HEADERS } from "./stream_headers.ts";
import { describeMethod } from "./reference/openapi.ts";

/** Dependencies of the routes. */
export interface ApiRoutesDeps extends ServerApiDeps {
  /** Rules that every request is checked by. */
  readonly guard: GuardDeps;
  /** The key; without one, the API is off. */
  readonly apiKey?: string;
}

/** Length of the longest body, in longest messages of a client. */
const BODY_FACTOR = 16;

/** Headers of an answer to a call with the key: no browser can get it, so it has those of no page. */
const ANSWER: ResponseInit = {
  headers: { "Content-Type": "application/json" },
};

/** Makes the routes of the server API. Without a key in the settings they answer 404. */
export function apiRoutes(deps: ApiRoutesDeps): Hono {
  const { log, guard } = deps;
  const { deadlines, limits } = guard.hub;
  const call = createServerApi(deps);
  const refuseCall = createRefusal(deps);
  // Called by each handler: a middleware would be two promises more for each call.
  const refuse = (c: Context) => {
    const refusal = refuseHost(c.req.raw, guard) ?? refuseCall(c);
    if (refusal !== undefined) addPageHeaders(refusal);
    return refusal;
  };
  const app = new Hono();
  const maxBytes = limits.maxMessageBytes * BODY_FACTOR;
  for (const [name, method] of API_METHODS) {
    const handle = async (c: Context) => {
      const refusal = refuse(c);
      if (refusal !== undefined) return refusal;
      const body = await readText(c, { maxBytes, deadlines, log });
      if (body instanceof Response) return body;
      const answering = call(name, body);
      const answer = answering instanceof Promise ? await answering : answering;
      if (answer.type === "answer") return new Response(answer.json, ANSWER);
      if (answer.type === "lines") return streamLines(answer.lines);
      return c.text("The body is not valid JSON.\n", 400);
    };
    // Described itself: a middleware that only describes would be a step of every call.
    app.post(
      `/api/${name}`,
      Object.assign(handle, describeMethod(name, method)),
    );
  }
  app.all("/api/*", (c) => {
    const refusal = refuse(c);
    if (refusal !== undefined) return refusal;
    const methods = [...API_METHODS.keys()].join(", ");
    return c.text(`No such method: expected ${methods}.\n`, 404);
  });
  return app;
}

/** The answer of lines that go on; they end when their reader goes. */
export function streamLines({ first, rest }: TraceLines): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(encoder.encode(first)),
    async pull(controller) {
      const { value } = await rest.next();
      if (value === undefined) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await rest.return();
    },
  });
  return new Response(body, { headers: STREAM_HEADERS.lines });
}

/** Makes the function that answers a request without the key, or one that is no call; `undefined` to others. */
function createRefusal(
  { log, apiKey }: ApiRoutesDeps,
): (c: Context) => Response | undefined {
  const isKey = apiKey === undefined ? undefined : createKeyCheck(apiKey);
  return (c) => {
    if (isKey === undefined) {
      return c.text(
        "The server API is off; set API_KEY, or the option apiKey, to use it.\n",
        404,
      );
    }
    if (c.req.method !== "POST") {
      c.header("Allow", "POST");
      return c.text("The server API expects POST.\n", 405);
    }
    const offered = offeredKey(c);
    if (offered !== undefined && isKey(offered)) return undefined;
    log.info("api_key_refused", { offered: offered !== undefined });
    c.header("WWW-Authenticate", "apikey");
    return c.text("The server API expects its key, such as X-API-Key.\n", 401);
  };
}

/** Reads the key from `X-API-Key` or `Authorization`; never from the URL, which proxies write to their logs. */
function offeredKey({ req }: Context): string | undefined {
  const key = req.header("x-api-key");
  if (key !== undefined) return key;
  return /^apikey +(.+)$/i.exec(req.header("authorization") ?? "")?.[1];
}
