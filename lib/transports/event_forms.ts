/** Events as they stand in an event stream, made once for all who hear them. */

import { decodeEvents, type HubEvent } from "../protocol/events.ts";
import { encodeCursor } from "../protocol/cursor.ts";
import { dataLines, fieldLines } from "./event_lines.ts";
import { SharedFrames } from "./shared_frames.ts";

/** One event, and its bytes without the `id` in front. */
export interface EventForm {
  readonly event: HubEvent;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A frame's events. */
export interface EventForms {
  readonly forms: readonly EventForm[];
  /** All of them with their ids, for a client that hears nothing but their one channel. */
  readonly whole: Uint8Array<ArrayBuffer> | undefined;
}

const encoder = new TextEncoder();

/** Every frame's events. */
export const eventForms: SharedFrames<EventForms> = new SharedFrames(
  (frame) => {
    const events = decodeEvents(frame);
    return {
      forms: events.map((event) => ({
        event,
        bytes: encoder.encode(linesOf(event)),
      })),
      whole: wholeOf(events),
    };
  },
);

function linesOf({ type, data }: HubEvent): string {
  switch (type) {
    case "message":
      return dataLines(data);
    case "subscribed":
    case "ready":
      // No data: a reader keeps the id, and its program hears nothing.
      return "\n";
    case "lost":
    case "unsubscribed":
    case "disconnect":
      return `${fieldLines("event", type)}${dataLines(data)}`;
    case "error":
    case "ping":
      return "";
  }
}

function wholeOf(events: readonly HubEvent[]): EventForms["whole"] {
  const channel = events[0]?.place?.channel;
  if (channel === undefined) return undefined;
  const blocks: string[] = [];
  for (const event of events) {
    const { type, place } = event;
    const isHeard = type === "message" && place?.channel === channel;
    if (!isHeard) return undefined;
    const id = encodeCursor(new Map([[channel, place]]));
    blocks.push(fieldLines("id", id) + linesOf(event));
  }
  return encoder.encode(blocks.join(""));
}
