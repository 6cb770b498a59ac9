/** Tokens in the handshake: `Authorization: Bearer <JWT>`. */

import {
  assertEquals,
  assertFalse,
  assertGreaterOrEqual,
  assertMatch,
} from "@std/assert";
import { closeOf } from "../support/close_of.ts";
import type { RawResponse } from "../support/raw_http.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { TextClient } from "../support/text_client.ts";
import {
  inSeconds,
  SECRET,
  signToken,
  unsignedToken,
} from "../support/token.ts";
import { AppServer } from "./app_server.ts";

const SECURED = { TOKEN_SECRET: SECRET };

function openAs(app: AppServer, token: string): Promise<TextClient> {
  const headers = { authorization: `Bearer ${token}` };
  return TextClient.open(app.wsUrl, { headers });
}

async function askWith(
  app: AppServer,
  authorization: string,
): Promise<RawResponse> {
  await using socket = await RawSocket.connect(app.wsUrl);
  return await socket.request({ headers: { authorization } });
}

Deno.test("A token's subject is the uid of the connection", async () => {
  await using app = new AppServer({ env: SECURED });
  const exp = inSeconds(3600);
  await using alice = await openAs(app, await signToken({ sub: "alice", exp }));
  await using bob = await openAs(app, await signToken({ sub: "bob" }));
  bob.send("alice:hello");
  assertEquals(await alice.next(), "hello");
  bob.send("carol:hello");
  assertEquals(await bob.next(), 'error:404 no client is connected as "carol"');
});

Deno.test("The scheme's name may be written in any case", async () => {
  await using app = new AppServer({ env: SECURED });
  const token = await signToken({ sub: "alice" });
  assertEquals((await askWith(app, `bearer ${token}`)).status, 101);
  assertEquals((await askWith(app, `BEARER  ${token}`)).status, 101);
});

const REFUSED: Record<string, () => string | Promise<string>> = {
  "is no JWT": () => "opensesame",
  "is signed with another secret": () =>
    signToken({ sub: "alice" }, { secret: `${SECRET}!` }),
  "is not signed": () => unsignedToken({ sub: "alice" }),
  "has expired": () => signToken({ sub: "alice", exp: inSeconds(-60) }),
  "ends before it begins": () =>
    signToken({ sub: "alice", exp: inSeconds(50), nbf: inSeconds(60) }),
  "has no subject": () => signToken({ name: "alice" }),
  "has a reserved word as subject": () => signToken({ sub: "all" }),
  "has an empty subject": () => signToken({ sub: "" }),
  "was altered": async () => {
    const [header, , signature] = (await signToken({ sub: "alice" })).split(
      ".",
    );
    const [, claims] = unsignedToken({ sub: "bob" }).split(".");
    return [header, claims, signature].join(".");
  },
};

for (const [flaw, makeToken] of Object.entries(REFUSED)) {
  Deno.test(`A token that ${flaw} is refused, and stays out of the log`, async () => {
    await using app = new AppServer({ env: SECURED });
    const token = await makeToken();
    const { status, headers, body } = await askWith(app, `Bearer ${token}`);
    assertEquals(status, 401);
    assertEquals(
      headers.get("www-authenticate"),
      'Bearer error="invalid_token"',
    );
    assertEquals(body, "The token is not accepted.\n");
    assertEquals(app.hub.admission.count, 0);

    const { reason } = await app.log.waitFor("token_refused");
    assertMatch(String(reason), /\w/);
    for (const part of [SECRET, ...token.split(".")]) {
      // An unsigned token has an empty signature.
      if (part === "") continue;
      assertFalse(app.logText.join("\n").includes(part));
    }
  });
}

Deno.test("A token of somebody else's scheme is nobody's", async () => {
  await using app = new AppServer({ env: SECURED });
  await using client = await TextClient.open(app.wsUrl, {
    headers: { authorization: "Basic YWxpY2U6c2VjcmV0" },
  });
  client.send("alice:hello");
  assertEquals(await client.next(), 'error:101 send "auth:<token>" first');
});

Deno.test("A token in the URL is not read", async () => {
  await using app = new AppServer({ env: SECURED });
  const token = await signToken({ sub: "alice" });
  await using client = await TextClient.open(`${app.wsUrl}?token=${token}`);
  client.send("alice:hello");
  assertEquals(await client.next(), 'error:101 send "auth:<token>" first');
  assertFalse(app.logText.join("\n").includes(token));
});

Deno.test("A token counts also where anybody may do everything", async () => {
  const env = { ...SECURED, INSECURE_ANONYMOUS_ALL: "true" };
  await using app = new AppServer({ env });
  await using alice = await openAs(app, await signToken({ sub: "alice" }));
  await using bob = await TextClient.open(`${app.wsUrl}?uid=bob`);
  bob.send("alice:hello");
  assertEquals(await alice.next(), "hello");
  assertEquals((await askWith(app, "Bearer opensesame")).status, 401);
});

Deno.test("A token that nothing here can verify is refused, not ignored", async () => {
  await using app = new AppServer({ env: { INSECURE_ANONYMOUS_ALL: "true" } });
  const authorization = `Bearer ${await signToken({ sub: "alice" })}`;
  assertEquals((await askWith(app, authorization)).status, 401);
  assertEquals((await askWith(app, "Basic YTpi")).status, 101);
});

Deno.test("A connection ends with its token", async () => {
  await using app = new AppServer({ env: SECURED });
  const exp = inSeconds(0.3);
  await using client = await openAs(app, await signToken({ sub: "a", exp }));
  assertEquals(await closeOf(client), {
    code: 3005,
    reason: "connection expired",
  });
  assertEquals(app.hub.size, 0);
  assertGreaterOrEqual(Date.now() / 1000, exp);
});
