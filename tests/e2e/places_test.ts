/** Places where the hub runs: its container, three nodes behind Caddy, Kubernetes and systemd, each as far as it can be tried without them. */

import { assert, assertEquals } from "@std/assert";
import { parse, parseAllDocuments } from "yaml";
import { signalChild } from "../support/child.ts";
import { deadline } from "../support/deadline.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/free_port.ts";
import { Image } from "../support/image.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import { ReverseProxy } from "../support/reverse_proxy.ts";
import { TestServer } from "../support/server.ts";
import { Shell } from "../support/shell.ts";
import { ROOT } from "../support/source_files.ts";
import { TextClient } from "../support/text_client.ts";
import { SECRET, signToken } from "../support/token.ts";

const tools = {
  caddy: requireTool("caddy"),
  redis: requireTool("redis-server"),
  setpriv: requireTool("setpriv"),
  systemd: requireTool("systemd-analyze"),
};

const read = (path: string) => Deno.readTextFile(new URL(path, ROOT));

async function isReady({ url }: TestServer): Promise<boolean> {
  const { ok, body } = await fetch(`${url}/readyz`);
  await body?.cancel();
  return ok;
}

Deno.test({
  name:
    "The image has all that it needs, runs without rights, is healthy, and drains on SIGTERM",
  ignore: tools.setpriv.missing,
  async fn() {
    await using image = await Image.build();
    const env = {
      PORT: String(freePort()),
      HOST: "127.0.0.1",
      TOKEN_SECRET: SECRET,
      DENO_JOBS: "2",
    };
    assertEquals(await image.isHealthy(env), false);
    const child = image.command(env).spawn();
    const output = child.output();
    try {
      await eventually(() => image.isHealthy(env), {
        awaited: "the container to be healthy",
        timeoutMs: 40_000,
      });
      child.kill("SIGTERM");
      const { code, stdout, stderr } = await deadline(output, {
        awaited: "the end of the container",
        timeoutMs: 20_000,
      });
      const log = new TextDecoder().decode(stdout);
      assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
      assert(log.includes('"stopped"'), log);
    } catch (error) {
      signalChild(child, "SIGKILL");
      await output;
      throw error;
    }
  },
});

Deno.test({
  name: "Three nodes of compose.yaml behind their Caddy share every channel",
  ignore: tools.caddy.missing || tools.redis.missing,
  async fn() {
    const { services } = parse(await read("compose.yaml"), { merge: true });
    const { HUB_NODES, HUB_HOST } = services.caddy.environment;
    const names = HUB_NODES.split(" ");
    assertEquals(
      names,
      services.caddy.depends_on.map((name: string) => `${name}:8000`),
    );
    assert(services.caddy.volumes[0].startsWith(
      "./examples/operations/Caddyfile:",
    ));
    await using redis = await RedisServer.start();
    await using nodes = new AsyncDisposableStack();
    const hosts: string[] = [];
    for (const name of services.caddy.depends_on) {
      const { environment, build, depends_on } = services[name];
      assertEquals([build, depends_on], [".", ["redis"]]);
      const env: Record<string, string> = {
        ...environment,
        BROKER_URL: environment.BROKER_URL.replace(
          "redis:6379",
          `127.0.0.1:${redis.port}`,
        ),
        TOKEN_SECRET: SECRET,
        ALLOWED_ORIGINS: environment.ALLOWED_ORIGINS.replace(
          "${HUB_HOST:-localhost}",
          "localhost",
        ),
      };
      const server = nodes.use(await TestServer.start({ env }));
      assertEquals(server.logs.filter(({ level }) => level === "warn"), []);
      await eventually(() => isReady(server), {
        awaited: () => `${name} to have its Redis`,
      });
      hosts.push(new URL(server.url).host);
    }
    assertEquals(HUB_HOST, "${HUB_HOST:-localhost}");
    await using proxy = await ReverseProxy.start("caddy", hosts[0]!, {
      nodes: hosts.join(" "),
    });
    const join = async (uid: string) => {
      const token = await signToken({ sub: uid });
      const client = await TextClient.open(
        `${proxy.url.replace("https", "wss")}/ws`,
        { client: proxy.client, headers: { Authorization: `Bearer ${token}` } },
      );
      client.send("+#news");
      assertEquals(await client.next(), "+#news");
      return nodes.use(client);
    };
    // One after another: Caddy leads each to the node with the fewest.
    const clients = [await join("ann"), await join("ben"), await join("cid")];
    for (const host of hosts) {
      const health = await fetch(`http://${host}/healthz`);
      assertEquals((await health.json()).connections, 1);
    }
    clients[0]!.send("#news:hello");
    for (const client of clients) {
      assertEquals(await client.next(), "#news:hello");
    }
  },
});

Deno.test("Kubernetes asks for paths that answer, and gives a drain its time", async () => {
  const [{ spec }] = parseAllDocuments(
    await read("examples/operations/kubernetes.yaml"),
  ).map((document) => document.toJS());
  const [container] = spec.template.spec.containers;
  const env = Object.fromEntries(
    container.env.map((
      { name, value }: Record<string, string>,
    ) => [name, value]),
  );
  await using server = await TestServer.start({
    env: { ...env, TOKEN_SECRET: SECRET },
  });
  assertEquals(server.logs.filter(({ level }) => level === "warn"), []);
  const probes = ["startupProbe", "readinessProbe", "livenessProbe"];
  for (const probe of probes) {
    const { ok, body } = await fetch(
      server.url + container[probe].httpGet.path,
    );
    await body?.cancel();
    assert(ok, probe);
  }
  const pause = container.lifecycle.preStop.sleep.seconds;
  assert(spec.template.spec.terminationGracePeriodSeconds >= pause + 5);
});

Deno.test({
  name: "systemd takes the unit, which runs what `deno task start` runs",
  ignore: tools.systemd.missing,
  async fn() {
    const unit = await read("examples/operations/thrum.service");
    const { tasks } = JSON.parse(await read("deno.json"));
    const [, command] = /^ExecStart=(.*)$/m.exec(unit) ?? [];
    assertEquals(command, `/usr/local/bin/${tasks.start.command}`);
    const directory = await Deno.makeTempDir({ prefix: "thrum-unit-" });
    try {
      const path = `${directory}/thrum.service`;
      // The programs of this machine: it looks whether they are there.
      await Deno.writeTextFile(
        path,
        unit.replace("/usr/local/bin/deno", Deno.execPath()),
      );
      await using shell = new Shell(`systemd-analyze verify --man=no ${path}`);
      await deadline(shell.exit, {
        awaited: "systemd to read the unit",
        timeoutMs: 30_000,
      });
      const complaints = shell.output.split("\n")
        .filter((line) => line.includes("thrum.service"));
      assertEquals(complaints, []);
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  },
});
