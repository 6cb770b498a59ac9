/** The server of an application's public keys, without a network, and the key pairs it publishes. */

import { exportJWK, generateKeyPair, type JWK } from "jose";

/** Where the keys are. */
export const KEYS_URL = "https://keys.example/jwks.json";

/** A private key, and the public one as the server publishes it. */
export interface SigningKey {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/** Makes a key pair for an algorithm. */
export async function createSigningKey(
  alg: string,
  kid = alg,
): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, {
    extractable: true,
  });
  const jwk = { ...await exportJWK(publicKey), kid, alg, use: "sig" };
  return { alg, kid, privateKey, jwk };
}

/** Answers as its fields say, and remembers what it was asked. */
export class KeyServer {
  /** What is published. */
  keys: readonly JWK[];
  /** What every request is answered with. */
  status = 200;
  /** The URL of every request. */
  readonly requests: string[] = [];

  constructor(keys: readonly SigningKey[]) {
    this.keys = keys.map(({ jwk }) => jwk);
  }

  /** Takes the place of `fetch`. */
  readonly fetch = (input: string | URL | Request): Promise<Response> => {
    const url = input instanceof Request ? input.url : String(input);
    this.requests.push(url);
    const { keys, status } = this;
    return Promise.resolve(Response.json({ keys }, { status }));
  };
}
