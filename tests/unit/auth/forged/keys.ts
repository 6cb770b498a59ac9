/** Tokens signed by a key that is not the application's, or that the header brings along. */

import { exportSPKI, importJWK } from "jose";
import { createSigningKey } from "../../../support/key_server.ts";
import {
  encodePart,
  hmac,
  rawToken,
  rs256,
} from "../../../support/raw_token.ts";
import { SECRET } from "../../../support/token.ts";
import {
  CLAIMS,
  type Forgery,
  HS256,
  RS256,
  rsa,
  signByKey,
} from "./issuer.ts";

const EVIL = "https://evil.example/keys.json";

const evil = await createSigningKey("RS256", rsa.kid);

/** The application's public key as the text that everybody can fetch. */
async function readPem(): Promise<string> {
  const key = await importJWK(rsa.jwk, rsa.alg, { extractable: true });
  if (!(key instanceof CryptoKey)) throw new TypeError("not a public key");
  return await exportSPKI(key);
}

const pem = await readPem();
const modulus = rsa.jwk.n ?? "";

const guessed: Forgery[] = Object.entries({
  "the public key as PEM": pem,
  "the public key as PEM without its last line break": pem.trimEnd(),
  "the public key as DER": Uint8Array.fromBase64(
    pem.replaceAll(/-----[^-]+-----/g, ""),
  ),
  "the public key as JWK": JSON.stringify(rsa.jwk),
  "the modulus": modulus,
  "the bytes of the modulus": Uint8Array.fromBase64(modulus, {
    alphabet: "base64url",
  }),
  "the id of the key": rsa.kid,
  "another secret": `${SECRET}!`,
  "the beginning of the secret": SECRET.slice(0, -1),
  "a zero byte": "\0",
}).flatMap(([name, secret]) =>
  [HS256, { ...HS256, kid: rsa.kid }, RS256].map((header) => ({
    name: `the HMAC by ${name}, and the header ${JSON.stringify(header)}`,
    make: () => rawToken(header, CLAIMS, hmac(secret)),
  }))
);

/** Headers that would lead a trusting verifier to the forger's own key. */
const brought: Forgery[] = [
  {},
  { jku: EVIL },
  { jku: EVIL, jwk: evil.jwk },
  { jku: "file:///etc/passwd" },
  { x5u: EVIL },
  { jwk: evil.jwk },
  { x5c: [encodePart("a certificate")], x5t: encodePart("its hash") },
  { kid: EVIL },
  { kid: "../../../../dev/null" },
  { kid: "/proc/self/environ" },
  { kid: "x' UNION SELECT 'key" },
  { kid: "RS256; cat /etc/passwd" },
  { kid: "__proto__" },
  { kid: "" },
  { kid: "k".repeat(10_000) },
  { kid: null },
  { kid: 0 },
  { kid: [rsa.kid] },
].map((header) => ({
  name: `the forger's key, and ${JSON.stringify(header).slice(0, 60)}`,
  make: () => rawToken({ ...RS256, ...header }, CLAIMS, rs256(evil.privateKey)),
}));

const emptyFile: Forgery[] = ["", "../../../../dev/null", "/dev/null"].map(
  (kid) => ({
    name: `the HMAC by an empty file, and the kid "${kid}"`,
    // HMAC pads its key with zeros: this one is as good as none.
    make: () => rawToken({ ...HS256, kid }, CLAIMS, hmac("\0")),
  }),
);

const symmetric: Forgery = {
  name: "the HMAC by a secret that the header brings along",
  make: () => {
    const jwk = { kty: "oct", k: encodePart("evil"), alg: "HS256" };
    return rawToken({ ...HS256, jwk }, CLAIMS, hmac("evil"));
  },
};

const unnamed: Forgery[] = ["unknown", "", null, 0].map((kid) => ({
  name: `the right key, and the kid ${JSON.stringify(kid)}`,
  make: () => signByKey(CLAIMS, { ...RS256, kid }),
}));

/** Tokens that are signed with a wrong key. */
export const keys = [
  ...guessed,
  ...brought,
  ...emptyFile,
  symmetric,
  ...unnamed,
];
