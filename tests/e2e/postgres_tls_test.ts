/** A PostgreSQL with TLS, whose certificate is its own: which `sslmode` lets a node in, and that its connections are encrypted. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { connectPostgres } from "../../lib/broker/postgres/connect.ts";
import { type Certificate, makeCertificate } from "../support/certificate.ts";
import { eventually } from "../support/eventually.ts";
import { PostgresServer, unprivileged } from "../support/postgres_server.ts";
import { requirePostgres, requireTool } from "../support/requirements.ts";
import { TestServer } from "../support/server.ts";
import { statusOf } from "../support/broker_nodes.ts";

const ignore = requirePostgres().missing || requireTool("openssl").missing;
const ENCRYPTED = `select distinct ssl from pg_stat_ssl
  join pg_stat_activity using (pid) where application_name = 'thrum'`;

interface Stage {
  readonly server: PostgresServer;
  readonly certificate: Certificate;
  /** URL by the name that the certificate has. */
  readonly urlOf: (mode: string) => string;
}

function test(name: string, run: (stage: Stage) => Promise<void>): void {
  Deno.test({
    name,
    ignore,
    fn: async () => {
      const path = await Deno.makeTempDir({ prefix: "thrum-postgres-tls-" });
      try {
        const certificate = await makeCertificate(path);
        const { keyPath, certificatePath } = certificate;
        await Deno.chmod(keyPath, 0o600);
        const { uid, gid } = unprivileged();
        if (uid !== undefined && gid !== undefined) {
          for (const each of [path, keyPath, certificatePath]) {
            await Deno.chown(each, uid, gid);
          }
        }
        await using server = await PostgresServer.start({
          settings: [
            "ssl=on",
            `ssl_cert_file=${certificatePath}`,
            `ssl_key_file=${keyPath}`,
          ],
        });
        const urlOf = (mode: string) =>
          `postgres://postgres@localhost:${server.port}/postgres?sslmode=${mode}`;
        await run({ server, certificate, urlOf });
      } finally {
        await Deno.remove(path, { recursive: true });
      }
    },
  });
}

/** The first error of a connection that is refused, and whether it is ready all the same. */
async function refusalOf(
  url: string,
): Promise<{ readonly error: string; readonly ready: boolean }> {
  const errors: unknown[] = [];
  const link = connectPostgres(url, {
    clock: systemClock,
    random: systemRandom,
    onError: (error) => errors.push(error),
  });
  link.open();
  await eventually(() => errors.length > 0, {
    awaited: "a refusal",
    timeoutMs: 20_000,
  });
  const { ready } = link;
  await link.close();
  return { error: String(errors[0]), ready };
}

test("A node encrypts its connections with prefer and require, and not with disable", async ({ server, urlOf }) => {
  for (
    const [mode, encrypted] of [
      ["disable", "f"],
      ["prefer", "t"],
      ["require", "t"],
    ] as const
  ) {
    const link = connectPostgres(urlOf(mode), {
      clock: systemClock,
      random: systemRandom,
    });
    link.open();
    await eventually(() => link.ready, {
      awaited: `a connection with ${mode}`,
      timeoutMs: 20_000,
    });
    assertEquals(await server.query(ENCRYPTED), [encrypted]);
    await link.close();
    await eventually(async () => (await server.query(ENCRYPTED)).length === 0, {
      awaited: "the end of the connections",
    });
  }
});

test("verify-full refuses a certificate of an unknown authority", async ({ urlOf }) => {
  const { error, ready } = await refusalOf(urlOf("verify-full"));
  assert(!ready);
  assert(/certificate|issuer/i.test(error), error);
});

test("verify-full takes a certificate that DENO_CERT names", async ({ server, certificate, urlOf }) => {
  await using node = await TestServer.start({
    env: {
      INSECURE_ANONYMOUS_ALL: "true",
      BROKER_URL: urlOf("verify-full"),
      DENO_CERT: certificate.certificatePath,
    },
  });
  await eventually(async () => await statusOf(node, "/readyz") === 200, {
    awaited: "a server that is ready",
    timeoutMs: 20_000,
  });
  assertEquals(await server.query(ENCRYPTED), ["t"]);
});

Deno.test({
  name: "A server without TLS is refused with require, and the error says why",
  ignore: requirePostgres().missing,
  fn: async () => {
    await using server = await PostgresServer.start();
    const { error } = await refusalOf(`${server.url}?sslmode=require`);
    assertMatch(error, /may have no TLS, which sslmode in the URL/);
  },
});
