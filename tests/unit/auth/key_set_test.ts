import { assert, assertEquals, assertRejects } from "@std/assert";
import { SignJWT } from "jose";
import type { FetchKeys } from "../../../lib/auth/key_set.ts";
import { TokenError } from "../../../lib/auth/token_error.ts";
import {
  createTokenVerifier,
  type TokenVerifier,
} from "../../../lib/auth/token_verifier.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import {
  createSigningKey,
  KEYS_URL,
  KeyServer,
  type SigningKey,
} from "../../support/key_server.ts";

const first = await createSigningKey("ES256", "first");
const second = await createSigningKey("ES256", "second");

/** A token that never ends, so that only the keys decide. */
function sign(
  { alg, privateKey }: SigningKey,
  kid: string | undefined,
): Promise<string> {
  return new SignJWT({ sub: "alice" })
    .setProtectedHeader({ alg, kid })
    .sign(privateKey);
}

const token = await sign(first, first.kid);
const nextToken = await sign(second, second.kid);
const strayToken = await sign(first, "stray");

/** A verifier of the keys of a server, and the time of both. */
class Scene {
  readonly server = new KeyServer([first]);
  readonly verifier: TokenVerifier;
  readonly #clock = new FakeClock();

  constructor(fetch: FetchKeys = this.server.fetch) {
    const clock = this.#clock;
    this.verifier = createTokenVerifier({ jwksUrl: KEYS_URL, fetch, clock });
  }

  get fetches(): number {
    return this.server.requests.length;
  }

  pass(ms: number): void {
    this.#clock.advance(ms);
  }

  async accepts(token: string): Promise<void> {
    assertEquals((await this.verifier.connection(token)).uid, "alice");
  }

  async refuses(token: string, reason: TokenError["reason"]): Promise<void> {
    const error = await assertRejects(
      () => this.verifier.connection(token),
      TokenError,
    );
    assertEquals(error.reason, reason);
  }
}

Deno.test("Keys are fetched when the first token comes, once for all that come", async () => {
  const scene = new Scene();
  assertEquals(scene.fetches, 0);
  await Promise.all(Array.from({ length: 50 }, () => scene.accepts(token)));
  for (let count = 0; count < 50; count++) await scene.accepts(token);
  assertEquals(scene.server.requests, [KEYS_URL]);
});

Deno.test("Keys are fetched again when they are ten minutes old", async () => {
  const scene = new Scene();
  await scene.accepts(token);
  scene.pass(599_999);
  await scene.accepts(token);
  assertEquals(scene.fetches, 1);
  scene.pass(1);
  await scene.accepts(token);
  assertEquals(scene.fetches, 2);
});

Deno.test("A new key is found when a token names it, and a withdrawn one is not", async () => {
  const scene = new Scene();
  await scene.accepts(token);
  scene.server.keys = [first.jwk, second.jwk];
  scene.pass(30_000);
  await scene.accepts(nextToken);
  await scene.accepts(token);
  assertEquals(scene.fetches, 2);
  scene.server.keys = [second.jwk];
  scene.pass(600_000);
  await scene.refuses(token, "invalid");
  await scene.accepts(nextToken);
  assertEquals(scene.fetches, 3);
});

Deno.test("A token that names no known key makes for one fetch in thirty seconds at most", async () => {
  const scene = new Scene();
  await scene.accepts(token);
  for (let second = 1; second < 30; second++) {
    scene.pass(1_000);
    await scene.refuses(strayToken, "unavailable");
  }
  assertEquals(scene.fetches, 1);
  scene.pass(1_000);
  for (let count = 0; count < 10; count++) {
    await scene.refuses(strayToken, "invalid");
  }
  assertEquals(scene.fetches, 2);
  await scene.accepts(token);
});

Deno.test("A token need not name its key if only one fits", async () => {
  const scene = new Scene();
  const nameless = await sign(first, undefined);
  await scene.accepts(nameless);
  scene.server.keys = [first.jwk, second.jwk];
  scene.pass(600_000);
  await scene.refuses(nameless, "invalid");
});

Deno.test("While keys cannot be had tokens are not called invalid, and the server is asked once a second", async () => {
  const scene = new Scene();
  scene.server.status = 503;
  for (let count = 0; count < 10; count++) {
    await scene.refuses(token, "unavailable");
  }
  assertEquals(scene.fetches, 1);
  scene.server.status = 200;
  scene.pass(999);
  await scene.refuses(token, "unavailable");
  assertEquals(scene.fetches, 1);
  scene.pass(1);
  await scene.accepts(token);
  assertEquals(scene.fetches, 2);
});

Deno.test("Known keys serve while a new one cannot be had", async () => {
  const scene = new Scene();
  await scene.accepts(token);
  scene.server.status = 500;
  scene.pass(30_000);
  await scene.refuses(nextToken, "unavailable");
  await scene.accepts(token);
});

for (
  const [name, body] of [
    ["no JSON", "<html></html>"],
    ["no set", "{}"],
    ["no keys", '{"keys":[null]}'],
    ["a broken key", JSON.stringify({ keys: [{ ...first.jwk, x: "!" }] })],
    [
      "a private key",
      JSON.stringify({ keys: [{ ...first.jwk, d: first.jwk.x }] }),
    ],
  ] as const
) {
  Deno.test(`A server that answers with ${name} has no keys`, async () => {
    const scene = new Scene(() => Promise.resolve(new Response(body)));
    await scene.refuses(token, "unavailable");
  });
}

Deno.test("A fetch that fails or takes too long finds no keys", async () => {
  for (
    const error of [
      new TypeError("network error"),
      new DOMException("signal timed out", "TimeoutError"),
    ]
  ) {
    let signal: AbortSignal | null | undefined;
    const scene = new Scene((_url, init) => {
      signal = init.signal;
      return Promise.reject(error);
    });
    await scene.refuses(token, "unavailable");
    assert(signal instanceof AbortSignal);
  }
});

Deno.test("Keys come over the network, but not from where a server redirects to", async () => {
  const paths: string[] = [];
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => {
      const { pathname } = new URL(request.url);
      paths.push(pathname);
      return pathname === "/keys"
        ? Response.json({ keys: [first.jwk] })
        : new Response("elsewhere", {
          status: 302,
          headers: { location: "/keys" },
        });
    },
  );
  const url = `http://127.0.0.1:${server.addr.port}`;
  const verifier = createTokenVerifier({ jwksUrl: `${url}/keys` });
  assertEquals((await verifier.connection(token)).uid, "alice");
  const redirected = createTokenVerifier({ jwksUrl: `${url}/moved` });
  const error = await assertRejects(
    () => redirected.connection(token),
    TokenError,
  );
  assertEquals(error.reason, "unavailable");
  assertEquals(paths, ["/keys", "/moved"]);
});

Deno.test("A server that is gone has no keys", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const jwksUrl = `http://127.0.0.1:${port}/keys`;
  const error = await assertRejects(
    () => createTokenVerifier({ jwksUrl }).connection(token),
    TokenError,
  );
  assertEquals(error.reason, "unavailable");
});
