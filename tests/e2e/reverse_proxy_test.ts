/** The proxies of `examples/operations`: each program with its configuration, in front of a real server. */

import { assert, assertEquals } from "@std/assert";
import { deadline } from "../support/deadline.ts";
import { requireTool } from "../support/requirements.ts";
import {
  REVERSE_PROXIES,
  ReverseProxy,
  type ReverseProxyName,
} from "../support/reverse_proxy.ts";
import { Shell } from "../support/shell.ts";
import { TestServer } from "../support/server.ts";
import { TextClient } from "../support/text_client.ts";

const openssl = requireTool("openssl");
/** The configurations are as patient as 10 s. */
const PATIENCE_MS = 1_000;
const IMPATIENT = { "10s": "1s" };
const DEVELOPMENT = { INSECURE_ANONYMOUS_ALL: "true" };
/** A body that the server itself would take. */
const LARGE = "x".repeat(4_096);

/** What the bound of a body is in each configuration, and a smaller one. */
const SMALLER: Record<ReverseProxyName, Record<string, string>> = {
  nginx: { "client_max_body_size 2m": "client_max_body_size 1k" },
  haproxy: { "gt 2097152": "gt 1024" },
  caddy: { "max_size 2MB": "max_size 1KB" },
};

/** Starts a server and the proxy in front, and hands them over. */
async function inFront(
  name: ReverseProxyName,
  env: Readonly<Record<string, string>>,
  use: (proxy: ReverseProxy) => Promise<void>,
  replace?: Readonly<Record<string, string>>,
): Promise<void> {
  await using server = await TestServer.start({ env });
  await using proxy = await ReverseProxy.start(
    name,
    new URL(server.url).host,
    { replace },
  );
  await use(proxy);
}

function open(proxy: ReverseProxy, path: string) {
  return TextClient.open(`${proxy.url.replace("https", "wss")}${path}`, {
    client: proxy.client,
  });
}

/** Resolves when a connection that sends `text`, and no more, has ended. */
async function endOf(
  { url, caCerts }: ReverseProxy,
  text: string | undefined,
): Promise<void> {
  const port = Number(new URL(url).port);
  // Without a text not even TLS begins.
  using conn = text === undefined
    ? await Deno.connect({ hostname: "127.0.0.1", port })
    : await Deno.connectTls({ hostname: "localhost", port, caCerts });
  await conn.write(new TextEncoder().encode(text ?? ""));
  const buffer = new Uint8Array(4_096);
  try {
    while (await conn.read(buffer) !== null);
  } catch (error) {
    // Each program has its own way to end it.
    const { ConnectionReset, UnexpectedEof } = Deno.errors;
    const isEnd = error instanceof ConnectionReset ||
      error instanceof UnexpectedEof;
    if (!isEnd) throw error;
  }
}

/** Reads a stream until it has brought `text`. */
async function readUntil(
  reader: ReadableStreamDefaultReader<string>,
  text: string,
): Promise<void> {
  for (let all = ""; !all.includes(text);) {
    const { value, done } = await reader.read();
    assert(!done, `The stream has ended after ${JSON.stringify(all)}`);
    all += value;
  }
}

for (const name of Object.keys(REVERSE_PROXIES) as ReverseProxyName[]) {
  const program = requireTool(name);
  const test = (promise: string, fn: () => Promise<void>) =>
    Deno.test({
      name: `${name} ${promise}`,
      ignore: program.missing || openssl.missing,
      fn,
    });

  test("leads wss to the hub, at the root and below a path", () =>
    inFront(name, DEVELOPMENT, async (proxy) => {
      for (const path of ["", "/hub"]) {
        await using alice = await open(proxy, `${path}/ws?uid=alice`);
        await using bob = await open(proxy, `${path}/ws?uid=bob`);
        bob.send("ping");
        assertEquals(await bob.next(), "pong");
        alice.send("bob:hello");
        assertEquals(await bob.next(), "hello");
      }
      const { servers } = await (await proxy.fetch("/hub/asyncapi.json"))
        .json();
      assertEquals(servers.here.pathname, "/hub");
    }));

  test("ends clients that are silent, or slow with a request", () =>
    inFront(name, DEVELOPMENT, async (proxy) => {
      const host = new URL(proxy.url).host;
      const texts = [
        undefined,
        "",
        "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: we",
        `POST /send HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 90\r\n\r\n#room:`,
      ];
      await Promise.all(texts.map(async (text) => {
        const awaited = `the end of ${JSON.stringify(text)}`;
        await deadline(endOf(proxy, text), { awaited });
      }));
    }, { ...IMPATIENT, ...(name === "haproxy" ? { "30s": "1s" } : {}) }));

  test("lets a stream through as it comes, for longer than it waits for a request", () =>
    inFront(name, DEVELOPMENT, async (proxy) => {
      const stream = await proxy.fetch("/sse?channel=news");
      assertEquals(stream.status, 200);
      const reader = stream.body!.pipeThrough(new TextDecoderStream())
        .getReader();
      await using alice = await open(proxy, "/ws?uid=alice");
      for (const text of ["early", "late"]) {
        alice.send(`#news:${text}`);
        await readUntil(reader, text);
        if (text === "early") {
          await new Promise((done) => setTimeout(done, 3 * PATIENCE_MS));
        }
      }
      await reader.cancel();
    }, IMPATIENT));

  test("refuses a large body by itself", () =>
    inFront(name, DEVELOPMENT, async (proxy) => {
      const init = { method: "POST", body: LARGE };
      const response = await proxy.fetch("/send", init);
      await response.body?.cancel();
      // Caddy 2.6 has begun to hand it on when it notices.
      assertEquals(response.status, name === "caddy" ? 502 : 413);
    }, SMALLER[name]));

  test("says whose address a client has, whatever the client says", () =>
    inFront(
      name,
      {
        ...DEVELOPMENT,
        TRUSTED_PROXIES: "127.0.0.1",
        MAX_CONNECTIONS_PER_ADDRESS: "2",
      },
      async (proxy) => {
        const port = new URL(proxy.url).port;
        // Not the proxy's own address, which is trusted.
        const curl = (index: number) =>
          new Shell(
            `curl -sN --interface 127.0.0.9 --cacert ${proxy.caPath} ` +
              `-H "X-Forwarded-For: 203.0.113.${index}" ` +
              `-w "%{http_code}" "https://localhost:${port}/sse?channel=news"`,
          );
        await using one = curl(1);
        await using two = curl(2);
        // A stream begins with a comment or its position.
        await Promise.all([one, two].map((shell) => shell.waitFor(/^./)));
        await using three = curl(3);
        await three.waitFor(/503$/);
      },
    ));

  test("writes no query into its log", () =>
    inFront(name, DEVELOPMENT, async (proxy) => {
      for (const path of ["/none?token=secret", "/sse?chanel=secret"]) {
        const { body } = await proxy.fetch(path);
        await body?.cancel();
      }
      assert(!proxy.output.includes("secret"), proxy.output);
    }));
}
