/** Check of the settings and of the files that a server with them may open. */

import {
  type Config,
  ConfigError,
  loadConfig,
  type ReadVariable,
  variableNames,
} from "../server/config.ts";
import { readFileLimit } from "../server/file_limit.ts";
import { fileRiskOf, risksOf } from "../server/risks.ts";
import type { Finding } from "./finding.ts";

/** The settings of this environment, and what was found about them. */
export interface SettingsResult {
  /** `undefined` where they are invalid, or there are none. */
  readonly config: Config | undefined;
  readonly findings: readonly Finding[];
}

/** Variables of which a server needs one. */
const ONE_OF = ["TOKEN_SECRET", "JWKS_URL", "INSECURE_ANONYMOUS_ALL"];

/** Reads and checks the settings. Without any, a server at another URL may have its own. */
export function examineSettings(
  read: ReadVariable,
  { isElsewhere }: { readonly isElsewhere: boolean },
): SettingsResult {
  if (isElsewhere && ONE_OF.every((name) => !read(name))) {
    return {
      config: undefined,
      findings: [{
        status: "skipped",
        check: "settings",
        text: "this environment has no settings of a server",
        advice: "run the doctor where the server runs to check them",
      }],
    };
  }
  try {
    const config = loadConfig(read, { names: variableNames() });
    return {
      config,
      findings: [
        ...settingsOf(config),
        filesOf(config),
      ],
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return {
      config: undefined,
      findings: error.problems.map((text) => ({
        status: "failed",
        check: "settings",
        text,
        advice:
          "a server with these settings does not start (deno task dev has some of its own); see docs/settings.md",
      })),
    };
  }
}

function settingsOf(config: Config): readonly Finding[] {
  const risks = risksOf(config).map(({ event, fields }): Finding => ({
    status: "warning",
    check: "settings",
    text: fields.problem === undefined
      ? `${fields.setting}: ${fields.meaning}`
      : String(fields.problem),
    advice: `the log of the server says ${event}`,
  }));
  if (risks.length > 0) return risks;
  return [{ status: "ok", check: "settings", text: "all are valid" }];
}

function filesOf(config: Config): Finding {
  const check = "files";
  const limit = readFileLimit();
  if (limit.type === "unknown") {
    return {
      status: "skipped",
      check,
      text: `the limit of open files is not known: ${limit.reason}`,
    };
  }
  const isolates = config.denoJobs ?? navigator.hardwareConcurrency;
  const risk = fileRiskOf(config, { limit, isolates });
  if (risk === undefined) {
    return { status: "ok", check, text: `${limit.files} may be open` };
  }
  return {
    status: "warning",
    check,
    text: `${limit.files} may be open here, and ${risk.fields.needed} are ` +
      `needed for ${config.maxConnections} connections of ${isolates} isolates`,
    advice: "raise ulimit -n, or lower MAX_CONNECTIONS",
  };
}
