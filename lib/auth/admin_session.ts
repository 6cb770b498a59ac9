/** Sessions of operators: signed statements of an expiry, which every node with the same key can check. */

import { fromBase64, toBase64 } from "../base/bytes.ts";
import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { createKeyCheck } from "./api_key.ts";
import type { AdminSession, EndedSessions } from "./ended_sessions.ts";

/** Time for which an operator stays logged in, in milliseconds. */
export const SESSION_MS = 8 * 3_600_000;

/** Version, expiry in milliseconds since 1970, a random part, and the signature. */
const FORM = /^1\.(\d{1,15})\.([0-9a-f-]{36})\.([\w-]{43})$/;

const encoder = new TextEncoder();

/** Source of the time and of what tells two sessions apart, and the sessions that were ended. */
export interface AdminSessionsDeps {
  readonly clock: Pick<Clock, "wallTime">;
  readonly random: Pick<Random, "uuid">;
  readonly ended: Pick<EndedSessions, "has">;
}

/** Begins and checks the sessions of those who have the key. */
export class AdminSessions {
  readonly #isKey: (offered: string) => boolean;
  readonly #key: string;
  /** Derived when it is first used. */
  #derived: Promise<CryptoKey> | undefined;
  readonly #deps: AdminSessionsDeps;

  /** @throws {TypeError} If no form and no header can carry the key. */
  constructor(key: string, deps: AdminSessionsDeps) {
    this.#isKey = createKeyCheck(key, "adminKey");
    this.#key = key;
    this.#deps = deps;
  }

  /** Begins a session; `undefined` if the key is another one. */
  async begin(offered: string): Promise<string | undefined> {
    if (!this.#isKey(offered)) return undefined;
    const { clock, random } = this.#deps;
    const expiresAt = Math.round(clock.wallTime + SESSION_MS);
    const statement = `1.${expiresAt}.${random.uuid()}`;
    const key = await this.#signingKey();
    const signature = await crypto.subtle.sign(
      "HMAC",
      key,
      encoder.encode(statement),
    );
    return `${statement}.${toBase64(new Uint8Array(signature), "base64url")}`;
  }

  /** Reads a session that was begun with this key, and has neither expired nor been ended; else `undefined`. */
  async read(session: string): Promise<AdminSession | undefined> {
    const [, expiry, id, signature = ""] = FORM.exec(session) ?? [];
    if (expiry === undefined || id === undefined) return undefined;
    // In a time that says nothing about the signature.
    const isSigned = await crypto.subtle.verify(
      "HMAC",
      await this.#signingKey(),
      fromBase64(signature, "base64url"),
      encoder.encode(`1.${expiry}.${id}`),
    );
    const expiresAt = Number(expiry);
    const { clock, ended } = this.#deps;
    const isOver = expiresAt <= clock.wallTime || ended.has(id);
    return isSigned && !isOver ? { id, expiresAt } : undefined;
  }

  #signingKey(): Promise<CryptoKey> {
    return this.#derived ??= deriveKey(this.#key);
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
