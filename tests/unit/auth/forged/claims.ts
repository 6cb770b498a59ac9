/** Tokens that are signed as they should be, and must not be accepted all the same. */

import {
  CLAIMS,
  type Forgery,
  inSeconds,
  ISSUER,
  signByKey,
  signBySecret,
} from "./issuer.ts";

const CHANGES: readonly Readonly<Record<string, unknown>>[] = [
  { nbf: "1" },
  { exp: String(inSeconds(60)) },
  { exp: null },
  { exp: [inSeconds(60)] },
  { iat: "yesterday" },
  { expire_at: String(inSeconds(60)) },
  { aud: "another" },
  { aud: ["another", "and one more"] },
  { aud: [] },
  { aud: [["thrum"]] },
  { aud: { thrum: true } },
  { aud: "thru" },
  { aud: null },
  { aud: undefined },
  { iss: "https://evil.example" },
  { iss: `${ISSUER}/` },
  { iss: [ISSUER] },
  { iss: null },
  { iss: undefined },
  { sub: 7 },
  { sub: null },
  { sub: ["alice"] },
  { sub: { toString: "alice" } },
  { sub: "all" },
  { sub: "a\nb" },
  { sub: "\0alice" },
  { sub: "a".repeat(256) },
  { info: 1, b64info: "not base64" },
  // Refused as invalid, for a new token would be no better.
  { exp: inSeconds(-60), aud: "another" },
  { exp: inSeconds(-60), nbf: inSeconds(60) },
  { exp: inSeconds(60), nbf: inSeconds(60) },
  { exp: inSeconds(-60), aud: "another", nbf: inSeconds(60) },
  { nbf: Infinity },
];

/** Clocks may differ by five seconds: these are beyond. */
const EARLY: readonly Readonly<Record<string, unknown>>[] = [
  { nbf: inSeconds(5.001), exp: undefined },
  { nbf: inSeconds(59), exp: inSeconds(60) },
  { nbf: inSeconds(60), exp: inSeconds(61) },
];

const EXPIRED: readonly Readonly<Record<string, unknown>>[] = [
  { exp: inSeconds(-60) },
  { exp: inSeconds(-5) },
  { exp: inSeconds(-5.001) },
  { exp: 0 },
  { exp: -1 },
  { expire_at: inSeconds(-60) },
  { expire_at: inSeconds(-5) },
];

function name(claims: Readonly<Record<string, unknown>>): string {
  return Object.entries(claims)
    .map(([name, value]) => `${name} ${JSON.stringify(value)?.slice(0, 40)}`)
    .join(" and ");
}

const changed: Forgery[] = CHANGES.map((claims) => ({
  name: `the claim ${name(claims)}`,
  make: () => signBySecret({ ...CLAIMS, ...claims }),
}));

const untimely: Forgery[] = [
  ...EXPIRED.map((claims) => ({ claims, reason: "expired" as const })),
  ...EARLY.map((claims) => ({ claims, reason: "early" as const })),
].flatMap(({ claims, reason }) => [
  {
    name: `the claim ${name(claims)}, signed by the secret`,
    make: () => signBySecret({ ...CLAIMS, ...claims }),
    settings: ["secret", "both"] as const,
    reason,
  },
  {
    name: `the claim ${name(claims)}, signed by the private key`,
    make: () => signByKey({ ...CLAIMS, ...claims }),
    settings: ["keys", "both"] as const,
    reason,
  },
  {
    name: `the claim ${name(claims)} and a wrong signature`,
    make: async () => `${await signBySecret({ ...CLAIMS, ...claims })}AAAA`,
  },
]);

const noObjects: Forgery[] = [
  "[]",
  "null",
  "7",
  '"alice"',
  "{",
  "",
  JSON.stringify([CLAIMS]),
].map((payload) => ({
  name: `the payload ${JSON.stringify(payload)}`,
  make: () => signBySecret(payload),
}));

/** Tokens with invalid claims. */
export const claims = [...changed, ...untimely, ...noObjects];
