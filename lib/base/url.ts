/** Parsing of URLs. */

/** Parses a URL; `null` if the text is not one. Node 20 does not have `URL.parse`. */
export function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

const NO_QUERY: Pick<URLSearchParams, "get" | "getAll"> = new URLSearchParams();

/** Reads the query of an absolute URL. Most have none, and a URL takes long to parse. */
export function queryOf(url: string): Pick<URLSearchParams, "get" | "getAll"> {
  return url.includes("?") ? new URL(url).searchParams : NO_QUERY;
}
