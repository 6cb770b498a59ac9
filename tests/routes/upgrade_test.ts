/** A hub without Hono: the method `upgrade` lets WebSockets in, and leaves other requests to the program. */

import { assertEquals } from "@std/assert";
import { createHub, type CreateHubOptions } from "../../lib/create_hub.ts";
import type { UpgradeOptions } from "../../lib/embedding/options.ts";
import { DisconnectError, disconnects } from "../../lib/base/disconnect.ts";
import { errors, ProtocolError } from "../../lib/base/errors.ts";
import { EmbeddingServer } from "../support/embedding_server.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { Sdk } from "../support/sdk.ts";
import { TextClient } from "../support/text_client.ts";
import { SECRET, signToken } from "../support/token.ts";

function start(
  options: Partial<CreateHubOptions> = {},
  upgradeOptions?: UpgradeOptions,
) {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const hub = createHub({ access: "anonymous", log, ...options });
  return new EmbeddingServer(
    hub,
    (request) =>
      hub.upgrade(request, upgradeOptions) ??
        new Response("not a WebSocket", { status: 426 }),
  );
}

/** The status of the answer to a handshake with some more headers. */
async function statusOf(
  { host }: { readonly host: string },
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  await using socket = await RawSocket.connect(`ws://${host}/`);
  return (await socket.request({ headers })).status;
}

Deno.test("A request that asks for no WebSocket is the program's", async () => {
  await using server = start();
  const response = await fetch(`http://${server.host}/`);
  assertEquals(response.status, 426);
  assertEquals(await response.text(), "not a WebSocket");
});

Deno.test("A WebSocket speaks the text protocol, with a uid where everybody may connect", async () => {
  await using server = start();
  await using alice = await TextClient.open(`ws://${server.host}/?uid=alice`);
  await server.hub.sendTo("alice", "hello");
  assertEquals(await alice.next(), "hello");
});

Deno.test("An SDK chooses its protocol by the subprotocol, or has a path of its own", async () => {
  for (const protocol of ["text", "centrifuge"] as const) {
    await using server = start({}, { protocol });
    const endpoint = `ws://${server.host}/`;
    const protocols = protocol === "text" ? "centrifuge-json" : undefined;
    class Socket extends WebSocket {
      constructor(url: string) {
        super(url, protocols ?? []);
      }
    }
    using sdk = new Sdk([{ transport: "websocket", endpoint }], {
      websocket: Socket,
    });
    await sdk.connect();
    const news = await sdk.subscribe("news");
    await server.hub.publish("news", [1]);
    await news.count(1);
    assertEquals(news.data, [[1]]);
  }
});

Deno.test("An upgrade is refused as the routes refuse it: handshake, origin, token, uid", async () => {
  const access = { tokens: { secret: SECRET } };
  await using server = start({ access });
  const token = await signToken({ sub: "alice" });
  assertEquals(
    await Promise.all([
      statusOf(server, { "sec-websocket-version": "8" }),
      statusOf(server, { origin: "https://elsewhere.example" }),
      statusOf(server, { authorization: "Bearer nonsense" }),
      statusOf(server, { authorization: `Bearer ${token}` }),
      statusOf(server, {}),
    ]),
    [426, 403, 401, 101, 101],
  );
});

Deno.test("Pages of allowed origins may connect", async () => {
  const origin = "https://app.example";
  await using server = start({}, { allowedOrigins: [origin] });
  assertEquals(await statusOf(server, { origin }), 101);
});

Deno.test("A hub that is full or drains answers 503", async () => {
  await using server = start({ maxConnections: 1 });
  await using _ = await TextClient.open(`ws://${server.host}/`);
  assertEquals(await statusOf(server, {}), 503);
});

Deno.test("Every hook reads the headers of the request, also after its upgrade", async () => {
  const seen: string[] = [];
  const note = (
    hook: string,
    { headers }: { readonly headers: Headers | undefined },
  ) => void seen.push(`${hook} ${headers?.get("cookie")}`);
  await using server = start({
    access: "onConnect",
    onConnect: (context) => {
      note("connect", context);
      const cookie = context.headers?.get("cookie") ?? "";
      return { uid: cookie.replace("session=", "") };
    },
    onSubscribe: (context) => note("subscribe", context),
    onPublish: (context) => note("publish", context),
    onDisconnect: (context) => note("disconnect", context),
  }, { protocol: "centrifuge" });
  const headers = { cookie: "session=alice" };
  {
    await using client = await TextClient.open(`ws://${server.host}/`, {
      headers,
    });
    client.send('{"id":1,"connect":{}}');
    await client.next();
    client.send('{"id":2,"subscribe":{"channel":"news"}}');
    await client.next();
    client.send('{"id":3,"publish":{"channel":"news","data":1}}');
    await client.next();
    assertEquals(
      [...(await server.hub.presence("news")).values()].map(
        ({ user }) => user,
      ),
      ["alice"],
    );
  }
  while (seen.length < 4) await new Promise((done) => setTimeout(done, 5));
  assertEquals(
    seen,
    ["connect", "subscribe", "publish", "disconnect"]
      .map((hook) => `${hook} session=alice`),
  );
});

Deno.test("A hook refuses a client by an error, or ends its connection", async () => {
  const refuse = (error: Error) =>
    start({
      access: "onConnect",
      onConnect: () => {
        throw error;
      },
    }, { protocol: "centrifuge" });
  for (
    const [error, code] of [
      [new ProtocolError(errors.permissionDenied), 103],
      [new DisconnectError(disconnects.permissionDenied), 3507],
    ] as const
  ) {
    await using server = refuse(error);
    await using client = await TextClient.open(`ws://${server.host}/`);
    client.send('{"id":1,"connect":{}}');
    if (code < 3000) {
      assertEquals(JSON.parse(String(await client.next())).error.code, code);
    } else assertEquals((await client.closed).code, code);
  }
});
