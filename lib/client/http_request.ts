/** Requests of a client over plain HTTP. */

import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";

/** The server, the identity that the client claims, and the sources of its requests. */
export interface HttpServer {
  /** The server's URL with the parameters of every request, such as `http://localhost:8000/?uid=alice`. */
  readonly url: URL;
  /** Makes the headers of a request. */
  readonly headers: () => Readonly<Record<string, string>>;
  /** Makes the requests. */
  readonly fetch: typeof fetch;
  /** Source of the time. */
  readonly clock: Clock;
  /** Source of the jitter. */
  readonly random: Pick<Random, "number">;
}

/** A request for what was published in some channels. */
export interface HttpRequest {
  /** Names of the channels; without one, direct messages and broadcasts alone. */
  readonly channels: readonly string[];
  /** Cursor after which to go on; `undefined` to begin now. */
  readonly since?: string;
  /** Aborts the request. */
  readonly signal: AbortSignal;
}

/** Characters that a URL may have; servers and browsers take 64 KiB. */
const MAX_URL_LENGTH = 65_000;
/** Characters reserved for the cursor that a later request will have. */
const CURSOR_LENGTH = 8_000;

/**
 * Requests `path`, which may have a query of its own. Names that are too long for
 * a URL are answered here, as a server with a limit would.
 */
export async function getFeed(
  { url, headers, fetch }: HttpServer,
  path: string,
  { channels, since, signal }: HttpRequest,
): Promise<Response> {
  const full = urlOf(url, path);
  for (const channel of channels) full.searchParams.append("channel", channel);
  if (since !== undefined) full.searchParams.set("since", since);
  const reserved = since === undefined ? CURSOR_LENGTH : 0;
  if (full.href.length + reserved > MAX_URL_LENGTH) {
    return new Response("error:106 limit exceeded", { status: 403 });
  }
  return await fetch(full, {
    headers: headers(),
    signal,
    cache: "no-store",
  });
}

/** Sends one frame. */
export function postFrame(
  { url, headers, fetch }: HttpServer,
  frame: string,
  signal: AbortSignal,
): Promise<Response> {
  return fetch(urlOf(url, "/send"), {
    method: "POST",
    body: frame,
    headers: headers(),
    signal,
  });
}

function urlOf(url: URL, path: string): URL {
  const result = new URL(`.${path}`, url);
  for (const [name, value] of url.searchParams) {
    result.searchParams.set(name, value);
  }
  return result;
}
