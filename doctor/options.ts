/** Options of the command line. */

import { parseArgs } from "node:util";

/** Server to examine. */
export interface DoctorOptions {
  readonly help: boolean;
  /** Address of the hub for clients, with the path below which it is. @default {the port of the settings on this machine} */
  readonly url?: URL;
  /** Channel in which it publishes. @default {one of its own, without a namespace} */
  readonly channel?: string;
}

/** The text of `--help`. */
export const HELP = `Examines a server, and prints what it found.

deno task doctor [options]

  --url <url>          where clients reach the hub: https://hub.example.com/
                       (this machine, at the port of the settings)
  --channel <channel>  where to publish (a channel of its own)
  --help               this text

It reads the settings as the server does, from the environment, and makes a
token of its own from TOKEN_SECRET. Where there are only public keys, or no
settings at all, DOCTOR_TOKEN has a token for it.

The exit code is 1 if a check has failed, and 2 for a mistake in the options.
`;

/**
 * Reads the command line.
 *
 * @throws {TypeError} If an option is unknown, or is not what it should be.
 */
export function parseOptions(args: readonly string[]): DoctorOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", default: false },
      url: { type: "string" },
      channel: { type: "string" },
    },
  });
  const { help, url, channel } = values;
  return {
    help,
    ...url === undefined ? {} : { url: parseUrl(url) },
    ...channel === undefined ? {} : { channel },
  };
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(
      `--url "${text}": expected a URL such as https://hub.example.com/`,
    );
  }
  // Paths of the hub are below it.
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  url.search = "";
  url.hash = "";
  return url;
}
