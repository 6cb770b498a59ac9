import { assert, assertEquals, assertFalse, assertRejects } from "@std/assert";
import { LinkScene } from "./fake.ts";

const SCRIPT = { script: "return 1", keys: [], args: [] };
const ready = () => LinkScene.ready();

Deno.test("Commands that wait when a connection is lost reject with the reason, and say that the outcome is unknown", async () => {
  const scene = await ready();
  const { link, server } = scene;
  server.silent = true;
  const unknown = "; whether the command was carried out is unknown";
  const asked = [
    assertRejects(() => link.send(["GET", "x"]), Error, `reset${unknown}`),
    assertRejects(() => link.run(SCRIPT), Error, `reset${unknown}`),
  ];
  server.connection.fail(new Error("reset"));
  await Promise.all(asked);
  await link.close();
});

Deno.test("An error reply of Redis rejects with its own text, also when it ends the connection", async () => {
  const scene = await ready();
  const { link, server } = scene;
  server.answer = ([verb]) => {
    if (verb === "GET") throw new Error("READONLY not here");
    if (verb === "SET") throw new Error("OOM not now");
    return undefined;
  };
  await Promise.all([
    assertRejects(() => link.send(["GET", "x"]), Error, "READONLY not here"),
    assertRejects(() => link.send(["SET", "x"]), Error, "OOM not now"),
  ]);
  await link.close();
});

Deno.test("A link is not ready while Redis is a replica that takes no writes", async () => {
  const scene = await ready();
  const { link, server } = scene;
  let info = "# Replication\r\nrole:slave\r\nslave_read_only:1\r\n";
  server.answer = ([, section]) => section === "replication" ? info : undefined;
  await scene.pass(1_500);
  assertFalse(link.ready);
  await scene.pass(2_000);
  assertFalse(link.ready);
  assertEquals(scene.errors[0], ["connection", "Redis is a read-only replica"]);
  info = info.replace("only:1", "only:0");
  await scene.pass(2_000);
  assert(link.ready);
  await link.close();
});

Deno.test("A user that may not ask Redis about itself is served", async () => {
  const scene = new LinkScene();
  const { link, server } = scene;
  server.answer = (args) => {
    switch (args[0]) {
      case "INFO":
        throw new Error("NOPERM no permissions to run it");
      case "GET":
        return null;
      case "EVAL":
        return args.at(-1);
    }
    return undefined;
  };
  link.open();
  await scene.settle();
  for (let period = 0; period < 5; period++) await scene.pass(1_500);
  assert(link.ready);
  assertEquals(link.life, "0000000100004000");
  assertEquals(server.connections.length, 1);
  await link.close();
});

Deno.test("A server that was a replica between two checks has another life on the same connection, which is read at once when all keys are removed", async () => {
  const scene = new LinkScene();
  const { link, server } = scene;
  let replication = "role:master\r\nmaster_replid:aaaaaaaaaaaaaaaa\r\n";
  server.answer = ([, section]) =>
    section === "replication" ? replication : undefined;
  link.open();
  await scene.settle();
  assertEquals(link.life, "life1aaaaaaaa");
  await scene.pass(1_500);
  assertEquals(link.life, "life1aaaaaaaa");
  replication = replication.replace(/a{16}/, "bbbbbbbbbbbbbbbb");
  await scene.pass(1_500);
  assertEquals(link.life, "life1bbbbbbbb");
  replication = replication.replace(/b{16}/, "cccccccccccccccc");
  server.connection.invalidate("a key");
  await scene.settle();
  assertEquals(link.life, "life1bbbbbbbb");
  server.connection.invalidate(null);
  await scene.settle();
  assertEquals(link.life, "life1cccccccc");
  assert(link.ready);
  assertEquals(server.connections.length, 1);
  await link.close();
});

for (
  const problem of [
    "READONLY You can't write against a read only replica.",
    "ERR Error running script (call to f_1): @user_script:2: -READONLY You can't write against a read only replica.",
    "LOADING Redis is loading the dataset in memory",
    "MASTERDOWN Link with MASTER is down",
    "NOAUTH Authentication required.",
  ]
) {
  Deno.test(`A connection that answers "${problem}" is replaced`, async () => {
    const scene = await ready();
    const { link, server } = scene;
    server.answer = ([verb]) => {
      if (verb === "EVALSHA") throw new Error(problem);
      return undefined;
    };
    await assertRejects(() => link.run(SCRIPT), Error, problem);
    assertFalse(link.ready);
    await scene.pass(100);
    assert(link.ready);
    await link.close();
  });
}

Deno.test("A connection that refuses one command goes on", async () => {
  const scene = await ready();
  const { link, server } = scene;
  server.answer = ([verb]) => {
    if (verb === "EVALSHA") throw new Error("OOM command not allowed");
    return undefined;
  };
  await assertRejects(() => link.run(SCRIPT), Error, "OOM");
  assert(link.ready);
  await link.close();
});
