/** Guard of the inspector: operators with a session, or anybody on this machine where every client may do everything. */

import type { Context } from "hono";
import { AdminSessions, SESSION_MS } from "../../lib/auth/admin_session.ts";
import type { EndedSessions } from "../../lib/auth/ended_sessions.ts";
import { isOriginAllowed } from "../../lib/auth/origin.ts";
import { logFailure } from "../../lib/base/log.ts";
import { endSession } from "../../lib/node_calls/end_session.ts";
import type { GuardDeps } from "../../lib/transports/request_guard.ts";
import { addressOf } from "./address.ts";
import { LoginAttempts } from "./login_attempts.ts";
import { isFromThisMachine } from "./loopback.ts";

/** Cookie of the session. It has no path: a browser sends it to the inspector alone, under whatever prefix that is. */
const COOKIE = "thrum_admin";
const SECONDS_OF_FULL_BURST = 10;

/** Right of a request to the inspector. `off`: there is no key. `elsewhere`: without one it is open to this machine alone. */
export type OperatorAccess = "open" | "session" | "login" | "off" | "elsewhere";

/** Dependencies of the guard. */
export interface AdminGuardDeps {
  readonly guard: GuardDeps;
  /** The key; without one there are no sessions. */
  readonly adminKey?: string;
  /** Sessions that were ended. */
  readonly endedSessions: EndedSessions;
}

/** Admits operators. */
export class AdminGuard {
  readonly #deps: GuardDeps;
  readonly #ended: EndedSessions;
  readonly #sessions: AdminSessions | undefined;
  readonly #attempts: LoginAttempts;

  /** @throws {TypeError} If no form can carry the key. */
  constructor({ guard, adminKey, endedSessions: ended }: AdminGuardDeps) {
    const { clock, random } = guard.hub;
    this.#deps = guard;
    this.#ended = ended;
    this.#sessions = adminKey === undefined
      ? undefined
      : new AdminSessions(adminKey, { clock, random, ended });
    this.#attempts = new LoginAttempts(guard.hub.clock.now);
  }

  /** Decides about a request. */
  async admit(c: Context): Promise<OperatorAccess> {
    if (this.#sessions === undefined) {
      if (!this.#deps.insecure) return "off";
      return isFromThisMachine(c) ? "open" : "elsewhere";
    }
    for (const session of sessionsOf(c)) {
      if (await this.#sessions.read(session)) return "session";
    }
    return "login";
  }

  /** Answers a key that was offered: with a session, 401, or 429; with 404 where no key opens anything. */
  async login(c: Context, key: string): Promise<Response> {
    const { hub, log } = this.#deps;
    if (this.#sessions === undefined) {
      return c.json({ error: "There is no login without ADMIN_KEY." }, 404);
    }
    const address = addressOf(c, this.#deps);
    if (!this.#attempts.take(hub.clock.now, address)) {
      log.warn("admin_login_refused", { address, reason: "too many attempts" });
      c.header("Retry-After", String(SECONDS_OF_FULL_BURST));
      return c.json({ error: "Too many attempts: wait ten seconds." }, 429);
    }
    const session = await this.#sessions.begin(key);
    if (session === undefined) {
      log.warn("admin_login_refused", { address, reason: "another key" });
      return c.json({ error: "This is not the key." }, 401);
    }
    log.info("admin_login", { address });
    setCookie(c, session, SESSION_MS / 1_000);
    return c.body(null, 204);
  }

  /** Ends the session on all nodes, and takes it away from the browser. */
  async logout(c: Context): Promise<Response> {
    const { hub, log } = this.#deps;
    for (const text of sessionsOf(c)) {
      const session = await this.#sessions?.read(text);
      if (session === undefined) continue;
      // On this node although the broker may be away.
      this.#ended.add(session);
      log.info("admin_logout", { address: addressOf(c, this.#deps) });
      try {
        await endSession(hub, session);
      } catch (error) {
        logFailure({ log, broker: hub.broker }, "admin_logout_failed", {
          error,
        });
      }
    }
    setCookie(c, "", 0);
    return c.body(null, 204);
  }
}

/**
 * Answers with 403 a request that has an effect and does not come from the inspector's
 * own page: a browser says so by `Sec-Fetch-Site`, or else by the origin. A form of
 * another site cannot send JSON, and its browser sends no session.
 */
export function refuseForeignPage(c: Context): Response | undefined {
  const { req } = c;
  const site = req.header("sec-fetch-site");
  const origin = req.header("origin") ?? null;
  const isOwn = site === undefined
    ? origin !== null && isOriginAllowed(origin, req.header("host") ?? null, {
      allowed: undefined,
      allowLoopback: false,
    })
    : site === "same-origin";
  const [type = ""] = (req.header("content-type") ?? "").split(";");
  if (isOwn && type.trim().toLowerCase() === "application/json") {
    return undefined;
  }
  return c.json({ error: "The inspector takes JSON of its own page." }, 403);
}

function sessionsOf({ req }: Context): readonly string[] {
  // A cookie of the same name from another path may come first.
  return (req.header("cookie") ?? "").split(";").flatMap((pair) => {
    const [name = "", value = ""] = pair.trim().split("=");
    return name === COOKIE ? [value] : [];
  }).slice(0, 4);
}

function setCookie(c: Context, value: string, maxAge: number): void {
  // Behind a proxy that ends TLS, the page knows that it came over HTTPS.
  const origin = c.req.header("origin") ?? "";
  const isSecure = origin.startsWith("https:") ||
    c.req.url.startsWith("https:");
  c.header(
    "Set-Cookie",
    [
      `${COOKIE}=${value}`,
      `Max-Age=${maxAge}`,
      "HttpOnly",
      "SameSite=Strict",
      ...isSecure ? ["Secure"] : [],
    ].join("; "),
  );
}
