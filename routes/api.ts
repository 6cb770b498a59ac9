/** `POST /api/<method>`: the server API, for backends that have the key (Centrifuge, §12). */

import { type Context, Hono } from "hono";
import { createKeyCheck } from "../lib/auth/api_key.ts";
import {
  API_METHODS,
  createServerApi,
  type ServerApiDeps,
} from "../lib/server_api/server_api.ts";
import { readText } from "./guard/body.ts";
import { describeMethod } from "./reference/openapi.ts";

/** Dependencies of the routes. */
export interface ApiRoutesDeps extends ServerApiDeps {
  /** The key; without one, the API is off. */
  readonly apiKey: string | undefined;
}

/** Length of the longest body, in longest messages of a client. */
const BODY_FACTOR = 16;

/** Makes the routes of the server API. Without a key in the settings they answer 404. */
export function apiRoutes(deps: ApiRoutesDeps): Hono {
  const { log, hub: { clock, limits }, apiKey } = deps;
  const call = createServerApi(deps);
  const isKey = apiKey === undefined ? undefined : createKeyCheck(apiKey);
  const app = new Hono();
  app.use("/api/*", async (c, next) => {
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
    if (offered !== undefined && await isKey(offered)) return await next();
    log.info("api_key_refused", { offered: offered !== undefined });
    c.header("WWW-Authenticate", "apikey");
    return c.text("The server API expects its key, such as X-API-Key.\n", 401);
  });
  const maxBytes = limits.maxMessageBytes * BODY_FACTOR;
  for (const [name, method] of API_METHODS) {
    app.post(`/api/${name}`, describeMethod(name, method), async (c) => {
      const body = await readText(c, { maxBytes, clock, log });
      if (body instanceof Response) return body;
      const answer = await call(name, body);
      if (answer.type !== "answer") {
        return c.text("The body is not valid JSON.\n", 400);
      }
      return c.body(answer.json, 200, { "Content-Type": "application/json" });
    });
  }
  app.post("/api/*", (c) => {
    const methods = [...API_METHODS.keys()].join(", ");
    return c.text(`No such method: expected ${methods}.\n`, 404);
  });
  return app;
}

/** Reads the key from `X-API-Key` or `Authorization`; never from the URL, which proxies write to their logs. */
function offeredKey({ req }: Context): string | undefined {
  const authorization = req.header("authorization") ?? "";
  const [, key] = /^apikey +(.+)$/i.exec(authorization) ?? [];
  return req.header("x-api-key") ?? key;
}
