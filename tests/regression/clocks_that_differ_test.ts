/** A token whose `nbf` was one second ahead of the server's clock ended its SDK for good. */

import { assertEquals } from "@std/assert";
import { createTokenVerifier } from "../../lib/auth/token_verifier.ts";
import { FakeApp } from "../routes/fake_app.ts";
import { eventually } from "../support/eventually.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { SdkClient } from "../support/sdk_client.ts";
import { SECRET, signToken } from "../support/token.ts";

const clock = new FakeClock();
const NOW = clock.wallTime / 1000;
const CLAIMS = { sub: "alice", channel: "$room" };

/** The outcome that a client gets at each door. */
const OUTCOMES = {
  accepted: { sdk: 0, text: undefined, http: 200 },
  temporary: { sdk: 100, text: 3004, http: 503 },
  expired: { sdk: 109, text: 3500, http: 401 },
} as const;

const CASES: readonly (readonly [
  keyof typeof OUTCOMES,
  Readonly<Record<string, number>>,
])[] = [
  ["accepted", { nbf: NOW + 1 }],
  ["accepted", { nbf: NOW + 5 }],
  ["temporary", { nbf: NOW + 5.001 }],
  ["temporary", { nbf: NOW + 60, exp: NOW + 120 }],
  ["accepted", { iat: NOW + 1 }],
  ["accepted", { iat: NOW + 3_600 }],
  ["accepted", { exp: NOW - 1 }],
  ["accepted", { exp: NOW - 4.999 }],
  ["expired", { exp: NOW - 5 }],
  ["accepted", { expire_at: NOW - 1 }],
  ["expired", { expire_at: NOW - 5 }],
  ["accepted", { nbf: NOW + 1, iat: NOW + 1, exp: NOW + 2 }],
];

function start(): FakeApp {
  return new FakeApp({
    insecureAnonymousAll: false,
    tokens: createTokenVerifier({ secret: SECRET, clock }),
  });
}

/** The code of the error that an SDK gets, or 0; `undefined` if its connection was closed. */
async function codeOf(
  client: SdkClient,
  command: Readonly<Record<string, unknown>>,
): Promise<number | undefined> {
  client.send({ id: 9, ...command });
  const { transport } = client;
  await eventually(() => transport.sent.length > 0 || !!transport.closed, {
    awaited: "a reply",
  });
  const [reply] = client.take();
  const error = reply?.error as { code: number } | undefined;
  return reply && (error?.code ?? 0);
}

for (const [outcome, times] of CASES) {
  const offsets = Object.entries(times)
    .map(([claim, time]) => `${claim} ${(time - NOW).toFixed(3)} s from now`)
    .join(", ");
  const { sdk, text, http } = OUTCOMES[outcome];
  Deno.test(`A token with ${offsets} is ${outcome} at every door`, async () => {
    await using app = start();
    const token = await signToken({ ...CLAIMS, ...times });
    const good = await signToken(CLAIMS);

    const client = new SdkClient(app);
    assertEquals(await codeOf(client, { connect: { token } }), sdk);

    const other = new SdkClient(app);
    assertEquals(await codeOf(other, { connect: { token: good } }), 0);
    const channel = "$room";
    assertEquals(await codeOf(other, { subscribe: { channel, token } }), sdk);
    if (sdk !== 0) await codeOf(other, { subscribe: { channel, token: good } });
    assertEquals(await codeOf(other, { sub_refresh: { channel, token } }), sdk);
    assertEquals(await codeOf(other, { refresh: { token } }), sdk);
    assertEquals(other.closeCode, undefined);

    const { connection, transport } = app.connect(null);
    connection.receive(`auth:${token}`);
    await connection.idle();
    assertEquals(transport.closed?.code, text);

    const headers = { authorization: `Bearer ${token}` };
    const init = { method: "POST", body: "ping", headers };
    const response = await app.fetch("/send", init);
    await response.body?.cancel();
    assertEquals(response.status, http);
    assertEquals(response.headers.has("retry-after"), http === 503);
  });
}

Deno.test("A text client that is let in already stays when its newer token is not valid yet", async () => {
  await using app = start();
  const { connection, transport } = app.connect(null);
  connection.receive(`auth:${await signToken(CLAIMS)}`);
  await connection.idle();
  const early = await signToken({ ...CLAIMS, nbf: NOW + 60 });
  for (let count = 0; count < 20; count++) {
    connection.receive(`auth:${early}`);
    await connection.idle();
  }
  assertEquals(transport.closed, undefined);
  assertEquals(
    new Set(transport.take()),
    new Set(["error:100 the token is not valid yet"]),
  );
});

Deno.test("What a token opens that comes late ends as late as the clocks may differ, and no later", async () => {
  const verifier = createTokenVerifier({ secret: SECRET, clock });
  const late = await verifier.connection(
    await signToken({ ...CLAIMS, exp: NOW - 2 }),
  );
  assertEquals(late.expiresAt, (NOW + 3) * 1000);
  const inTime = await verifier.connection(
    await signToken({ ...CLAIMS, exp: NOW + 2 }),
  );
  assertEquals(inTime.expiresAt, (NOW + 2) * 1000);
});

Deno.test("The tolerance is an option", async () => {
  for (const clockToleranceMs of [0, 1_000, 60_000]) {
    const verifier = createTokenVerifier({
      secret: SECRET,
      clock,
      clockToleranceMs,
    });
    const nbf = NOW + clockToleranceMs / 1000;
    await verifier.connection(await signToken({ ...CLAIMS, nbf }));
    const early = await signToken({ ...CLAIMS, nbf: nbf + 0.001 });
    const reason = await verifier.connection(early).catch(({ reason }) =>
      reason
    );
    assertEquals(reason, "early");
  }
});
