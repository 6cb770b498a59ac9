/** Sessions of operators: signed statements of an expiry, which every node with the same key can check. */

import { toBase64 } from "../base/bytes.ts";
import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { createKeyCheck } from "./api_key.ts";

/** Time for which an operator stays logged in, in milliseconds. */
export const SESSION_MS = 8 * 3_600_000;

/** Version, expiry in milliseconds since 1970, a random part, and the signature. */
const FORM = /^1\.(\d{1,15})\.([0-9a-f-]{36})\.([\w-]{43})$/;

const encoder = new TextEncoder();

/** Source of the time and of what tells two sessions apart. */
export interface AdminSessionsDeps {
  readonly clock: Pick<Clock, "wallTime">;
  readonly random: Pick<Random, "uuid">;
}

/** Begins and checks the sessions of those who have the key. */
export class AdminSessions {
  readonly #isKey: (offered: string) => boolean;
  readonly #signingKey: Promise<CryptoKey>;
  readonly #deps: AdminSessionsDeps;

  /** @throws {TypeError} If no form and no header can carry the key. */
  constructor(key: string, deps: AdminSessionsDeps) {
    this.#isKey = createKeyCheck(key);
    this.#signingKey = deriveKey(key);
    this.#deps = deps;
  }

  /** Begins a session; `undefined` if the key is another one. */
  async begin(offered: string): Promise<string | undefined> {
    if (!this.#isKey(offered)) return undefined;
    const { clock, random } = this.#deps;
    const expiresAt = Math.round(clock.wallTime + SESSION_MS);
    const statement = `1.${expiresAt}.${random.uuid()}`;
    const key = await this.#signingKey;
    const signature = await crypto.subtle.sign(
      "HMAC",
      key,
      encoder.encode(statement),
    );
    return `${statement}.${toBase64Url(new Uint8Array(signature))}`;
  }

  /** Checks a session: it was begun with this key, and has not expired. */
  async isValid(session: string): Promise<boolean> {
    const [, expiresAt, id, signature = ""] = FORM.exec(session) ?? [];
    if (expiresAt === undefined) return false;
    // In a time that says nothing about the signature.
    const isSigned = await crypto.subtle.verify(
      "HMAC",
      await this.#signingKey,
      fromBase64Url(signature),
      encoder.encode(`1.${expiresAt}.${id}`),
    );
    return isSigned && Number(expiresAt) > this.#deps.clock.wallTime;
  }
}

/** Key of the signatures; the key that it comes from cannot be found from it. */
async function deriveKey(key: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey(
    "raw",
    encoder.encode(key),
    "HKDF",
    false,
    ["deriveKey"],
  );
  return await crypto.subtle.deriveKey(
    {
      name: "HKDF",
      hash: "SHA-256",
      salt: encoder.encode("thrum"),
      info: encoder.encode("sessions of operators"),
    },
    material,
    { name: "HMAC", hash: "SHA-256", length: 256 },
    false,
    ["sign", "verify"],
  );
}

function toBase64Url(bytes: Uint8Array<ArrayBuffer>): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_")
    .replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}
