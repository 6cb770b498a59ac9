/** `POST /api/<method>`: the server API, for backends that have the key (Centrifuge, §12). */

import { type Context, Hono } from "hono";
import { basePath, routePath } from "hono/route";
import { createKeyCheck } from "../lib/auth/api_key.ts";
import { type ErrorCode, errors } from "../lib/base/errors.ts";
import {
  API_METHODS,
  type ApiAnswer,
  createServerApi,
  type ServerApiDeps,
  type TraceLines,
} from "../lib/server_api/server_api.ts";
import { readText } from "./guard/body.ts";
import { addPageHeaders } from "./guard/page_headers.ts";
import { type GuardDeps, refuseHost } from "../lib/transports/request_guard.ts";
import { STREAM_HEADERS } from "./stream_headers.ts";

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
  // No middleware, which would be two promises more for each call.
  const refuse = (c: Context): Response | Promise<Response> | undefined => {
    const stranger = refuseHost(c.req.raw, guard);
    if (stranger !== undefined) return toJson(stranger);
    const refusal = refuseCall(c);
    if (refusal !== undefined) addPageHeaders(refusal);
    return refusal;
  };
  const maxBytes = limits.maxMessageBytes * BODY_FACTOR;
  const options = { maxBytes, deadlines, log };
  const answer = (
    name: string,
    body: string | Response,
  ): Response | Promise<Response> => {
    if (body instanceof Response) return toJson(body);
    const answering = call(name, body);
    return answering instanceof Promise
      ? answering.then(toResponse)
      : toResponse(answering);
  };
  const app = new Hono();
  // One route, whose paths no other matches, and no promise that is not needed: each
  // would be a twentieth of the cost of a publication.
  app.all("/api/*", (c): Response | Promise<Response> => {
    const refusal = refuse(c);
    if (refusal !== undefined) return refusal;
    const name = methodIn(c);
    if (API_METHODS.has(name)) {
      return readText(c, options).then((body) => answer(name, body));
    }
    const methods = [...API_METHODS.keys()].join(", ");
    return failed(404, `no such method: expected ${methods}`);
  });
  return app;
}

/** Part of the path behind `/api/`, wherever the routes are mounted. */
function methodIn(c: Context): string {
  const { path } = c.req;
  const start = routePath(c).slice(0, -1);
  if (path.startsWith(start)) return path.slice(start.length);
  // Below a parameter, such as `/:tenant`.
  return path.slice(`${basePath(c)}/api/`.length);
}

function toResponse(answer: ApiAnswer): Response {
  if (answer.type === "answer") return new Response(answer.json, ANSWER);
  if (answer.type === "lines") return streamLines(answer.lines);
  return failed(400, "the body is not valid JSON");
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

/** Codes in the answers to requests that are no calls, by their status. */
const CODES: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  [401, errors.unauthorized],
  [403, errors.permissionDenied],
  [404, errors.methodNotFound],
  [413, errors.limitExceeded],
]);

/** The answer to a request that is no call: `{"error":{…}}` like that of a call that failed, with a status of its own. */
function failed(
  status: number,
  message: string,
  { code }: ErrorCode = CODES.get(status) ?? errors.badRequest,
): Response {
  const answer = Response.json({ error: { code, message } }, { status });
  answer.headers.set("Content-Type", "application/json");
  return answer;
}

/** Turns a refusal in plain text, which other routes share, into one of the server API. */
async function toJson(refusal: Response): Promise<Response> {
  const { status, headers } = refusal;
  const answer = failed(status, (await refusal.text()).trimEnd());
  for (const [name, value] of headers) {
    if (!/^content-(?:type|length)$/.test(name)) {
      answer.headers.set(name, value);
    }
  }
  addPageHeaders(answer);
  return answer;
}

/** Makes the function that answers a request without the key, or one that is no call; `undefined` to others. */
function createRefusal(
  { log, apiKey }: ApiRoutesDeps,
): (c: Context) => Response | undefined {
  const isKey = apiKey === undefined
    ? undefined
    : createKeyCheck(apiKey, "apiKey");
  return (c) => {
    if (isKey === undefined) {
      return failed(
        404,
        "the server API is off: set API_KEY, or the option apiKey",
        errors.notAvailable,
      );
    }
    if (c.req.method !== "POST") {
      const answer = failed(405, "the server API expects POST");
      answer.headers.set("Allow", "POST");
      return answer;
    }
    const offered = offeredKey(c);
    if (offered !== undefined && isKey(offered)) return undefined;
    log.info("api_key_refused", { offered: offered !== undefined });
    const answer = failed(
      401,
      offered === undefined
        ? "no key: the server API expects its API_KEY as X-API-Key, or as Authorization: apikey …"
        : "another key than the API_KEY of the server",
    );
    answer.headers.set("WWW-Authenticate", "apikey");
    return answer;
  };
}

/** Reads the key from `X-API-Key` or `Authorization`; never from the URL, which proxies write to their logs. */
function offeredKey({ req }: Context): string | undefined {
  const key = req.header("x-api-key");
  if (key !== undefined) return key;
  return /^apikey +(.+)$/i.exec(req.header("authorization") ?? "")?.[1];
}
