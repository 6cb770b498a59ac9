/** Risks of the settings, which the log warns of at the start. */

import { weaknessOf } from "../lib/auth/api_key.ts";
import type { LogFields } from "../lib/base/log.ts";
import type { Config } from "./config.ts";
import { type FileLimit, neededFiles } from "./file_limit.ts";

/** Warning of the log. */
export interface Risk {
  readonly event: string;
  readonly fields: LogFields;
}

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
  const secrets = {
    TOKEN_SECRET: config.tokenSecret,
    API_KEY: config.apiKey,
    ADMIN_KEY: config.adminKey,
    METRICS_KEY: config.metricsKey,
  };
  for (const [setting, secret] of Object.entries(secrets)) {
    const meaning = secret && weaknessOf(secret);
    if (!meaning) continue;
    risks.push({ event: "weak_secret", fields: { setting, meaning } });
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
