import { assert, assertEquals, assertRejects } from "@std/assert";
import { stub } from "@std/testing/mock";
import { SignJWT } from "jose";
import { TokenError } from "../../../lib/auth/token_error.ts";
import {
  createTokenVerifier,
  type TokenVerifier,
} from "../../../lib/auth/token_verifier.ts";
import { KEYS_URL, KeyServer } from "../../support/key_server.ts";
import { SECRET } from "../../support/token.ts";
import { algorithms } from "./forged/algorithms.ts";
import { claims } from "./forged/claims.ts";
import {
  AUDIENCE,
  CLAIMS,
  clock,
  ec,
  ed,
  ISSUER,
  rsa,
  type Setting,
  signBySecret,
} from "./forged/issuer.ts";
import { keys } from "./forged/keys.ts";
import { shapes } from "./forged/shapes.ts";

const SETTINGS: readonly Setting[] = ["secret", "keys", "both"];

/** Verifies with the global `fetch`, so that a fetch from anywhere is seen. */
function createVerifier(setting: Setting): TokenVerifier {
  return createTokenVerifier({
    secret: setting === "keys" ? undefined : SECRET,
    jwksUrl: setting === "secret" ? undefined : KEYS_URL,
    audience: AUDIENCE,
    issuer: ISSUER,
    clock,
  });
}

/** Runs with a network in which only the application's keys can be had; returns what was asked for. */
async function withNetwork(run: () => Promise<void>): Promise<string[]> {
  const server = new KeyServer([rsa, ec, ed]);
  using _fetch = stub(globalThis, "fetch", server.fetch);
  await run();
  return server.requests;
}

for (
  const { name, make, settings = SETTINGS, reason = "invalid" } of [
    ...algorithms,
    ...keys,
    ...shapes,
    ...claims,
  ]
) {
  Deno.test(`A token is refused with ${name}`, async () => {
    const token = await make();
    for (const setting of settings) {
      const requests = await withNetwork(async () => {
        const verifier = createVerifier(setting);
        for (const door of ["connection", "subscription"] as const) {
          const error = await assertRejects(
            () => verifier[door](token),
            TokenError,
          );
          assertEquals(error.reason, reason);
          assert(error.message.length <= 200);
        }
      });
      const mostRequests = setting === "secret" ? 0 : 1;
      assert(requests.length <= mostRequests, requests.join());
      assert(requests.every((url) => url === KEYS_URL), requests.join());
    }
  });
}

Deno.test("What the forgeries are made from is accepted", async () => {
  const bySecret = await signBySecret(CLAIMS);
  const byKeys = await Promise.all(
    [rsa, ec, ed].map(({ alg, kid, privateKey }) =>
      new SignJWT(CLAIMS).setProtectedHeader({ alg, kid }).sign(privateKey)
    ),
  );
  const accepted = {
    secret: [bySecret],
    keys: byKeys,
    both: [bySecret, ...byKeys],
  };
  await withNetwork(async () => {
    for (const setting of SETTINGS) {
      const verifier = createVerifier(setting);
      for (const token of accepted[setting]) {
        assertEquals((await verifier.connection(token)).uid, "alice");
        assertEquals((await verifier.subscription(token)).channel, "news");
      }
    }
  });
});
