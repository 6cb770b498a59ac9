/** Ways to be let in by a NATS: user and password, token, file of credentials, TLS. */

import { assert, assertEquals } from "@std/assert";
import { Member } from "../conformance/broker_scene.ts";
import { makeCertificate } from "../support/certificate.ts";
import { eventually } from "../support/eventually.ts";
import { natsBroker } from "../support/nats_nodes.ts";
import { makeOperator } from "../support/nats_operator.ts";
import { NatsServer, type NatsServerOptions } from "../support/nats_server.ts";
import { requireTool } from "../support/requirements.ts";

const ignore = requireTool("nats-server").missing ||
  requireTool("openssl").missing;

/** A server, and URLs that it lets in and turns away. */
interface Door {
  readonly options: NatsServerOptions;
  readonly open: (port: number) => string;
  readonly shut: (port: number) => readonly string[];
}

const DOORS: Readonly<Record<string, (path: string) => Promise<Door>>> = {
  "a user and a password": () =>
    Promise.resolve({
      options: { config: 'authorization { user: thrum, password: "p@ss:/" }' },
      open: (port) => `nats://thrum:p%40ss%3A%2F@127.0.0.1:${port}`,
      shut: (port) => [
        `nats://127.0.0.1:${port}`,
        `nats://thrum:wrong@127.0.0.1:${port}`,
      ],
    }),
  "a token": () =>
    Promise.resolve({
      options: { config: 'authorization { token: "s3cret" }' },
      open: (port) => `nats://s3cret@127.0.0.1:${port}`,
      shut: (port) => [`nats://wrong@127.0.0.1:${port}`],
    }),
  "a file of credentials": async (path) => {
    const { config, creds } = makeOperator();
    await Deno.writeTextFile(`${path}/user.creds`, creds);
    return {
      options: { config },
      open: (port) => `nats://127.0.0.1:${port}?creds=${path}/user.creds`,
      shut: (port) => [
        `nats://127.0.0.1:${port}`,
        `nats://127.0.0.1:${port}?creds=${path}/none.creds`,
      ],
    };
  },
  "TLS": async (path) => {
    const { certificatePath, keyPath } = await makeCertificate(path);
    return {
      options: {
        config:
          `tls { cert_file: "${certificatePath}", key_file: "${keyPath}" }`,
      },
      open: (port) => `tls://localhost:${port}?ca=${certificatePath}`,
      // Of an unknown authority.
      shut: (port) => [`tls://localhost:${port}`],
    };
  },
};

for (const [means, make] of Object.entries(DOORS)) {
  Deno.test({
    name: `NATS lets a node in by ${means}, and no other`,
    ignore,
    async fn() {
      const path = await Deno.makeTempDir({ prefix: "thrum-nats-door-" });
      try {
        const { options, open, shut } = await make(path);
        await using server = await NatsServer.start(options);
        for (const url of shut(server.port)) await isShut(url);
        const member = new Member(natsBroker(open(server.port)));
        member.broker.start(member);
        await eventually(() => member.broker.ready, { awaited: "a broker" });
        await member.broker.subscribe("room");
        await member.publishKept("room", "a");
        assertEquals((await member.receives(1, "room")).length, 1);
        await member.broker.close();
      } finally {
        await Deno.remove(path, { recursive: true });
      }
    },
  });
}

async function isShut(url: string): Promise<void> {
  const errors: unknown[] = [];
  const broker = natsBroker(url, { onError: (error) => errors.push(error) });
  broker.start(new Member(broker));
  await eventually(() => errors.length > 0, {
    awaited: `an error of ${url}`,
    timeoutMs: 20_000,
  });
  assert(!broker.ready);
  await broker.close();
  for (const error of errors) assert(!/s3cret|p@ss/.test(String(error)));
}
