/**
 * The promise about forged tokens: of hundreds of variants none is accepted, nothing is
 * fetched but the configured keys, and an end closes what the token opened within five
 * seconds. An SDK has 25 s more, in which it may send a newer token (client protocol §3).
 */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { stub } from "@std/testing/mock";
import { SignJWT } from "jose";
import { TokenError } from "../../../lib/auth/token_error.ts";
import {
  createTokenVerifier,
  type TokenVerifier,
} from "../../../lib/auth/token_verifier.ts";
import { KEYS_URL, KeyServer } from "../../support/key_server.ts";
import { Scene } from "../../support/scene.ts";
import { SdkClient } from "../../support/sdk_client.ts";
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

const FORGERIES = [...algorithms, ...keys, ...shapes, ...claims];

Deno.test("The variants are many, and each is tried on one verifier at least", () => {
  assert(FORGERIES.length >= 200, `${FORGERIES.length} variants`);
  assertEquals(
    new Set(FORGERIES.map(({ name }) => name)).size,
    FORGERIES.length,
  );
  for (const { settings = SETTINGS } of FORGERIES) assert(settings.length > 0);
});

for (
  const { name, make, settings = SETTINGS, reason = "invalid" } of FORGERIES
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

Deno.test("What a token has opened is closed within five seconds of its end", async () => {
  const scene = new Scene({
    insecureAnonymousAll: false,
    tokens: createVerifier("secret"),
  });
  const token = await signBySecret(CLAIMS);
  const { connection, transport } = scene.connect(null);
  connection.receive(`auth:${token}`);
  await connection.idle();
  const sdk = new SdkClient(scene);
  sdk.send({ id: 1, connect: { token } });
  await sdk.connection.idle();
  // A client that is alive, but for its token.
  for (let second = 1; second < 60; second++) {
    scene.clock.advance(1_000);
    connection.receive("ping");
    sdk.send({});
  }
  assertEquals([transport.closed, sdk.closed], [undefined, undefined]);
  scene.clock.advance(6_000);
  assertEquals(transport.closed?.code, 3005);
  for (let second = 0; second < 25; second++) {
    sdk.send({});
    scene.clock.advance(1_000);
  }
  assertEquals(sdk.closeCode, 3005);
});

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
