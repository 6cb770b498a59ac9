/** Refused HTTP requests, translated to the error frame or the close that a WebSocket would have received. */

import { disconnects, GONE } from "../base/disconnect.ts";
import type { HttpServer } from "./http_request.ts";
import type { SocketClose } from "./reconnecting_socket.ts";

/** A response whose status is an error. */
export interface HttpRefusal {
  readonly status: number;
  /** First line of the body, or the status text. */
  readonly text: string;
  /** Milliseconds after which the server wants to be asked again, if it said so. */
  readonly retryAfterMs?: number;
}

const ERROR = /^error:(\d+) (.*)$/s;
/** Codes of errors are below, codes of closes are not. */
const MIN_CLOSE_CODE = 1_000;
/** Close code of a client that is refused for good. */
const REFUSED = 3500;
const UNAUTHORIZED = 401;
const TOO_BIG = 413;
const UNAVAILABLE = 503;
/** Statuses for an invalid name, a channel without permission, and an unknown one. */
const CHANNEL_STATUSES: ReadonlySet<number> = new Set([400, 403, 404]);
/** Client errors that are temporary: timeout, and too many requests. */
const TEMPORARY: ReadonlySet<number> = new Set([408, 429]);

/** Reads a refusal. */
export async function readRefusal(
  response: Response,
  server: Pick<HttpServer, "clock" | "random">,
): Promise<HttpRefusal> {
  const { status, statusText } = response;
  const retryAfterMs = retryAfterOf(response, server);
  const [line = ""] = (await response.text()).split(/[\r\n]/);
  return { status, text: line || statusText, retryAfterMs };
}

/** Reads `Retry-After` (RFC 9110 §10.2.3), and adds part of a second: whole ones would bring clients all at once. */
export function retryAfterOf(
  { headers }: Response,
  { clock, random }: Pick<HttpServer, "clock" | "random">,
): number | undefined {
  const text = headers.get("retry-after")?.trim() ?? "";
  const waitMs = /^\d+$/.test(text)
    ? Number(text) * 1_000
    // Without the zone's name, `-1` would be a date too.
    : Date.parse(/GMT$/.test(text) ? text : "") - clock.wallTime;
  if (!isFinite(waitMs)) return undefined;
  return Math.max(waitMs, 0) + Math.floor(random.number() * 1_000);
}

/** Recognizes a refusal that may concern one channel, so that the others can still be joined. */
export function isAboutChannels({ status, text }: HttpRefusal): boolean {
  return CHANNEL_STATUSES.has(status) && codeOf(text) < MIN_CLOSE_CODE;
}

/** Recognizes a refusal after which the server has certainly done nothing, and may do it later. */
export function isSafeToRetry({ status }: HttpRefusal): boolean {
  return status === UNAVAILABLE || status === UNAUTHORIZED ||
    TEMPORARY.has(status);
}

/** The error frame that a WebSocket would have received; `undefined` if it would have been closed. */
export function errorFrameOf({ text }: HttpRefusal): string | undefined {
  const isFrame = ERROR.test(text) && codeOf(text) < MIN_CLOSE_CODE;
  return isFrame ? text : undefined;
}

/** The close that a WebSocket would have received; with 1006 where another attempt may succeed. */
export function closeOf(refusal: HttpRefusal): SocketClose {
  const { text, retryAfterMs } = refusal;
  const [, , reason = text] = ERROR.exec(text) ?? [];
  const close = { code: closeCodeOf(refusal), reason, wasClean: true };
  return retryAfterMs === undefined ? close : { ...close, retryAfterMs };
}

function closeCodeOf({ status, text }: HttpRefusal): number {
  // A server that is full or restarts sends codes that mean something else here.
  const isTemporary = status < 400 || status >= 500 || TEMPORARY.has(status);
  if (isTemporary) return GONE.code;
  const code = codeOf(text);
  if (code >= MIN_CLOSE_CODE) return code;
  return status === TOO_BIG ? disconnects.messageTooBig.code : REFUSED;
}

/** The code in an error's text; 0 without one. */
function codeOf(text: string): number {
  return Number(ERROR.exec(text)?.[1] ?? 0);
}
