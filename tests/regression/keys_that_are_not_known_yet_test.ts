/** A token with a new key, within 30 s of the last fetch of the keys, ended its SDK for good. */

import { assert, assertEquals } from "@std/assert";
import { SignJWT } from "jose";
import type { FetchKeys } from "../../lib/auth/key_set.ts";
import { createTokenVerifier } from "../../lib/auth/token_verifier.ts";
import { FakeApp } from "../routes/fake_app.ts";
import { eventually } from "../support/eventually.ts";
import { FakeClock } from "../support/fake_clock.ts";
import {
  createSigningKey,
  KEYS_URL,
  KeyServer,
  type SigningKey,
} from "../support/key_server.ts";
import { SdkClient } from "../support/sdk_client.ts";

const old = await createSigningKey("ES256", "old");
const next = await createSigningKey("ES256", "next");

function sign({ alg, kid, privateKey }: SigningKey): Promise<string> {
  return new SignJWT({ sub: "alice" }).setProtectedHeader({ alg, kid })
    .sign(privateKey);
}

const oldToken = await sign(old);
const nextToken = await sign(next);

async function reasonOf(verified: Promise<unknown>): Promise<string> {
  return await verified.then(() => "accepted", ({ reason }) => reason);
}

Deno.test("A new key is not known for a while, which is no reason to give up", async () => {
  const server = new KeyServer([old]);
  const clock = new FakeClock();
  const tokens = createTokenVerifier({
    jwksUrl: KEYS_URL,
    fetch: server.fetch,
    clock,
  });
  await using app = new FakeApp({ insecureAnonymousAll: false, tokens });
  await tokens.connection(oldToken);
  server.keys = [old.jwk, next.jwk];
  clock.advance(29_999);

  const client = new SdkClient(app);
  client.send({ id: 1, connect: { token: nextToken } });
  await eventually(() => client.transport.sent.length > 0, { awaited: "it" });
  assertEquals(client.take(), [{
    id: 1,
    error: {
      code: 100,
      message: "the token cannot be verified now",
      temporary: true,
    },
  }]);

  const { connection, transport } = app.connect(null);
  connection.receive(`auth:${nextToken}`);
  await connection.idle();
  assertEquals(transport.closed?.code, 3004);

  const headers = { authorization: `Bearer ${nextToken}` };
  for (const path of ["/poll", "/sse"]) {
    const response = await app.fetch(path, { headers });
    await response.body?.cancel();
    assertEquals(response.status, 503, path);
    assert(Number(response.headers.get("retry-after")) >= 1, path);
  }
  assertEquals(server.requests.length, 1);

  clock.advance(1);
  assertEquals(await reasonOf(tokens.connection(nextToken)), "accepted");
  assertEquals(server.requests.length, 2);
});

Deno.test("A key that is still unknown after a look-up of its own is invalid", async () => {
  const server = new KeyServer([old]);
  const clock = new FakeClock();
  const { fetch } = server;
  const tokens = createTokenVerifier({ jwksUrl: KEYS_URL, fetch, clock });
  assertEquals(await reasonOf(tokens.connection(nextToken)), "invalid");
  clock.advance(30_000);
  assertEquals(await reasonOf(tokens.connection(nextToken)), "invalid");
  assertEquals(server.requests.length, 2);
});

Deno.test("A key that was published while the keys were being fetched is not invalid", async () => {
  const clock = new FakeClock();
  const { promise, resolve } = Promise.withResolvers<Response>();
  const tokens = createTokenVerifier({
    jwksUrl: KEYS_URL,
    fetch: () => promise,
    clock,
  });
  const first = reasonOf(tokens.connection(oldToken));
  clock.advance(100);
  const second = reasonOf(tokens.connection(nextToken));
  resolve(Response.json({ keys: [old.jwk] }));
  assertEquals([await first, await second], ["accepted", "unavailable"]);
});

const ANSWERS: Readonly<Record<string, FetchKeys>> = {
  "refuses": () => Promise.reject(new TypeError("connection refused")),
  "fails": () => Promise.resolve(new Response("", { status: 500 })),
  "redirects": () =>
    Promise.resolve(
      new Response("", { status: 302, headers: { location: KEYS_URL } }),
    ),
  "redirects to this machine": () =>
    Promise.resolve(
      new Response("", {
        status: 307,
        headers: { location: "http://169.254.169.254/" },
      }),
    ),
  "answers with a page": () => Promise.resolve(new Response("<html></html>")),
  "answers with bytes that are no text": () =>
    Promise.resolve(new Response(Uint8Array.of(0xff, 0xfe))),
  "answers with nothing": () => Promise.resolve(new Response(null)),
  "answers with null": () => Promise.resolve(new Response("null")),
  "answers without end": () =>
    Promise.resolve(
      new Response(
        new ReadableStream({
          pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
        }),
      ),
    ),
};

for (const [name, fetch] of Object.entries(ANSWERS)) {
  Deno.test(`A server of keys that ${name} makes no token invalid`, async () => {
    const urls: string[] = [];
    const clock = new FakeClock();
    const tokens = createTokenVerifier({
      jwksUrl: KEYS_URL,
      fetch: (url, init) => {
        urls.push(url);
        assertEquals(init.redirect, "manual");
        return fetch(url, init);
      },
      clock,
    });
    for (let count = 0; count < 5; count++) {
      assertEquals(await reasonOf(tokens.connection(oldToken)), "unavailable");
    }
    assertEquals(urls, [KEYS_URL]);
    assertEquals(clock.pending, 0);
  });
}

Deno.test("A server of keys that is silent is given three seconds, for its head and for its body", async () => {
  const silent: readonly ((signal: AbortSignal) => Promise<Response>)[] = [
    (signal) =>
      new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason))
      ),
    (signal) =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            start: (controller) =>
              signal.addEventListener(
                "abort",
                () => controller.error(signal.reason),
              ),
          }),
        ),
      ),
  ];
  for (const answer of silent) {
    const clock = new FakeClock();
    const tokens = createTokenVerifier({
      jwksUrl: KEYS_URL,
      fetch: (_, { signal }) => {
        assert(signal instanceof AbortSignal);
        return answer(signal);
      },
      clock,
    });
    const reason = reasonOf(tokens.connection(oldToken));
    await eventually(() => clock.pending > 0, { awaited: "the fetch" });
    clock.advance(3_000);
    assertEquals(await reason, "unavailable");
  }
});
