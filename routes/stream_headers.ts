/** The headers of a response that goes on: nothing between may keep, squeeze or hold back any of it. */

const AS_IT_COMES = {
  "Cache-Control": "no-store, no-transform",
  // Otherwise nginx and its kin collect some kilobytes first.
  "X-Accel-Buffering": "no",
};

/** The headers of each format. */
export const STREAM_HEADERS = {
  lines: { ...AS_IT_COMES, "Content-Type": "application/x-ndjson" },
  events: { ...AS_IT_COMES, "Content-Type": "text/event-stream" },
} as const;
