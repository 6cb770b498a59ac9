/** What a request of plain HTTP wants to hear: `?channel=a&channel=b&since=<cursor>`. */

import type { Context } from "hono";
import { isName } from "../../lib/base/names.ts";
import { type Cursor, decodeCursor } from "../../lib/protocol/cursor.ts";
import type { FeedQuery } from "../../lib/transports/plain_http.ts";
import { NOWHERE } from "../../lib/base/recovery.ts";

/** Reads a request; the answer to one that wants nothing, or comes from nowhere. */
export function readFeedQuery(
  c: Context,
  maxChannels: number,
): FeedQuery | Response {
  const channels = [...new Set(c.req.queries("channel") ?? [])];
  if (!channels.every(isName)) {
    return c.text(
      "A channel has 1 to 255 bytes and no control characters.\n",
      400,
    );
  }
  if (channels.length > maxChannels) {
    return c.text(`At most ${maxChannels} channels.\n`, 400);
  }
  const lastEventId = c.req.header("last-event-id") ?? "";
  // An EventSource repeats its URL, so what it has heard since goes before.
  if (lastEventId !== "") {
    const since = decodeCursor(lastEventId, channels) ??
      nowhere(channels);
    return { channels, since };
  }
  const cursor = c.req.query("since");
  if (cursor === undefined) return { channels, since: undefined };
  const since = decodeCursor(cursor, channels);
  if (since !== undefined) return { channels, since };
  return c.text("That is no cursor; come without one, or with ours.\n", 400);
}

/** An `EventSource` would take an error for the end, so it learns that it has lost all. */
function nowhere(channels: readonly string[]): Cursor {
  return new Map(channels.map((channel) => [channel, NOWHERE]));
}
