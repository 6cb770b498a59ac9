/** How long a frame is on the wire. */

import type { Frame } from "./types.ts";

/** Whether `frame` has more than `maxBytes` in UTF-8; counts them only where its length leaves a doubt. */
export function isLongerThan(frame: Frame, maxBytes: number): boolean {
  if (typeof frame !== "string") return frame.byteLength > maxBytes;
  if (frame.length * 3 <= maxBytes) return false;
  return frame.length > maxBytes || utf8Length(frame) > maxBytes;
}

const encoder = new TextEncoder();

function utf8Length(text: string): number {
  return encoder.encode(text).byteLength;
}
