/** Query parameters that a route knows: an unknown one, or a second one of a name, is a mistake of the client, which is not ignored. */

import type { Context } from "hono";
import { nearestOf } from "../../lib/base/nearest.ts";

const MAX_SHOWN = 60;

/** Parameters that may stand more than once; a polyfill adds the last id to a URL that may have one. */
const REPEATABLE = ["channel", "lastEventId", "lastEventID"];

/** Answers a request with an unknown query parameter, or with one too often (400), by its name and never by its value. */
export function refuseUnknownQuery(
  c: Context,
  known: readonly string[],
): Response | undefined {
  const names = [...new URL(c.req.url).searchParams.keys()];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return refuseRepeated(c, names);
  const nearest = nearestOf(unknown.slice(0, MAX_SHOWN), known);
  const advice = nearest === undefined
    ? `expected ${known.join(", ")}`
    : `did you mean ${nearest}?`;
  const shown = JSON.stringify(unknown.slice(0, MAX_SHOWN));
  return c.text(`Unknown query parameter ${shown}: ${advice}\n`, 400);
}

/** Of two values, a proxy or a program may mean the other one. */
function refuseRepeated(
  c: Context,
  names: readonly string[],
): Response | undefined {
  const repeated = names.find((name, at) =>
    !REPEATABLE.includes(name) && names.indexOf(name) !== at
  );
  if (repeated === undefined) return undefined;
  return c.text(`${repeated}: expected once\n`, 400);
}
