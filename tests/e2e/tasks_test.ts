/** `deno task start` and `deno task dev`, as they stand in deno.json. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { closeOf } from "../support/close_of.ts";
import { deadline } from "../support/deadline.ts";
import { freePort } from "../support/free_port.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { type ServerOptions, TestServer } from "../support/server.ts";
import { Shell } from "../support/shell.ts";
import { TextClient } from "../support/text_client.ts";
import { SECRET, signToken } from "../support/token.ts";
import { connect, textUrl } from "./text_server.ts";

for (const name of ["start", "dev"]) {
  const options: ServerOptions = { task: name, env: { TOKEN_SECRET: SECRET } };

  Deno.test(`deno task ${name} listens on HOST and PORT`, async () => {
    const hostname = "127.0.0.2";
    const port = freePort(hostname);
    await using server = await TestServer.start({
      ...options,
      env: { ...options.env, HOST: hostname, PORT: `${port}` },
    });
    assertEquals(server.url, `http://${hostname}:${port}`);
    await using client = await TextClient.open(textUrl(server), {
      headers: { authorization: `Bearer ${await signToken({ sub: "alice" })}` },
    });
    client.send("ping");
    assertEquals(await client.next(), "pong");
  });

  Deno.test(`deno task ${name} serves the page with the permissions it has`, async () => {
    await using server = await TestServer.start(options);
    for (const path of ["/", "/assets/style.css", "/assets/console.js"]) {
      const response = await fetch(server.url + path);
      assertEquals(response.status, 200, path);
      await response.body?.cancel();
    }
  });
}

Deno.test("deno task dev lets anybody in, from this machine alone", async () => {
  await using server = await TestServer.start({ task: "dev" });
  assertEquals((await server.waitForLog("listening")).hostname, "127.0.0.1");
  assertEquals((await server.waitForLog("insecure")).level, "warn");
  await using client = await connect(server);
  client.send("100:haha");
  assertEquals(await client.next(), "haha");
});

Deno.test("deno task dev on a port that is taken says so once, and goes on to watch", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await using shell = new Shell("deno task dev", {
    env: { PORT: String(listener.addr.port) },
  });
  await shell.waitFor(/Restarting on file change/, 15_000);
  const lines = shell.output.split("\n")
    .filter((line) => line.startsWith('{"level":"error"'));
  assertEquals(lines.length, 1, shell.output);
  assertStringIncludes(lines[0]!, '"event":"listen_failed"');
});

Deno.test("deno task start listens to the network, with a secret only", async () => {
  await using server = await TestServer.start({
    task: "start",
    env: { TOKEN_SECRET: SECRET },
  });
  assertEquals((await server.waitForLog("listening")).hostname, "0.0.0.0");

  await using socket = await RawSocket.connect(`${server.url}/ws?uid=alice`);
  const { status, body } = await socket.request();
  assertEquals(status, 401);
  assertStringIncludes(body, "token");
});

Deno.test("Ctrl+C on deno task start drains, although the server gets the signal twice", async () => {
  await using server = await TestServer.start({
    task: "start",
    env: { INSECURE_ANONYMOUS_ALL: "true" },
  });
  // It does not answer the close, so that the drain lasts.
  await using _stuck = await RawSocket.open(textUrl(server));
  await using client = await connect(server);
  server.signal("SIGINT");
  assertEquals(await closeOf(client), { code: 3001, reason: "shutdown" });
  await server.waitForLog("stopped");
  await deadline(server.exit, { awaited: "the server's end" });
});
