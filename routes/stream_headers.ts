/** Headers of a response that goes on: no proxy may keep, compress or hold back any of it. */

const AS_IT_COMES = {
  "Cache-Control": "no-store, no-transform",
  // Otherwise nginx and other proxies collect some kilobytes first.
  "X-Accel-Buffering": "no",
};

/** Headers of each format. */
export const STREAM_HEADERS = {
  lines: { ...AS_IT_COMES, "Content-Type": "application/x-ndjson" },
  messages: { ...AS_IT_COMES, "Content-Type": "application/octet-stream" },
  events: { ...AS_IT_COMES, "Content-Type": "text/event-stream" },
} as const;
