/** Store of a hub in the NATS at a URL. */

import { connectNats } from "../broker/nats/connect.ts";
import type { NatsLinkOptions } from "../broker/nats/link.ts";
import { NatsStore } from "../broker/nats/store.ts";
import { Subjects } from "../broker/nats/subjects.ts";
import { parseNatsUrl } from "../broker/nats/url.ts";
import { PRESENCE_TTL_MS } from "../presence/types.ts";

/**
 * Checks a URL and a prefix at once, and returns the function that makes the store,
 * whose link is not open yet. The store of the prefix `a` and the URL's name `b` is that of
 * the prefix `a-b`: stores that are there have such names.
 *
 * @throws {TypeError} If the URL is not one of NATS.
 * @throws {RangeError} If the prefix has other characters than those of {@linkcode Subjects}.
 */
export function natsStoreAt(
  url: string,
  prefix: string,
): (options: Omit<NatsLinkOptions, "connect">) => NatsStore {
  const { name, ...settings } = parseNatsUrl(url);
  const subjects = new Subjects(name === "" ? prefix : `${prefix}-${name}`);
  return (options) => {
    const { clock, random } = options;
    return new NatsStore({
      link: connectNats(url, options),
      subjects,
      clock,
      random,
      leaseMs: PRESENCE_TTL_MS,
      ...settings,
    });
  };
}
