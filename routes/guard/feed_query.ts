/** Query of a feed over plain HTTP: `?channel=a&channel=b&since=<cursor>`. */

import type { Context } from "hono";
import { isName, NAME_RULE } from "../../lib/base/names.ts";
import { type Cursor, decodeCursor } from "../../lib/protocol/cursor.ts";
import type { FeedQuery } from "../../lib/transports/plain_http.ts";
import { NOWHERE } from "../../lib/base/recovery.ts";

/** Parameters in which polyfills of `EventSource` send the last id. */
export const LAST_EVENT_ID = ["lastEventId", "lastEventID"] as const;
/** Parameters of every feed. */
export const FEED_PARAMETERS = ["channel", "since", "uid"] as const;

/** Reads the query of a request; returns the answer to an invalid one. */
export function readFeedQuery(
  c: Context,
  maxChannels: number,
): FeedQuery | Response {
  const channels = [...new Set(c.req.queries("channel") ?? [])];
  if (!channels.every(isName)) {
    return c.text(
      `channel: expected ${NAME_RULE}\n`,
      400,
    );
  }
  if (channels.length > maxChannels) {
    return c.text(
      `channel: expected at most ${maxChannels}, but got ${channels.length}\n`,
      400,
    );
  }
  const lastEventId = lastEventIdOf(c);
  // An EventSource repeats its URL, so that what it has got since takes precedence.
  if (lastEventId !== "") {
    const since = decodeCursor(lastEventId, channels) ??
      nowhere(channels);
    return { channels, since };
  }
  const cursor = c.req.query("since");
  if (cursor === undefined) return { channels, since: undefined };
  const since = decodeCursor(cursor, channels);
  if (since !== undefined) return { channels, since };
  return c.text("since: expected the cursor of an earlier answer\n", 400);
}

/** The last id of an `EventSource`, from its header, or from the query where a polyfill cannot set the header. */
function lastEventIdOf(c: Context): string {
  const ids = LAST_EVENT_ID.map((name) => c.req.queries(name)?.at(-1));
  return [c.req.header("last-event-id"), ...ids].find(Boolean) ?? "";
}

/** Cursor of an `EventSource` that has lost all: an error would end it for good. */
function nowhere(channels: readonly string[]): Cursor {
  return new Map(channels.map((channel) => [channel, NOWHERE]));
}
