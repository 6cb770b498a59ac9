/** How the outcome of a method is written. */

import { errors, ProtocolError } from "../base/errors.ts";
import { levelOfFailure } from "../base/log.ts";
import type { ServerApiDeps } from "./method.ts";

/** `{"error":{…}}` of what was thrown; the log has what is not the caller's mistake. */
export function errorOf(
  { hub, log }: ServerApiDeps,
  method: string,
  error: unknown,
): string {
  if (error instanceof ProtocolError) {
    const { code, message } = error;
    return JSON.stringify({ error: { code, message } });
  }
  log[levelOfFailure(hub.broker)]("api_failed", { method, error });
  const { code, message } = errors.internal;
  return JSON.stringify({ error: { code, message } });
}

/** `{"result":{…}}` of what `run` resolves with, or `{"error":{…}}`; never rejects. */
export async function answerOf(
  deps: ServerApiDeps,
  method: string,
  run: () => Promise<string>,
): Promise<string> {
  try {
    return `{"result":${await run()}}`;
  } catch (error) {
    return errorOf(deps, method, error);
  }
}
