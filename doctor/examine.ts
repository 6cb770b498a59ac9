/** All checks of a server, from its settings to a client that recovers. */

import { systemRandom } from "../lib/base/random.ts";
import type { Config, ReadVariable } from "../server/config.ts";
import { examineAddress } from "./address.ts";
import { examineBroker } from "./broker.ts";
import type { Finding } from "./finding.ts";
import { examineHttp, examineStream } from "./http.ts";
import type { DoctorOptions } from "./options.ts";
import { examineSettings } from "./settings.ts";
import { examineSocket } from "./socket.ts";
import { tokenFor } from "./token.ts";

/** The port of a server whose settings are not valid. */
const DEFAULT_PORT = 8000;

/** The server, as clients reach it: by the options, or on this machine. */
export function urlOf(
  { url }: DoctorOptions,
  config: Config | undefined,
): URL {
  return url ?? new URL(`http://localhost:${config?.port ?? DEFAULT_PORT}/`);
}

/** Makes one check after another, and gives each finding as soon as it is there. */
export async function* examine(
  options: DoctorOptions,
  read: ReadVariable,
): AsyncGenerator<Finding> {
  const isElsewhere = options.url !== undefined;
  const { config, findings } = examineSettings(read, { isElsewhere });
  yield* findings;
  const id = systemRandom.uuid();
  if (config !== undefined) yield await examineBroker(config, `doctor ${id}`);
  const url = urlOf(options, config);
  const http = await examineHttp(url, config);
  yield* http.findings;
  if (!http.reached) return;
  const { channel = `doctor ${id}` } = options;
  const token = await tokenFor(channel, { config, read });
  yield await examineStream(url, token);
  const visit = { url, channel, token };
  const { proxy } = http;
  const address = await examineAddress(visit, { config, proxy });
  if (address !== undefined) yield address;
  yield* examineSocket(visit);
}
