/** Reads a request's body up to a bound and within a time, whether it says how long it is or not. */

import type { Context } from "hono";
import type { Clock } from "../../lib/base/clock.ts";
import type { Log } from "../../lib/base/log.ts";

/** A client that sends more slowly than this holds what it occupies for nothing. */
const MAX_BODY_MS = 10_000;

/** How a body is read. */
export interface BodyOptions {
  /** Bytes of the longest body that is taken. */
  readonly maxBytes: number;
  /** What the time is measured by. */
  readonly clock: Clock;
  /** Where it is noted that a client has gone in the middle. */
  readonly log: Log;
}

/** Whether the client calls its body bytes (RFC 9110, §8.3: whatever the case, whatever follows). */
export function isBinary(c: Context): boolean {
  const [type = ""] = (c.req.header("content-type") ?? "").split(";");
  return type.trim().toLowerCase() === "application/octet-stream";
}

/**
 * The body as text in UTF-8; the answer to one that is none (400), takes longer
 * than 10 s (408) or is longer than `maxBytes` (413), which is not read to its end.
 */
export async function readText(
  c: Context,
  options: BodyOptions,
): Promise<string | Response> {
  const bytes = await readBytes(c, options);
  if (bytes instanceof Response) return bytes;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return c.text("The body is no UTF-8.\n", 400);
  }
}

/** The body as bytes; else the answer, as {@linkcode readText} says. */
export async function readBytes(
  c: Context,
  { maxBytes, clock, log }: BodyOptions,
): Promise<ArrayBuffer | Response> {
  const tooLong = () => c.text(`A body has at most ${maxBytes} bytes.\n`, 413);
  if (Number(c.req.header("content-length") ?? 0) > maxBytes) return tooLong();
  const { body } = c.req.raw;
  if (body === null) return new ArrayBuffer(0);
  const reader = body.getReader();
  let isLate = false;
  const stop = clock.after(MAX_BODY_MS, () => {
    isLate = true;
    letGo(reader);
  });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (isLate) return c.text("The body takes too long.\n", 408);
      if (done) return await new Blob(chunks).arrayBuffer();
      size += value.byteLength;
      if (size > maxBytes) break;
      chunks.push(value);
    }
    letGo(reader);
    return tooLong();
  } catch (error) {
    // The client has gone, or has sent what is no HTTP: nothing of ours has failed.
    log.debug("body_failed", { path: c.req.path, error });
    return c.text("The body is broken off.\n", 400);
  } finally {
    stop();
  }
}

/** Nothing more is read; that the other side may have gone already is no news. */
function letGo(reader: ReadableStreamDefaultReader): void {
  reader.cancel().catch(() => {});
}
