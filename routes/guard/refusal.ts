/** Refusals of the hub as HTTP responses: the status of each code. */

import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { disconnects, shouldReconnect } from "../../lib/base/disconnect.ts";
import { errors } from "../../lib/base/errors.ts";
import type { Refusal } from "../../lib/transports/plain_http.ts";
import {
  type GuardDeps,
  retryAfter,
} from "../../lib/transports/request_guard.ts";

const STATUSES: ReadonlyMap<number, ContentfulStatusCode> = new Map([
  [errors.internal.code, 503],
  [errors.unauthorized.code, 401],
  [errors.unknownChannel.code, 404],
  [errors.permissionDenied.code, 403],
  [errors.limitExceeded.code, 400],
  [errors.notAvailable.code, 404],
  [errors.tokenExpired.code, 401],
  [errors.expired.code, 401],
  [errors.tooManyRequests.code, 429],
  [errors.unreachable.code, 404],
  [disconnects.messageTooBig.code, 413],
  [disconnects.expired.code, 401],
  [disconnects.tooManyRequests.code, 429],
  [disconnects.invalidToken.code, 401],
  [disconnects.permissionDenied.code, 403],
  [disconnects.forceDisconnect.code, 403],
  [disconnects.connectionLimit.code, 503],
]);

/** The least code that ends a connection; errors have lower ones. */
const FIRST_DISCONNECT = 3_000;

/** Answers a refusal in one line, with `Retry-After` where another attempt may succeed. */
export function refuse(
  c: Context,
  { hub }: Pick<GuardDeps, "hub">,
  { code, message, retryAfterMs }: Refusal,
): Response {
  const isTemporary = code >= FIRST_DISCONNECT && shouldReconnect(code);
  const status = STATUSES.get(code) ?? (isTemporary ? 503 : 400);
  if (status === 503 || status === 429) {
    c.header("Retry-After", retryAfter(hub, retryAfterMs));
  }
  return c.text(`error:${code} ${message}\n`, status);
}
