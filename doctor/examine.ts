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
import { examineStoreClock } from "./store_clock.ts";
import { tokenFor } from "./token.ts";

/** The port of a server without a setting of it. */
const DEFAULT_PORT = 8000;

/** The server, as clients reach it: by the options, or on this machine. */
function urlOf(
  { url }: DoctorOptions,
  config: Config | undefined,
  read: ReadVariable,
): URL {
  if (url !== undefined) return url;
  // One setting may be valid although others are not.
  const stated = /^\d{1,5}$/.exec(read("PORT")?.trim() ?? "")?.[0];
  const port = config?.port ?? stated ?? DEFAULT_PORT;
  return URL.parse(`http://localhost:${port}/`) ??
    new URL(`http://localhost:${DEFAULT_PORT}/`);
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
  if (config !== undefined) yield* examineStore(config, `doctor ${id}`);
  const url = urlOf(options, config, read);
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

/** Looks at the broker, and at its clock if it can be used. */
async function* examineStore(
  config: Config,
  channel: string,
): AsyncGenerator<Finding> {
  const broker = await examineBroker(config, channel);
  yield broker;
  if (broker.status !== "ok") return;
  const clock = await examineStoreClock(config);
  if (clock !== undefined) yield clock;
}
