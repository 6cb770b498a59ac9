import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { exportJWK, SignJWT } from "jose";
import { TokenError } from "../../../lib/auth/token_error.ts";
import {
  createTokenVerifier,
  type TokenVerifierOptions,
} from "../../../lib/auth/token_verifier.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import {
  createSigningKey,
  KEYS_URL,
  KeyServer,
  type SigningKey,
} from "../../support/key_server.ts";
import { hmac, rawToken, rs256 } from "../../support/raw_token.ts";
import { SECRET, signToken } from "../../support/token.ts";

const CLAIMS = { sub: "alice", channel: "news" };

/** Long enough for a key of any hash. */
const LONG_SECRET = SECRET.repeat(2);

function sign(
  { alg, kid, privateKey }: SigningKey,
  claims: Record<string, unknown> = CLAIMS,
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(privateKey);
}

function verifyKeysOf(server: KeyServer, options: TokenVerifierOptions = {}) {
  const { fetch } = server;
  return createTokenVerifier({ jwksUrl: KEYS_URL, fetch, ...options });
}

async function assertRefused(
  verified: Promise<unknown>,
  reason: TokenError["reason"],
): Promise<void> {
  const error = await assertRejects(() => verified, TokenError);
  assertEquals(error.reason, reason);
}

for (const alg of ["HS256", "HS384", "HS512"]) {
  Deno.test(`A token signed by ${alg} is verified with the secret`, async () => {
    const verifier = createTokenVerifier({ secret: LONG_SECRET });
    const token = await signToken(CLAIMS, { alg, secret: LONG_SECRET });
    for (const _ of [1, 2]) {
      assertEquals((await verifier.connection(token)).uid, "alice");
      assertEquals((await verifier.subscription(token)).channel, "news");
    }
  });
}

for (
  const alg of [
    ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
    ...["ES256", "ES384", "EdDSA", "Ed25519"],
  ]
) {
  Deno.test(`A token signed by ${alg} is verified with a public key`, async () => {
    const key = await createSigningKey(alg);
    const verifier = verifyKeysOf(new KeyServer([key]));
    const token = await sign(key);
    for (const _ of [1, 2]) {
      assertEquals((await verifier.connection(token)).uid, "alice");
      assertEquals((await verifier.subscription(token)).channel, "news");
    }
  });
}

Deno.test("A secret that is published by mistake verifies nothing", async () => {
  const server = new KeyServer([]);
  const k = new TextEncoder().encode(SECRET)
    .toBase64({ alphabet: "base64url", omitPadding: true });
  server.keys = [{ kty: "oct", k, alg: "HS256", kid: "1" }];
  const header = { alg: "HS256", kid: "1" };
  const token = await rawToken(header, CLAIMS, hmac(SECRET));
  await assertRefused(verifyKeysOf(server).connection(token), "invalid");
  const both = verifyKeysOf(server, { secret: LONG_SECRET });
  await assertRefused(both.connection(token), "invalid");
  assertEquals(server.requests, []);
});

Deno.test("A key that is too weak for its algorithm verifies nothing", async () => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(
    {
      name: "RSASSA-PKCS1-v1_5",
      hash: "SHA-256",
      modulusLength: 1024,
      publicExponent: Uint8Array.of(1, 0, 1),
    },
    true,
    ["sign", "verify"],
  );
  const server = new KeyServer([]);
  server.keys = [await exportJWK(publicKey)];
  const token = await rawToken({ alg: "RS256" }, CLAIMS, rs256(privateKey));
  await assertRefused(verifyKeysOf(server).connection(token), "invalid");
});

Deno.test("Without a secret or keys no token is accepted", async () => {
  const verifier = createTokenVerifier({});
  const token = await signToken(CLAIMS);
  await assertRefused(verifier.connection(token), "invalid");
  await assertRefused(verifier.subscription(token), "invalid");
});

