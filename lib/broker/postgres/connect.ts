/** A link to the PostgreSQL at a URL. */

import { type CreateClient, loadClient } from "./client.ts";
import { PostgresLink, type PostgresLinkOptions } from "./link.ts";
import { parsePostgresUrl } from "./url.ts";

/**
 * Makes a link to the PostgreSQL (14 or newer) at `url`; see `parsePostgresUrl`. It
 * begins to connect when its broker starts.
 *
 * @throws {TypeError} If the URL is not one of PostgreSQL.
 */
export function connectPostgres(
  url: string,
  options: Omit<PostgresLinkOptions, "load" | "connections" | "pooler">,
): PostgresLink {
  const parsed = parsePostgresUrl(url);
  const { connections, pooler } = parsed;
  let client: Promise<CreateClient> | undefined;
  return new PostgresLink({
    ...options,
    connections,
    pooler,
    load: () => client ??= loadClient(parsed),
  });
}
