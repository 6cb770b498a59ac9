import { assertEquals, assertRejects } from "@std/assert";
import { generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { createTokenVerifier, TokenError } from "../../../lib/auth/jwt.ts";

const SECRET = "a secret of at least thirty-two characters";
const verify = createTokenVerifier(SECRET);

function key(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}

function sign(claims: Record<string, unknown>, secret = SECRET, alg = "HS256") {
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(key(secret));
}

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

async function assertRefused(token: string): Promise<void> {
  await assertRejects(() => verify(token), TokenError);
}

Deno.test("A token says who its client is and until when", async () => {
  const exp = inSeconds(60);
  assertEquals(await verify(await sign({ sub: "alice", exp })), {
    uid: "alice",
    expiresAt: exp * 1000,
  });
  assertEquals(await verify(await sign({ sub: "bob" })), {
    uid: "bob",
    expiresAt: Infinity,
  });
});

Deno.test("A token that has ended, or has not begun, is refused", async () => {
  await assertRefused(await sign({ sub: "alice", exp: inSeconds(-5) }));
  await assertRefused(await sign({ sub: "alice", nbf: inSeconds(60) }));
});

Deno.test("A token of another secret is refused", async () => {
  await assertRefused(await sign({ sub: "alice" }, `${SECRET}!`));
});

Deno.test("A token without a signature is refused", async () => {
  await assertRefused(new UnsecuredJWT({ sub: "alice" }).encode());
  const [header, claims] = (await sign({ sub: "alice" })).split(".");
  await assertRefused(`${header}.${claims}.`);
});

Deno.test("A token of another algorithm is refused", async () => {
  for (const alg of ["HS384", "HS512"]) {
    await assertRefused(await sign({ sub: "alice" }, SECRET.repeat(2), alg));
  }
  const { privateKey } = await generateKeyPair("ES256");
  const token = new SignJWT({ sub: "alice" })
    .setProtectedHeader({ alg: "ES256" });
  await assertRefused(await token.sign(privateKey));
});

Deno.test("A token whose claims were changed is refused", async () => {
  const [header, , signature] = (await sign({ sub: "alice" })).split(".");
  const claims = btoa('{"sub":"admin"}').replaceAll("=", "");
  await assertRefused(`${header}.${claims}.${signature}`);
});

Deno.test("A token whose subject is no uid is refused", async () => {
  await assertRefused(await sign({}));
  for (const sub of ["", "all", "a\nb", "a".repeat(256), 7, null, ["alice"]]) {
    await assertRefused(await sign({ sub }));
  }
});

Deno.test("What is no token at all is refused", async () => {
  for (const token of ["", ".", "a.b.c", "a.b", "🦌", "x".repeat(10_000)]) {
    await assertRefused(token);
  }
});
