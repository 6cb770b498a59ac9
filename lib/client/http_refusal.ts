/** Requests that were refused: what a WebSocket would have heard instead, a frame or a close. */

import { disconnects, GONE } from "../base/disconnect.ts";
import type { LinkClose } from "./reconnecting_socket.ts";

/** The answer to a request that was not granted. */
export interface HttpRefusal {
  readonly status: number;
  /** What the server had to say, in one line. */
  readonly text: string;
}

const ERROR = /^error:(\d+) (.*)$/s;
/** Codes of errors are below, codes of closes are not. */
const LEAST_CLOSE_CODE = 1_000;
/** Not allowed, stay away. */
const REFUSED = 3500;
const TOO_BIG = 413;
const UNAVAILABLE = 503;
/** A name that is none, a channel that is closed to this client, or unknown. */
const ABOUT_CHANNELS: ReadonlySet<number> = new Set([400, 403, 404]);
/** A client error as well, but one that passes. */
const LATER: ReadonlySet<number> = new Set([408, 429]);

/** Reads a refusal. */
export async function readRefusal(response: Response): Promise<HttpRefusal> {
  const { status, statusText } = response;
  const [line = ""] = (await response.text()).split(/[\r\n]/);
  return { status, text: line || statusText };
}

/** Whether it may be about one of the channels, so that the others are to be had. */
export function isAboutChannels({ status, text }: HttpRefusal): boolean {
  return ABOUT_CHANNELS.has(status) && codeOf(text) < LEAST_CLOSE_CODE;
}

/** Whether the server has certainly done nothing, and may do it later. */
export function isUndone({ status }: HttpRefusal): boolean {
  return status === UNAVAILABLE || LATER.has(status);
}

/** The frame that a WebSocket would have heard; `undefined` if it would have been closed. */
export function errorFrameOf({ text }: HttpRefusal): string | undefined {
  const isFrame = ERROR.test(text) && codeOf(text) < LEAST_CLOSE_CODE;
  return isFrame ? text : undefined;
}

/** How a WebSocket would have been closed; with 1006 where another attempt may succeed. */
export function closeOf({ status, text }: HttpRefusal): LinkClose {
  const [, , reason = text] = ERROR.exec(text) ?? [];
  return { code: closeCodeOf({ status, text }), reason, wasClean: true };
}

function closeCodeOf({ status, text }: HttpRefusal): number {
  // A server that is full or restarts says so with codes that mean something else here.
  const mayPass = status < 400 || status >= 500 || LATER.has(status);
  if (mayPass) return GONE.code;
  const code = codeOf(text);
  if (code >= LEAST_CLOSE_CODE) return code;
  return status === TOO_BIG ? disconnects.messageTooBig.code : REFUSED;
}

/** 0 where there is none. */
function codeOf(text: string): number {
  return Number(ERROR.exec(text)?.[1] ?? 0);
}
