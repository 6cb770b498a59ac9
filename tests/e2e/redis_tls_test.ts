/** A Redis with TLS and a password, whose certificate is its own: publications pass, and nodes check the certificate. */

import { assert, assertEquals } from "@std/assert";
import { systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { type Certificate, makeCertificate } from "../support/certificate.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/free_port.ts";
import { requireTool } from "../support/requirements.ts";
import { RedisServer } from "../support/redis_server.ts";
import { TestServer } from "../support/server.ts";
import { TextClient } from "../support/text_client.ts";

const ignore = requireTool("redis-server").missing ||
  requireTool("openssl").missing;

interface Stage {
  readonly certificate: Certificate;
  /** URL of the encrypted port, with a password. */
  readonly urlOf: (password: string) => string;
}

function test(name: string, run: (stage: Stage) => Promise<void>): void {
  Deno.test({
    name,
    ignore,
    async fn() {
      const path = await Deno.makeTempDir({ prefix: "thrum-redis-tls-" });
      try {
        const certificate = await makeCertificate(path);
        const { certificatePath, keyPath } = certificate;
        const port = freePort();
        await using _ = await RedisServer.start({
          settings: [
            ["--tls-port", `${port}`, "--tls-auth-clients", "no"],
            ["--tls-cert-file", certificatePath, "--tls-key-file", keyPath],
            ["--tls-ca-cert-file", certificatePath],
            ["--user", "hub", "on", ">se cret", "~*", "&*", "+@all"],
          ].flat(),
        });
        const urlOf = (password: string) =>
          `rediss://hub:${password}@localhost:${port}`;
        await run({ certificate, urlOf });
      } finally {
        await Deno.remove(path, { recursive: true });
      }
    },
  });
}

/** Error of a link that cannot connect. */
async function errorOf(url: string): Promise<string> {
  const errors: unknown[] = [];
  const link = connectRedis(url, {
    clock: systemClock,
    random: systemRandom,
    onError: (error) => errors.push(error),
  });
  link.open({
    onConnect: () => Promise.resolve(),
    onReady: () => {},
    onLoss: () => {},
    onMessage: () => {},
  });
  await eventually(() => errors.length > 0, {
    awaited: "a refusal",
    timeoutMs: 20_000,
  });
  assert(!link.ready);
  await link.close();
  return String(errors[0]);
}

test("A node refuses the certificate of an unknown authority", async ({ urlOf }) => {
  const error = await errorOf(urlOf("se%20cret"));
  assert(/certificate|issuer|self.signed/i.test(error), error);
  assert(!error.includes("cret"), error);
});

test("Two nodes publish to each other through TLS, with a login and a certificate that DENO_CERT names", async ({ certificate, urlOf }) => {
  const env = {
    INSECURE_ANONYMOUS_ALL: "true",
    BROKER_URL: urlOf("se%20cret"),
    DENO_CERT: certificate.certificatePath,
  };
  await using first = await TestServer.start({ env });
  await using second = await TestServer.start({ env });
  for (const { url } of [first, second]) {
    await eventually(async () => {
      const { status, body } = await fetch(`${url}/readyz`);
      await body?.cancel();
      return status === 200;
    }, { awaited: "a node that is ready", timeoutMs: 20_000 });
  }
  const wsUrl = second.url.replace("http", "ws");
  await using reader = await TextClient.open(`${wsUrl}/ws?uid=bob`);
  reader.send("+#room");
  assertEquals(await reader.next(), "+#room");
  const { status, body } = await fetch(`${first.url}/send`, {
    method: "POST",
    body: "#room:hello",
  });
  await body?.cancel();
  assertEquals(status, 204);
  assertEquals(await reader.next(), "#room:hello");
});
