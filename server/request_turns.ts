/** Turns of requests: a few are handled in each turn of the event loop, so that sockets have their turn, too. */

import type { Clock } from "../lib/base/clock.ts";
import { Turns } from "../lib/hub/turns.ts";

/** Requests in a turn. They take as long as the 64 messages of one client; with fewer, a server that has nothing else to do answers fewer in a second. */
const PER_TURN = 16;

/** Function that answers requests. */
export type Handler<Info> = (
  request: Request,
  info: Info,
) => Response | Promise<Response>;

/**
 * Makes requests take turns, in their order. The platform hands over the next request
 * of a client as soon as one is answered: a client that sends very many would be
 * answered, and no other, for tens of milliseconds.
 */
export function inTurns<Info>(
  clock: Pick<Clock, "now" | "soon">,
  handle: Handler<Info>,
): Handler<Info> {
  const turns = new Turns(clock, PER_TURN);
  return (request, info) => {
    const wait = turns.admit();
    if (wait === undefined) return handle(request, info);
    return wait.then(() => handle(request, info));
  };
}
