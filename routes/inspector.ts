/** `/inspector`: what operators see and do; every action is one of the server API, behind the admin key. */

import { type Context, Hono } from "hono";
import type { EndedSessions } from "../lib/auth/ended_sessions.ts";
import { isRecord } from "../lib/base/record.ts";
import { effectsOf } from "../lib/server_api/effects.ts";
import {
  type ApiAnswer,
  createServerApi,
  type ServerApiDeps,
} from "../lib/server_api/server_api.ts";
import type { GuardDeps } from "../lib/transports/request_guard.ts";
import { streamLines } from "./api.ts";
import { addressOf } from "./guard/address.ts";
import {
  AdminGuard,
  type OperatorAccess,
  refuseForeignPage,
} from "./guard/admin.ts";
import { readText } from "./guard/body.ts";
import { inspectorPage } from "./pages/inspector_page.ts";
import { CONTENT_POLICY } from "./pages/content_policy.ts";
import type { PageLink } from "./pages/layout.ts";

/** Longest body of an action, in longest messages of a client. */
const BODY_FACTOR = 4;
/** Longest body with a key, in bytes. */
const MAX_LOGIN_BYTES = 4_096;

/** Dependencies of the inspector. */
export interface InspectorRoutesDeps extends ServerApiDeps {
  readonly guard: GuardDeps;
  /** The key of operators; without one, the inspector is open to this machine where every client may do everything, and else off. */
  readonly adminKey?: string;
  /** Sessions of operators that were ended. */
  readonly endedSessions: EndedSessions;
  /** The navigation. */
  readonly links: readonly PageLink[];
}

/** Makes the routes of the inspector. */
export function inspectorRoutes(deps: InspectorRoutesDeps): Hono {
  const { guard, links, log } = deps;
  const { deadlines, limits } = guard.hub;
  const admin = new AdminGuard(deps);
  const call = createServerApi(deps);
  const app = new Hono();
  app.get("/inspector", async (c) => {
    const access = await admin.admit(c);
    c.header("Content-Security-Policy", CONTENT_POLICY);
    c.header("Cache-Control", "no-store");
    const refusal = access === "login" ? "" : SENTENCES[access];
    const page = inspectorPage({ links, access, refusal });
    return c.html(page, statusOf(access));
  });
  app.get("/inspector/", (c) => c.redirect("../inspector"));
  app.use("/inspector/*", async (c, next) => {
    c.header("Cache-Control", "no-store");
    if (c.req.method !== "POST") {
      c.header("Allow", "POST");
      return c.text("The inspector expects POST.\n", 405);
    }
    return refuseForeignPage(c) ?? await next();
  });
  app.post("/inspector/login", async (c) => {
    const options = { maxBytes: MAX_LOGIN_BYTES, deadlines, log };
    const body = await readText(c, options);
    if (body instanceof Response) return body;
    return await admin.login(c, keyOf(body));
  });
  app.post("/inspector/logout", (c) => admin.logout(c));
  app.post("/inspector/api/:method", async (c) => {
    const access = await admin.admit(c);
    if (access !== "open" && access !== "session") {
      return c.json(
        { error: { code: 101, message: SENTENCES[access] } },
        401,
      );
    }
    const address = addressOf(c, guard);
    const maxBytes = limits.maxMessageBytes * BODY_FACTOR;
    const body = await readText(c, { maxBytes, deadlines, log });
    if (body instanceof Response) return body;
    const name = c.req.param("method");
    for (const effect of effectsOf(name, body)) {
      log.info("admin_action", { address, ...effect });
    }
    return await answer(c, await call(name, body));
  });
  return app;
}

const SENTENCES: Readonly<Record<OperatorAccess, string>> = {
  open: "",
  session: "",
  login: "Log in first.",
  off:
    "The inspector is off; set ADMIN_KEY, or the option adminKey, to use it.",
  elsewhere:
    "Without ADMIN_KEY, or the option adminKey, the inspector is for this machine only.",
};

function statusOf(access: OperatorAccess): 200 | 403 | 404 {
  if (access === "off") return 404;
  return access === "elsewhere" ? 403 : 200;
}

/** The key in `{"key":"…"}`; empty without one. */
function keyOf(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) && typeof value.key === "string" ? value.key : "";
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return "";
  }
}

function answer(c: Context, answer: ApiAnswer): Response {
  switch (answer.type) {
    case "answer":
      return c.body(answer.json, 200, { "Content-Type": "application/json" });
    case "lines":
      return streamLines(answer.lines);
    case "malformedJson":
      return c.text("The body is not valid JSON.\n", 400);
    case "unknownMethod":
      return c.text("No such method of the server API.\n", 404);
  }
}
