/** Token with which the doctor connects. */

import { SignJWT } from "jose";
import type { Config, ReadVariable } from "../server/config.ts";

/** The token of DOCTOR_TOKEN, or one for `channel` by the secret of the settings; `undefined` without both. */
export async function tokenFor(
  channel: string,
  { config, read }: {
    readonly config: Config | undefined;
    readonly read: ReadVariable;
  },
): Promise<string | undefined> {
  const given = read("DOCTOR_TOKEN");
  if (given) return given;
  if (config?.tokenSecret === undefined) return undefined;
  const { tokenSecret, tokenAudience, tokenIssuer } = config;
  const caps = [{ channels: [channel], allow: ["sub", "pub", "hst"] }];
  const token = new SignJWT({ sub: "doctor", caps })
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime("5m");
  if (tokenAudience !== null) token.setAudience(tokenAudience);
  if (tokenIssuer !== null) token.setIssuer(tokenIssuer);
  return await token.sign(new TextEncoder().encode(tokenSecret));
}
