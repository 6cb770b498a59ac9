/** Query parameters that a route knows: an unknown one is a mistake of the client, which is not ignored. */

import type { Context } from "hono";
import { nearestOf } from "../../lib/base/nearest.ts";

const MAX_SHOWN = 60;

/** Answers a request with an unknown query parameter (400), by its name and never by its value. */
export function refuseUnknownQuery(
  c: Context,
  known: readonly string[],
): Response | undefined {
  const unknown = [...new URL(c.req.url).searchParams.keys()]
    .find((name) => !known.includes(name));
  if (unknown === undefined) return undefined;
  const nearest = nearestOf(unknown.slice(0, MAX_SHOWN), known);
  const advice = nearest === undefined
    ? `expected ${known.join(", ")}`
    : `did you mean ${nearest}?`;
  const shown = JSON.stringify(unknown.slice(0, MAX_SHOWN));
  return c.text(`Unknown query parameter ${shown}: ${advice}\n`, 400);
}
