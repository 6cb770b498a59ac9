/** Turns of requests: a few are handled in each turn of the event loop, so that sockets have their turn, too. */

import type { Clock } from "../lib/base/clock.ts";

/** Requests in a turn: with fewer, a server that has nothing else to do answers fewer in a second. */
const PER_TURN = 8;

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
  clock: Pick<Clock, "soon">,
  handle: Handler<Info>,
): Handler<Info> {
  const waiting: (() => void)[] = [];
  let count = 0;
  const endTurn = () => {
    const next = waiting.splice(0, PER_TURN);
    count = next.length;
    if (count > 0) clock.soon(endTurn);
    for (const resolve of next) resolve();
  };
  return (request, info) => {
    if (count === 0) clock.soon(endTurn);
    if (count < PER_TURN) {
      count++;
      return handle(request, info);
    }
    return new Promise<void>((resolve) => waiting.push(resolve))
      .then(() => handle(request, info));
  };
}
