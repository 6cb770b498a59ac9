import { assertEquals, assertRejects } from "@std/assert";
import { TestServer } from "../../support/server.ts";

const OPEN = { INSECURE_ANONYMOUS_ALL: "true" };

for (const mode of ["serve", "run"] as const) {
  Deno.test(`TestServer answers at its url under deno ${mode}`, async () => {
    await using server = await TestServer.start({ mode, env: OPEN });
    const response = await fetch(`${server.url}/healthz`);
    await response.body?.cancel();
    assertEquals(response.status, 200);
    assertEquals(server.logs.some(({ event }) => event === "listening"), true);
  });
}

Deno.test("TestServer rejects with stderr when the process ends before it listens", async () => {
  await assertRejects(() => TestServer.start(), Error, "TOKEN_SECRET");
});

Deno.test("TestServer passes on signals and tells how the process ended", async () => {
  await using server = await TestServer.start({ env: OPEN });
  server.signal("SIGTERM");
  await server.waitForLog("signal");
  const { code, signal } = await server.exit;
  assertEquals({ code, signal }, { code: 0, signal: null });
});

Deno.test("TestServer ends a wait for a log line that can no longer come", async () => {
  await using server = await TestServer.start({ env: OPEN });
  const line = assertRejects(
    () => server.waitForLog("never"),
    Error,
    'the log event "never": the server ended',
  );
  server.signal("SIGKILL");
  await line;
});
