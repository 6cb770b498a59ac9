/** Requests of a client of plain HTTP: to whom, and as whom. */

/** The server, and who asks. */
export interface HttpParty {
  /** The server with what says who asks, such as `http://localhost:8000/?uid=alice`. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
}

/** What is asked for. */
export interface HttpQuestion {
  readonly channels: readonly string[];
  /** Where to go on; `undefined` to begin now. */
  readonly since?: string;
  readonly signal: AbortSignal;
}

/** Characters that a URL may have; servers and browsers take 64 KiB. */
const MAX_URL_LENGTH = 65_000;
/** What of that a cursor may take, for who has none yet. */
const CURSOR_LENGTH = 8_000;

/** Asks `path`, which may have a query of its own. Where the names are too long for a URL, it answers as a server with a limit does. */
export async function ask(
  { url, headers, fetch }: HttpParty,
  path: string,
  { channels, since, signal }: HttpQuestion,
): Promise<Response> {
  const full = urlOf(url, path);
  for (const channel of channels) full.searchParams.append("channel", channel);
  if (since !== undefined) full.searchParams.set("since", since);
  const room = since === undefined ? CURSOR_LENGTH : 0;
  if (full.href.length + room > MAX_URL_LENGTH) {
    return new Response("error:106 limit exceeded", { status: 403 });
  }
  return await fetch(full, { headers, signal, cache: "no-store" });
}

/** Sends one frame. */
export function postFrame(
  { url, headers, fetch }: HttpParty,
  frame: string,
  signal: AbortSignal,
): Promise<Response> {
  const method = "POST";
  return fetch(urlOf(url, "/send"), { method, body: frame, headers, signal });
}

function urlOf(url: URL, path: string): URL {
  const result = new URL(`.${path}`, url);
  for (const [name, value] of url.searchParams) {
    result.searchParams.set(name, value);
  }
  return result;
}
