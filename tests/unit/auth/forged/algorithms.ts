/** Unsigned tokens, and tokens with a forged algorithm. */

import { rawToken, zeros } from "../../../support/raw_token.ts";
import {
  CLAIMS,
  ec,
  ed,
  type Forgery,
  HS256,
  RS256,
  rsa,
  signByKey,
  signBySecret,
} from "./issuer.ts";

const unsigned: Forgery[] = [
  ...["none", "None", "NONE", "nOnE", ""].flatMap((alg) => [
    {
      name: `alg "${alg}" and no signature`,
      make: () => rawToken({ alg }, CLAIMS, zeros(0)),
    },
    {
      name: `alg "${alg}" and a signature`,
      make: () => signBySecret(CLAIMS, { alg }),
    },
  ]),
  ...[HS256, RS256].map((header) => ({
    name: `alg ${header.alg} and no signature`,
    make: () => rawToken(header, CLAIMS, zeros(0)),
  })),
  ...([[HS256, 32], [RS256, 256], [ec, 64], [ed, 64]] as const).map(
    ([{ alg, ...rest }, byteLength]) => ({
      name: `alg ${alg} and a signature of zeros`,
      make: () =>
        rawToken(
          { alg, kid: "kid" in rest ? rest.kid : undefined },
          CLAIMS,
          zeros(byteLength),
        ),
    }),
  ),
];

const misspelt: Forgery[] = [
  "hs256",
  "HS1",
  "HS256 ",
  "HMAC",
  "__proto__",
  "constructor",
  "dir",
  undefined,
  null,
  256,
  ["HS256"],
  { HS256: true },
].map((alg) => ({
  name: `alg ${JSON.stringify(alg)}, signed by the secret`,
  make: () => signBySecret(CLAIMS, { alg }),
}));

const confused: Forgery[] = [
  {
    name: "the secret's signature, where only public keys are trusted",
    make: () => signBySecret(CLAIMS),
    settings: ["keys"],
  },
  {
    name: "the secret's signature, and alg RS256",
    make: () => signBySecret(CLAIMS, RS256),
  },
  {
    name: "the secret's signature by SHA-256, and alg HS512",
    make: () => signBySecret(CLAIMS, { alg: "HS512" }),
  },
  {
    name: "a private key's signature, where only the secret is trusted",
    make: () => signByKey(CLAIMS),
    settings: ["secret"],
  },
  ...["HS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA", "Ed25519"]
    .map((alg) => ({
      name: `an RSA key's signature, and alg ${alg}`,
      make: () => signByKey(CLAIMS, { alg, kid: rsa.kid }),
    })),
  {
    name: "an RSA key's signature, and the kid of another type of key",
    make: () => signByKey(CLAIMS, { ...RS256, kid: ec.kid }),
  },
];

/** Tokens whose header names an algorithm that was not used or is not allowed. */
export const algorithms = [...unsigned, ...misspelt, ...confused];
