/** Clients that held more sockets than the process may open files once ended it: `Deno.serve` rejects when it cannot accept. */

import { assertEquals, assertGreater } from "@std/assert";
import { closeOf } from "../support/close_of.ts";
import { deadline } from "../support/deadline.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/free_port.ts";
import { TestServer } from "../support/server.ts";
import { TextClient } from "../support/text_client.ts";

const FEW_FILES = ["sh", "-c", 'ulimit -n 96; exec "$@"', "sh"];
/** More than 96 files hold, in each of two isolates. */
const SILENT = 160;

/** Opens sockets that send nothing, as many as the server takes. */
async function holdFiles(url: string): Promise<AsyncDisposable> {
  const { hostname, port } = new URL(url);
  const sockets = new DisposableStack();
  for (let count = 0; count < SILENT; count++) {
    try {
      sockets.use(await Deno.connect({ hostname, port: Number(port) }));
    } catch {
      // The server does not listen for a moment.
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  return { [Symbol.asyncDispose]: () => Promise.resolve(sockets.dispose()) };
}

async function isServed(url: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(500);
    const { ok, body } = await fetch(`${url}/healthz`, { signal });
    await body?.cancel();
    return ok;
  } catch {
    return false;
  }
}

for (
  const [what, options] of [
    ["deno serve", { mode: "serve" }],
    ["deno run", { mode: "run" }],
    ["deno serve --parallel", { mode: "serve", isolates: 2 }],
  ] as const
) {
  Deno.test(`Under ${what} a process without free files serves its clients, takes new ones later, and drains`, async () => {
    await using server = await TestServer.start({
      ...options,
      launcher: FEW_FILES,
      env: { INSECURE_ANONYMOUS_ALL: "true", PORT: `${freePort()}` },
    });
    await using alice = await TextClient.open(`${server.wsUrl}/ws?uid=alice`);
    for (let round = 0; round < 2; round++) {
      await using _held = await holdFiles(server.url);
      await server.waitForLog("accept_failed");
      alice.send("alice:still here");
      assertEquals(await alice.next(), "still here");
    }
    await eventually(() => isServed(server.url), { awaited: "a new client" });
    await using bob = await TextClient.open(`${server.wsUrl}/ws?uid=bob`);
    bob.send("alice:hello");
    assertEquals(await alice.next(), "hello");

    server.signal("SIGTERM");
    for (const client of [alice, bob]) {
      assertEquals((await closeOf(client)).code, 3001);
    }
    const { code, stderr } = await deadline(server.exit, {
      awaited: "the server's end",
    });
    assertEquals(code, 0, stderr);
    const failures = server.logs.filter(({ event }) =>
      event === "accept_failed"
    );
    assertGreater(failures.length, 0);
    // Once for each isolate.
    assertEquals(failures.length <= ("isolates" in options ? 2 : 1), true);
  });
}

Deno.test("A drain while no file is free ends with code 0", async () => {
  await using server = await TestServer.start({
    launcher: FEW_FILES,
    env: { INSECURE_ANONYMOUS_ALL: "true" },
  });
  await using alice = await TextClient.open(`${server.wsUrl}/ws?uid=alice`);
  await using _held = await holdFiles(server.url);
  await server.waitForLog("accept_failed");
  server.signal("SIGTERM");
  assertEquals((await closeOf(alice)).code, 3001);
  const { code } = await deadline(server.exit, { awaited: "the server's end" });
  assertEquals(code, 0);
});

Deno.test("A start with fewer files than MAX_CONNECTIONS needs is warned of, with the numbers", async () => {
  await using server = await TestServer.start({
    launcher: FEW_FILES,
    isolates: 2,
    permissions: ["--allow-all"],
    env: {
      INSECURE_ANONYMOUS_ALL: "true",
      MAX_CONNECTIONS: "50",
      PORT: `${freePort()}`,
    },
  });
  const { level, limit, needed, maxConnections, isolates } = await server
    .waitForLog("file_limit");
  assertEquals({ level, limit, needed, maxConnections, isolates }, {
    level: "warn",
    limit: 96,
    needed: 164,
    maxConnections: 50,
    isolates: 2,
  });
});

Deno.test("A start that may not read its limit says so, and goes on", async () => {
  await using server = await TestServer.start({
    env: { INSECURE_ANONYMOUS_ALL: "true", LOG_LEVEL: "debug" },
  });
  const { reason } = await server.waitForLog("file_limit_unknown");
  assertEquals(String(reason).includes("/proc/self/limits"), true);
});
