/** A link to the PostgreSQL at a URL. */

import { type CreateClient, loadClient } from "./client.ts";
import { PostgresLink, type PostgresLinkOptions } from "./link.ts";
import { parsePostgresUrl } from "./url.ts";

/** Options of a link to the PostgreSQL at a URL. */
export interface ConnectOptions
  extends Omit<PostgresLinkOptions, "load" | "connections" | "pooler"> {
  /**
   * Schema of the tables and functions.
   * @default {"thrum"}
   */
  readonly schema?: string;
}

/** Longest names of PostgreSQL, of the characters that need no quotation marks. */
const SCHEMA = /^[a-z_][a-z0-9_]{0,62}$/;

/**
 * Makes a link to the PostgreSQL (14 or newer) at `url`; see `parsePostgresUrl`. It
 * begins to connect when its broker starts.
 *
 * @throws {TypeError} If the URL is not one of PostgreSQL.
 * @throws {RangeError} If the schema is not a name of small letters, digits and _.
 */
export function connectPostgres(
  url: string,
  { schema = "thrum", ...options }: ConnectOptions,
): PostgresLink {
  if (!SCHEMA.test(schema)) {
    throw new RangeError(
      `Cannot use the schema "${schema}": expected small letters, digits and _`,
    );
  }
  const parsed = parsePostgresUrl(url);
  const { connections, pooler } = parsed;
  let client: Promise<CreateClient> | undefined;
  return new PostgresLink({
    ...options,
    connections,
    pooler,
    load: () => client ??= loadClient(parsed, schema),
  });
}
