/** Codes of the hub as HTTP statuses, and the header `Retry-After`. */

import { assertEquals, assertMatch } from "@std/assert";
import { Hono } from "hono";
import { disconnects } from "../../lib/base/disconnect.ts";
import { errors } from "../../lib/base/errors.ts";
import { refuse } from "../../routes/guard/refusal.ts";
import { Scene } from "../support/scene.ts";

const { hub } = new Scene();

for (
  const [{ code }, status] of [
    [errors.internal, 503],
    [errors.unauthorized, 401],
    [errors.unknownChannel, 404],
    [errors.permissionDenied, 403],
    [errors.limitExceeded, 400],
    [errors.badRequest, 400],
    [errors.notAvailable, 404],
    [errors.tokenExpired, 401],
    [errors.expired, 401],
    [errors.tooManyRequests, 429],
    [errors.malformed, 400],
    [errors.unreachable, 404],
    [disconnects.messageTooBig, 413],
    [disconnects.shutdown, 503],
    [disconnects.internal, 503],
    [disconnects.expired, 401],
    [disconnects.slow, 503],
    [disconnects.insufficientState, 503],
    [disconnects.forceReconnect, 503],
    [disconnects.tooManyRequests, 429],
    [disconnects.invalidToken, 401],
    [disconnects.permissionDenied, 403],
    [disconnects.forceDisconnect, 403],
    [disconnects.connectionLimit, 503],
    [{ code: 4_000 }, 503],
    [{ code: 4_500 }, 400],
  ] as const
) {
  Deno.test(`${code} is answered with ${status}`, async () => {
    const app = new Hono().get(
      "/",
      (c) => refuse(c, { hub }, { code, message: "why" }),
    );
    const response = await app.request("/");
    assertEquals(response.status, status);
    assertEquals(await response.text(), `error:${code} why\n`);
    const wait = response.headers.get("retry-after");
    if (status !== 503 && status !== 429) assertEquals(wait, null);
    else assertMatch(wait ?? "", /^[1-5]$/);
  });
}
