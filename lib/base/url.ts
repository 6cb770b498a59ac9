/** Parsing of URLs. */

/** Parses a URL; `null` if the text is not one. Node 20 does not have `URL.parse`. */
export function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
