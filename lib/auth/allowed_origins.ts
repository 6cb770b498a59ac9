/** Origins that a program or an operator names: exact ones, those below a domain, or any. */

import { requireTexts } from "../base/options.ts";
import { parseUrl } from "../base/url.ts";

/** Rule of {@linkcode AllowedOrigins}, for error messages. */
export const ORIGIN_RULE =
  "origins as browsers send them, such as https://app.example, " +
  "https://*.app.example, capacitor://localhost, null or *, without a path";

/** The leftmost label of a host, as any. */
const ANY_LABEL = "*.";
/** A name in its place, to check the rest by. */
const SOME_LABEL = "any.";
const WEB_SCHEME = /^https?:$/;
/** Origins of apps and extensions: `capacitor://localhost`, `chrome-extension://<id>`, `file://`. */
const APP_ORIGIN = /^([a-z][a-z0-9+.-]*):\/\/([A-Za-z0-9._-]+(?::\d{1,5})?)?$/;
/** Schemes whose pages have another origin, or none. */
const NO_PAGES = new Set([
  "ws",
  "wss",
  "ftp",
  "data",
  "blob",
  "about",
  "javascript",
]);

/** Origins of pages, checked when it is made. */
export class AllowedOrigins {
  /** True if pages of every origin may connect. */
  readonly any: boolean;
  readonly #exact: ReadonlySet<string>;
  /** Scheme and the rest of the host after the first label, of each wildcard. */
  readonly #wildcards: readonly (readonly [scheme: string, rest: string])[];

  /**
   * Takes origins such as `https://app.example`; in `https://*.app.example` the star
   * is exactly one label, `*` alone is any origin.
   *
   * @throws {TypeError} If they are no list, or no page can have one of them.
   */
  constructor(origins: readonly string[]) {
    requireTexts("use allowedOrigins", origins, ORIGIN_RULE);
    for (const origin of origins) {
      if (!canMatch(origin)) {
        throw new TypeError(
          `Cannot allow the origin "${origin}": expected ${ORIGIN_RULE}`,
        );
      }
    }
    this.any = origins.includes("*");
    this.#exact = new Set(origins.filter((origin) => !origin.includes("*")));
    this.#wildcards = origins
      .filter((origin) => origin.includes(ANY_LABEL))
      .map((origin) => {
        const [scheme = "", rest = ""] = origin.split(ANY_LABEL);
        return [scheme, rest] as const;
      });
  }

  /** Checks whether an origin is named; `*` names none. */
  names(origin: string): boolean {
    return this.#exact.has(origin) ||
      this.#wildcards.some(([scheme, rest]) =>
        origin.startsWith(scheme) &&
        restOf(origin.slice(scheme.length)) === rest
      );
  }

  /** Checks whether a page at this host name, at any port, may have a named origin. */
  namesHost(hostname: string): boolean {
    const isSame = (host: string) => host.replace(/:\d+$/, "") === hostname;
    const rest = restOf(hostname);
    return [...this.#exact].some((origin) => {
      const [scheme = "", host = ""] = origin.split("://");
      return WEB_SCHEME.test(`${scheme}:`) && isSame(host);
    }) || this.#wildcards.some(([, each]) =>
      rest !== undefined && each.replace(/:\d+$/, "") === rest
    );
  }
}

/**
 * The origins of an option; `undefined` if it is left out.
 *
 * @throws {TypeError} As {@linkcode AllowedOrigins} does.
 */
export function allowedOriginsOf(
  origins: readonly string[] | undefined,
): AllowedOrigins | undefined {
  return origins === undefined ? undefined : new AllowedOrigins(origins);
}

/** The host after its first label; `undefined` where it has no such label. */
function restOf(host: string): string | undefined {
  return /^[a-z0-9_-]+\.(.+)$/.exec(host)?.[1];
}

/** Checks whether a browser may send this origin, or one that this pattern matches. */
export function canMatch(origin: string): boolean {
  if (origin === "*" || origin === "null") return true;
  const example = origin.replace(`://${ANY_LABEL}`, `://${SOME_LABEL}`);
  if (example.includes("*")) return false;
  const url = parseUrl(example);
  if (url === null) return false;
  if (!WEB_SCHEME.test(url.protocol)) {
    const [, scheme = "", host] = APP_ORIGIN.exec(origin) ?? [];
    return scheme !== "" && !NO_PAGES.has(scheme) &&
      (host !== undefined || scheme === "file");
  }
  // Written as a browser writes it: no path, no user, no default port, ASCII in lower case.
  if (url.origin !== example) return false;
  return example === origin || isBelowDomain(url.hostname);
}

/** A star in place of a whole domain, as in `https://*.com`, is any site. */
function isBelowDomain(hostname: string): boolean {
  const rest = hostname.slice(SOME_LABEL.length);
  return rest.includes(".") || rest === "localhost";
}
