/** How it is seen that what the documentation says of several nodes is so. */

import { assert, assertEquals } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/free_port.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { RedisClusterServers } from "../support/redis_cluster_servers.ts";
import { RedisServer } from "../support/redis_server.ts";
import { TestServer } from "../support/server.ts";
import { Shell } from "../support/shell.ts";
import { TextClient } from "../support/text_client.ts";

async function isReady(url: string): Promise<boolean> {
  try {
    const { ok, body } = await fetch(`${url}/readyz`);
    await body?.cancel();
    return ok;
  } catch (error) {
    // Nobody listens yet.
    if (!(error instanceof TypeError)) throw error;
    return false;
  }
}

/** The command starts a node that is ready once it has its Redis; several hosts are a cluster. */
export async function assertSharesRedis(text: string): Promise<void> {
  const isCluster = /BROKER_URL=redis:\/\/[^ /]+,/.test(text);
  await using redis = await (isCluster ? RedisClusterServers : RedisServer)
    .start();
  await assertStarts(text, redis.url);
}

/** The command starts a node that is ready once it has its PostgreSQL. */
export async function assertSharesPostgres(text: string): Promise<void> {
  await using postgres = await PostgresServer.start();
  await assertStarts(text, postgres.url);
}

/** The command starts a node on its port with its broker, which are here others. */
async function assertStarts(text: string, brokerUrl: string): Promise<void> {
  const port = freePort();
  const command = text.replace(/PORT=\d+/, `PORT=${port}`)
    .replace(/BROKER_URL=\S+/, `BROKER_URL=${brokerUrl}`);
  assert(command.includes(String(port)) && command.includes(brokerUrl));
  await using shell = new Shell(command);
  await eventually(() => isReady(`http://localhost:${port}`), {
    awaited: () => `the node to be ready: ${shell.output}`,
    timeoutMs: 20_000,
  });
}

/** The configuration leads WebSockets and other requests to two nodes. */
export async function assertProxies(text: string): Promise<void> {
  await using redis = await RedisServer.start();
  const env = { INSECURE_ANONYMOUS_ALL: "true", BROKER_URL: redis.url };
  await using one = await TestServer.start({ env });
  await using two = await TestServer.start({ env });
  const port = freePort();
  const directory = await Deno.makeTempDir({ prefix: "thrum-nginx-" });
  try {
    const config = text.replace("8080", String(port))
      .replace("127.0.0.1:8001", new URL(one.url).host)
      .replace("127.0.0.1:8002", new URL(two.url).host);
    await Deno.writeTextFile(`${directory}/nginx.conf`, inFull(config));
    await using nginx = new Shell(
      `nginx -p ${directory} -c nginx.conf -e stderr`,
    );
    await eventually(() => isReady(`http://localhost:${port}`), {
      awaited: () => `nginx to lead to a node: ${nginx.output}`,
    });
    await assertTalks(port, [one, two]);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function assertTalks(
  port: number,
  servers: readonly TestServer[],
): Promise<void> {
  await using alice = await connect(port, "alice");
  await using bob = await connect(port, "bob");
  alice.send("bob:hello");
  assertEquals(await bob.next(), "hello");
  for (const { url } of servers) {
    const health = await fetch(`${url}/healthz`);
    assertEquals((await health.json()).connections, 1);
  }
}

/** Who has an answer can be reached. */
async function connect(port: number, uid: string): Promise<TextClient> {
  const client = await TextClient.open(`ws://localhost:${port}/ws?uid=${uid}`);
  client.send("ping");
  assertEquals(await client.next(), "pong");
  return client;
}

/** The part that the documentation shows, in what nginx needs around it to run for anybody. */
function inFull(config: string): string {
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `daemon off;
pid nginx.pid;
error_log stderr;
events {}
http {
access_log off;
${paths.map((path) => `${path}_temp_path ${path};`).join("\n")}
${config}
}
`;
}
