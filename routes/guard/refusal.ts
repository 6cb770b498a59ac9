/** The status of a refusal: codes of the hub as HTTP has them. */

import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { disconnects, shouldReconnect } from "../../lib/base/disconnect.ts";
import { errors } from "../../lib/base/errors.ts";
import type { Refusal } from "../../lib/transports/listen.ts";
import { RETRY_AFTER_SECONDS } from "../../lib/transports/request_guard.ts";

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

/** Codes from here on end connections. */
const FIRST_DISCONNECT = 3_000;

/** The answer to a client that is refused, in one line; it says when to come again, where that may help. */
export function refuse(c: Context, { code, message }: Refusal): Response {
  const mayComeBack = code >= FIRST_DISCONNECT && shouldReconnect(code);
  const status = STATUSES.get(code) ?? (mayComeBack ? 503 : 400);
  if (status === 503 || status === 429) {
    c.header("Retry-After", RETRY_AFTER_SECONDS);
  }
  return c.text(`error:${code} ${message}\n`, status);
}
