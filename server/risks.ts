/** Risks of the settings, which the log warns of at the start. */

import type { LogFields } from "../lib/base/log.ts";
import type { Config } from "./config.ts";
import { type FileLimit, neededFiles } from "./file_limit.ts";

/** Warning of the log. */
export interface Risk {
  readonly event: string;
  readonly fields: LogFields;
}

/** Characters of a secret that cannot be guessed. */
const STRONG_LENGTH = 32;

/** Hosts whose answers do not leave this machine. */
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Lists the risks of the settings alone. */
export function risksOf(config: Config): readonly Risk[] {
  const risks: Risk[] = config.warnings.map((problem) => ({
    event: "doubtful_setting",
    fields: { problem },
  }));
  if (config.insecureAnonymousAll) {
    risks.push({
      event: "insecure",
      fields: {
        setting: "INSECURE_ANONYMOUS_ALL",
        meaning: "every client of this server may do everything",
      },
    });
  }
  for (
    const [setting, secret] of [
      ["TOKEN_SECRET", config.tokenSecret],
      ["ADMIN_KEY", config.adminKey],
    ] as const
  ) {
    if (secret === undefined || secret.length >= STRONG_LENGTH) continue;
    risks.push({
      event: "weak_secret",
      fields: {
        setting,
        meaning:
          `a secret shorter than ${STRONG_LENGTH} characters can be guessed`,
      },
    });
  }
  const { protocol, hostname } = new URL(config.jwksUrl ?? "https://unset");
  if (protocol === "http:" && !LOOPBACK.test(hostname)) {
    risks.push({
      event: "insecure_keys",
      fields: {
        setting: "JWKS_URL",
        meaning: "keys that come without TLS can be replaced on their way",
      },
    });
  }
  return risks;
}

/** Finds out if files run out before the connections that the settings allow. */
export function fileRiskOf(
  { maxConnections }: Pick<Config, "maxConnections">,
  { limit, isolates }: {
    readonly limit: FileLimit;
    readonly isolates: number;
  },
): Risk | undefined {
  if (limit.type === "unknown") return undefined;
  const needed = neededFiles({ maxConnections, isolates });
  if (needed <= limit.files) return undefined;
  return {
    event: "file_limit",
    fields: {
      limit: limit.files,
      needed,
      maxConnections,
      isolates,
      meaning: "clients find no free file before MAX_CONNECTIONS is reached: " +
        "raise ulimit -n, or lower MAX_CONNECTIONS",
    },
  };
}
