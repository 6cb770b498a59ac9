/** Options of a program without types that no hub can work with, and risks of those that it can. */

import { type Access, isAnonymous } from "../auth/access.ts";
import { weaknessOf } from "../auth/api_key.ts";
import { type Log, LOG_LEVELS } from "../base/log.ts";
import { namesOf, requireKnown, typeName } from "../base/options.ts";
import { isRecord } from "../base/record.ts";
import { type LimitProblem, refuse } from "../limits/check_limits.ts";
import type {
  AcceptWebSocketOptions,
  HubDrainOptions,
  UpgradeOptions,
} from "./options.ts";

/** Options of the methods of an embedded hub that only it reads. */
const METHOD_OPTIONS = {
  upgrade: namesOf<UpgradeOptions>({
    protocol: true,
    allowedOrigins: true,
    address: true,
  }),
  "accept a socket": namesOf<AcceptWebSocketOptions>({
    protocol: true,
    uid: true,
    headers: true,
    address: true,
  }),
  drain: namesOf<HubDrainOptions>({ spreadMs: true, flushMs: true }),
};

/**
 * Refuses options that a method of an embedded hub does not have.
 *
 * @throws {TypeError} If there is one.
 */
export function requireFor(
  action: keyof typeof METHOD_OPTIONS,
  options: object,
): void {
  requireKnown(action, options, METHOD_OPTIONS[action]);
}

/**
 * Refuses a uid of another type, which no client could have sent.
 *
 * @throws {TypeError} If it is no string.
 */
export function requireText(uid: unknown): void {
  if (uid === undefined || typeof uid === "string") return;
  throw new TypeError(
    `Cannot accept a socket with a uid of the type ${typeof uid}: expected a string`,
  );
}

/** Refuses a value that a program without types takes for a hub. */
export function refuseHub(hub: unknown): never {
  throw new TypeError(
    `Cannot use a hub of the type ${typeName(hub)}: ` +
      "expected one that createHub of the same copy of the package has made",
  );
}

/**
 * Refuses a broker that cannot be opened. Its value is not shown, for a URL may hold a password.
 *
 * @throws {TypeError} If it has no `open`.
 */
export function requireBroker(broker: unknown): void {
  if (isRecord(broker) && typeof broker.open === "function") return;
  throw new TypeError(
    `Cannot create a hub with a broker of the type ${typeof broker}: ` +
      "expected memory(), isolates(), redis(url), postgres(url) or nats(url)",
  );
}

/**
 * Refuses a log that lacks a level: it would fail with the first event.
 *
 * @throws {TypeError} If it does.
 */
export function requireLog(log: unknown): void {
  const methods = Object(log);
  if (LOG_LEVELS.every((level) => typeof methods[level] === "function")) return;
  throw new TypeError(
    `Cannot create a hub with a log of the type ${typeName(log)}: ` +
      `expected an object with the methods ${LOG_LEVELS.join(", ")}`,
  );
}

/**
 * Refuses limits that are no numbers, or out of their ranges.
 *
 * @throws {TypeError} If the first is no number.
 * @throws {RangeError} If it is out of its range.
 */
export function requireLimits([problem]: readonly LimitProblem[]): void {
  if (problem !== undefined) refuse("create a hub", problem);
}

/** Warns of an access that lets every client in, and of a secret that can be guessed. */
export function warnOfAccess(access: Access, log: Log): void {
  if (isAnonymous(access)) {
    log.warn("insecure", {
      option: "access",
      meaning: "every client that reaches this hub may do everything: " +
        "listen on 127.0.0.1, or take { tokens } alone, or onConnect",
    });
    return;
  }
  if (typeof access === "string" || !("secret" in access.tokens)) return;
  const { secret } = access.tokens;
  const meaning = secret && weaknessOf(secret);
  if (!meaning) return;
  log.warn("weak_secret", { option: "access.tokens.secret", meaning });
}
