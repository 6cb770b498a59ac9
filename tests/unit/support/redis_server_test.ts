import { assertEquals, assertRejects } from "@std/assert";
import { RedisServer } from "../../support/redis_server.ts";
import { requireTool } from "../../support/requirements.ts";

const ignore = requireTool("redis-server").missing;

Deno.test({
  name: "A Redis that is killed comes back on its port, with what was saved",
  ignore,
  async fn() {
    await using server = await RedisServer.start();
    assertEquals(server.url, `redis://127.0.0.1:${server.port}`);
    await server.command("SET", "a", "é");
    await server.save();
    await server.command("SET", "a", "x");
    await server.kill();
    await assertRejects(
      () => server.command("PING"),
      Deno.errors.ConnectionRefused,
    );
    await server.start();
    assertEquals(await server.command("GET", "a"), "$2\r\né\r\n");
    await server.kill();
    await server.forget();
    await server.start();
    assertEquals(await server.command("DBSIZE"), ":0\r\n");
  },
});

Deno.test({
  name: "A durable Redis that is killed comes back with every write",
  ignore,
  async fn() {
    await using server = await RedisServer.start({ durable: true });
    await server.command("SET", "a", "x");
    await server.kill();
    await server.start();
    assertEquals(await server.command("GET", "a"), "$1\r\nx\r\n");
  },
});

Deno.test({
  name: "A Redis that cannot start is told of",
  ignore,
  async fn() {
    const settings = ["--no-such-setting", "1"];
    await assertRejects(() => RedisServer.start({ settings }), Error);
  },
});