Deno.test("An empty secret, or a URL that cannot be fetched, is an error at once", () => {
  assertThrows(() => createTokenVerifier({ secret: "" }), TypeError);
  for (
    const jwksUrl of [
      ...["", "keys.json", "file:///keys.json", "data:,{}"],
      "https://user:password@keys.example/",
    ]
  ) {
    assertThrows(() => createTokenVerifier({ jwksUrl }), TypeError);
  }
});

Deno.test("A token ends when its claims say, by the clock of the verifier", async () => {
  const clock = new FakeClock();
  const verifier = createTokenVerifier({
    secret: SECRET,
    clock,
    clockToleranceMs: 0,
  });
  const now = clock.wallTime / 1000;
  const token = await signToken({ ...CLAIMS, exp: now + 10 });
  const lasting = await signToken({ ...CLAIMS, exp: now + 10, expire_at: 0 });
  const short = await signToken({
    ...CLAIMS,
    exp: now + 10,
    expire_at: now + 5,
  });
  const { expiresAt } = await verifier.connection(token);
  assertEquals(expiresAt, clock.wallTime + 10_000);
  clock.advance(4_999);
  await verifier.connection(short);
  clock.advance(1);
  await assertRefused(verifier.connection(short), "expired");
  await assertRefused(verifier.subscription(short), "expired");
  clock.advance(4_999);
  assertEquals((await verifier.connection(lasting)).expiresAt, Infinity);
  await verifier.connection(token);
  clock.advance(1);
  // However long the connection may last, the token has ended.
  await assertRefused(verifier.connection(lasting), "expired");
  await assertRefused(verifier.connection(token), "expired");
  await assertRefused(verifier.subscription(token), "expired");
});

Deno.test("A tolerance that is no time is an error at once", () => {
  for (const clockToleranceMs of [-1, NaN]) {
    assertThrows(
      () => createTokenVerifier({ secret: SECRET, clockToleranceMs }),
      RangeError,
    );
  }
});

Deno.test("A secret that is no text is refused by its type, and not shown", () => {
  const secrets = [new TextEncoder().encode(SECRET), [SECRET], null, 5, true];
  const types = ["object", "array", "null", "number", "boolean"];
  for (const [at, secret] of secrets.entries()) {
    assertEquals(
      assertThrows(
        () => createTokenVerifier({ secret } as never),
        TypeError,
      ).message,
      `Cannot verify tokens with this secret: expected a text, not ${
        types[at]
      }`,
    );
  }
});

Deno.test("Audience and issuer are enforced, and only if they are configured", async () => {
  const claims = { ...CLAIMS, aud: ["chat", "thrum"], iss: "app" };
  const token = await signToken(claims);
  const options = { secret: SECRET };
  for (
    const expected of [
      {},
      { audience: "thrum" },
      { issuer: "app" },
      { audience: "chat", issuer: "app" },
    ]
  ) {
    await createTokenVerifier({ ...options, ...expected }).connection(token);
  }
  for (
    const expected of [
      { audience: "game" },
      { issuer: "another" },
      { audience: "thrum", issuer: "another" },
    ]
  ) {
    const verifier = createTokenVerifier({ ...options, ...expected });
    await assertRefused(verifier.connection(token), "invalid");
    await assertRefused(verifier.subscription(token), "invalid");
  }
});

Deno.test("A connection's token is no subscription's", async () => {
  const verifier = createTokenVerifier({ secret: SECRET });
  const token = await signToken({ sub: "alice", channels: ["news"] });
  assertEquals((await verifier.connection(token)).uid, "alice");
  await assertRefused(verifier.subscription(token), "invalid");
});

Deno.test("Of a claim that is said twice the last counts", async () => {
  const verifier = createTokenVerifier({ secret: SECRET });
  const payload = '{"sub":"alice","sub":"bob"}';
  const token = await rawToken({ alg: "HS256" }, payload, hmac(SECRET));
  assertEquals((await verifier.connection(token)).uid, "bob");
});
