/** Body of a request, read up to a bound and within a time, with or without `Content-Length`. */

import type { Context } from "hono";
import { concat } from "../../lib/base/bytes.ts";
import type { Log } from "../../lib/base/log.ts";
import type { Deadlines } from "../../lib/heartbeat/deadlines.ts";

/** Milliseconds in which the whole body must arrive: a slow client occupies a slot meanwhile. */
const MAX_BODY_MS = 10_000;

const decoder = new TextDecoder();
const strictDecoder = new TextDecoder("utf-8", { fatal: true });
/** Stands for what is no UTF-8; it may also have been sent. */
const REPLACEMENT = "\ufffd";

/** Bytes of a body that is read as a whole, which takes less than a stream. If it comes too late, up to so many are still read. */
const BRIEF_BYTES = 65_536;
/** Codings that change nothing; a compressed body would be published as it is. */
const PLAIN = /^(?:\s*identity\s*)?$/i;

/** Options of {@linkcode readBytes} and {@linkcode readText}. */
export interface BodyOptions {
  /** Bytes of the longest body that is accepted. */
  readonly maxBytes: number;
  /** Ends the wait for a slow body. */
  readonly deadlines: Deadlines;
  /** Notes that a client has gone before the end of its body. */
  readonly log: Log;
}

/** Recognizes a body of bytes by its media type (RFC 9110, §8.3: in any case, with any parameters). */
export function isBinary(c: Context): boolean {
  const [type = ""] = (c.req.header("content-type") ?? "").split(";");
  return type.trim().toLowerCase() === "application/octet-stream";
}

/**
 * Reads the body as UTF-8. Answers one that is not UTF-8 with 400, one that takes
 * longer than 10 s with 408, one that is longer than `maxBytes` with 413, and one that
 * is compressed with 415 (RFC 9110, §15.5.16).
 */
export function readText(
  c: Context,
  options: BodyOptions,
): Promise<string | Response> {
  return read(
    c,
    options,
    (bytes) => decode(bytes) ?? c.text("The body is not valid UTF-8.\n", 400),
  );
}

/** Reads the body as bytes; answers as {@linkcode readText} does. */
export function readBytes(
  c: Context,
  options: BodyOptions,
): Promise<ArrayBuffer | Response> {
  return read(c, options, (bytes) => bytes);
}

/** Text of UTF-8, or `undefined`. */
function decode(bytes: ArrayBuffer): string | undefined {
  const text = decoder.decode(bytes);
  // The strict decoder takes twice the time.
  if (!text.includes(REPLACEMENT)) return text;
  try {
    return strictDecoder.decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return undefined;
  }
}

function read<Body>(
  c: Context,
  options: BodyOptions,
  toBody: (bytes: ArrayBuffer) => Body | Response,
): Promise<Body | Response> {
  const { maxBytes, log } = options;
  const { headers } = c.req.raw;
  const coding = headers.get("content-encoding");
  if (coding !== null && !PLAIN.test(coding)) {
    return Promise.resolve(compressed(c));
  }
  // Without a length it may be of any.
  const length = Number(headers.get("content-length") ?? NaN);
  if (length > maxBytes) return Promise.resolve(tooLong(c, maxBytes));
  if (length <= BRIEF_BYTES) return readWhole(c, options, toBody);
  const onRead = (bytes: ArrayBuffer | "late" | "long") => {
    if (bytes === "late") return late(c);
    return bytes === "long" ? tooLong(c, maxBytes) : toBody(bytes);
  };
  return readStream(c, options)
    .then(onRead, (error) => incomplete(c, log, error));
}

/** Reads a short body whose length is known, with few promises: they are a large part of a short request's cost. */
function readWhole<Body>(
  c: Context,
  { deadlines, log }: BodyOptions,
  toBody: (bytes: ArrayBuffer) => Body | Response,
): Promise<Body | Response> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const deadline = deadlines.after(MAX_BODY_MS, () => {
      isLate = true;
      resolve(late(c));
    });
    const onRead = (bytes: ArrayBuffer) => {
      if (isLate) return;
      deadlines.cancel(deadline);
      try {
        resolve(toBody(bytes));
      } catch (error) {
        reject(error);
      }
    };
    const onFailed = (error: unknown) => {
      if (isLate) return;
      deadlines.cancel(deadline);
      resolve(incomplete(c, log, error));
    };
    c.req.raw.arrayBuffer().then(onRead, onFailed);
  });
}

/**
 * Reads a body up to the bound. (`hono/body-limit` has no time limit, does not cancel
 * a body that is too long, and fails with 500 when the client goes.)
 */
async function readStream(
  { req: { raw: { body } } }: Context,
  { maxBytes, deadlines }: BodyOptions,
): Promise<ArrayBuffer | "late" | "long"> {
  if (body === null) return new ArrayBuffer();
  const reader = body.getReader();
  let isLate = false;
  const deadline = deadlines.after(MAX_BODY_MS, () => {
    isLate = true;
    cancel(reader);
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (isLate) return "late";
      if (done) return concat(chunks).buffer;
      size += value.byteLength;
      if (size > maxBytes) break;
      chunks.push(value);
    }
    cancel(reader);
    return "long";
  } finally {
    deadlines.cancel(deadline);
  }
}

/** Reads no more; the connection may be gone already, which is not an error here. */
function cancel(reader: ReadableStreamDefaultReader): void {
  reader.cancel().catch(() => {});
}

function compressed(c: Context): Response {
  c.header("Accept-Encoding", "identity");
  return c.text(
    "A body is not compressed: expected no Content-Encoding.\n",
    415,
  );
}

function tooLong(c: Context, maxBytes: number): Response {
  return c.text(`A body has at most ${maxBytes} bytes.\n`, 413);
}

function late(c: Context): Response {
  return c.text("The body takes too long.\n", 408);
}

/** The client has gone, or its chunks are invalid: not a failure of this server. */
function incomplete(c: Context, log: Log, error: unknown): Response {
  log.debug("body_failed", { path: c.req.path, error });
  return c.text("The body is incomplete.\n", 400);
}
