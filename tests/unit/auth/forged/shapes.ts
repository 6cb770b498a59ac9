/** Tokens that were changed after they were signed, or are none. */

import { EncryptJWT } from "jose";
import { encodePart } from "../../../support/raw_token.ts";
import { SECRET } from "../../../support/token.ts";
import {
  CLAIMS,
  type Forgery,
  HS256,
  signByKey,
  signBySecret,
} from "./issuer.ts";

/** A signed token, whole and in parts. */
interface Parts {
  readonly token: string;
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
}

function split(token: string): Parts {
  const [header = "", payload = "", signature = ""] = token.split(".");
  return { token, header, payload, signature };
}

const CHANGES: Readonly<Record<string, (parts: Parts) => string>> = {
  "a changed payload": ({ header, signature }) => {
    const payload = encodePart({ ...CLAIMS, sub: "admin" });
    return `${header}.${payload}.${signature}`;
  },
  "a claim said twice": ({ header, signature }) => {
    const text = JSON.stringify(CLAIMS).replace("}", ',"sub":"admin"}');
    return `${header}.${encodePart(text)}.${signature}`;
  },
  "a changed header": ({ header, payload, signature }) => {
    const text = atob(header).replace("}", ',"typ":"x"}');
    return `${encodePart(text)}.${payload}.${signature}`;
  },
  "half a signature": ({ header, payload, signature }) =>
    `${header}.${payload}.${signature.slice(0, signature.length / 2)}`,
  "a signature and a half": ({ token, signature }) => `${token}${signature}`,
  "a changed signature": ({ header, payload, signature }) =>
    `${header}.${payload}.${[...signature].reverse().join("")}`,
  "no signature": ({ header, payload }) => `${header}.${payload}`,
  "an empty payload": ({ header, signature }) => `${header}..${signature}`,
  "four parts": ({ token, signature }) => `${token}.${signature}`,
  "five parts": ({ token }) => `${token}.a.b`,
  "a dot before it": ({ token }) => `.${token}`,
  "a dot behind it": ({ token }) => `${token}.`,
  "padding of its signature": ({ token, signature }) =>
    token + "=".repeat(-signature.length & 3),
  "too much padding": ({ token }) => `${token}====`,
  "padding of its payload": ({ header, payload, signature }) =>
    `${header}.${payload}==.${signature}`,
  "a space before it": ({ token }) => ` ${token}`,
  "a line break behind it": ({ token }) => `${token}\n`,
  "a line break inside its signature": ({ token }) =>
    `${token.slice(0, -4)}\n${token.slice(-4)}`,
  "a zero byte behind it": ({ token }) => `${token}\0`,
  "letters of another script": ({ token }) => token.replace("e", "\u0435"),
  "full-width dots": ({ token }) => token.replaceAll(".", "\uff0e"),
  "the word Bearer": ({ token }) => `Bearer ${token}`,
  "the form of JSON": ({ header, payload, signature }) =>
    JSON.stringify({ protected: header, payload, signature }),
};

const changed: Forgery[] = Object.entries(CHANGES).flatMap((
  [name, change],
) => [
  {
    name: `${name}, once signed by the secret`,
    make: async () => change(split(await signBySecret(CLAIMS))),
  },
  {
    name: `${name}, once signed by the private key`,
    make: async () => change(split(await signByKey(CLAIMS))),
  },
]);

const headers: Forgery[] = [
  ...[["exp"], ["x"], ["x".repeat(1_000)], [], [""], ["b64"], "b64", null].map((
    crit,
  ) => ({
    name: `a header with crit ${JSON.stringify(crit).slice(0, 40)}`,
    make: () => signBySecret(CLAIMS, { ...HS256, crit }),
  })),
  {
    name: "a payload that its header says is not encoded",
    make: () => signBySecret(CLAIMS, { ...HS256, b64: false, crit: ["b64"] }),
  },
  {
    name: "a header that says alg twice",
    make: () => signBySecret(CLAIMS, '{"alg":"HS256","alg":"none"}'),
  },
  ...["{", "null", "[]", '"HS256"'].map((header) => ({
    name: `the header ${JSON.stringify(header)}`,
    make: () => signBySecret(CLAIMS, header),
  })),
];

const noTokens: Forgery[] = [
  ...["", ".", "..", "a.b.c", "e30.e30.e30", "🦌.🦌.🦌", "\0", "\ud800", "null"]
    .map((text) => ({
      name: `nothing but ${JSON.stringify(text)}`,
      make: () => text,
    })),
  { name: "nothing but a megabyte", make: () => "x".repeat(1_000_000) },
  { name: "nothing but dots", make: () => ".".repeat(100_000) },
  {
    name: "a megabyte of claims, signed",
    make: () => signBySecret({ ...CLAIMS, info: "x".repeat(1_000_000) }),
  },
  {
    name: "encryption instead of a signature",
    make: () =>
      new EncryptJWT(CLAIMS)
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .encrypt(new TextEncoder().encode(SECRET).slice(0, 32)),
  },
];

/** Tokens in a form that RFC 7515 does not allow. */
export const shapes = [...changed, ...headers, ...noTokens];
