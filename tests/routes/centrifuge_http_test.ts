/** `/connection/http_stream`, `/connection/sse` and `/emulation`: what they answer, and to whom. */

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { LineStream } from "../support/line_stream.ts";
import { EMULATION_REQUEST } from "../../lib/protocol/centrifuge_messages.ts";
import type { ReadValues, Values } from "../../lib/protocol/message_type.ts";
import { ProtobufWriter } from "../../lib/protocol/protobuf_writer.ts";
import { commandFrame, readReplies } from "../support/protobuf_frames.ts";
import { AppServer } from "./app_server.ts";

const CONNECT = '{"id":1,"connect":{}}';
const BYTES = { "content-type": "Application/Octet-Stream; q=1" };

/** Opens a stream and reads the answer to `connect`. */
async function open(server: AppServer, path = "/connection/http_stream") {
  const lines = path.endsWith("sse")
    ? await LineStream.open(
      `${server.url}${path}?cf_connect=${encodeURIComponent(CONNECT)}`,
    )
    : await LineStream.open(`${server.url}${path}`, {
      method: "POST",
      body: CONNECT,
    });
  let line: string | undefined = "";
  while (line !== undefined && !line.includes("connect")) {
    line = await lines.next();
  }
  const { connect } = JSON.parse(line?.replace("data: ", "") ?? "");
  return { lines, connect };
}

function emulate(server: AppServer, body: unknown): Promise<Response> {
  return fetch(`${server.url}/emulation`, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

for (const path of ["/connection/http_stream", "/connection/sse"]) {
  Deno.test(`${path}: the answer to connect names the node, and a session that is not the client's id`, async () => {
    await using server = new AppServer();
    const { lines, connect } = await open(server, path);
    await using _ = lines;
    assertEquals(connect.node, server.hub.broker.node);
    assertEquals(connect.session.length, 36);
    assertNotEquals(connect.session, connect.client);
    assertEquals([connect.ping, connect.pong], [25, true]);
  });

  Deno.test(`${path}: what comes by /emulation is answered down the stream`, async () => {
    await using server = new AppServer();
    const { lines, connect: { session, node } } = await open(server, path);
    await using _ = lines;
    const data = '{"id":2,"subscribe":{"channel":"news"}}\n' +
      '{"id":3,"publish":{"channel":"news","data":"“hi”\\n"}}';
    const { status } = await emulate(server, { session, node, data });
    assertEquals(status, 204);
    const got: string[] = [];
    while (got.length < 3) {
      const line = await lines.next() ?? "the end";
      if (line !== "") got.push(line.replace("data: ", ""));
    }
    assertEquals(got.map((line) => JSON.parse(line).id), [2, 3, undefined]);
    assertEquals(JSON.parse(got[2]!).push.pub.data, "“hi”\n");
  });

  Deno.test(`${path}: a client that answers pings stays, one that does not is told 3012`, async () => {
    await using server = new AppServer({
      limits: { pingIntervalMs: 200, pongTimeoutMs: 100 },
    });
    const { lines, connect: { session, node } } = await open(server, path);
    await using _ = lines;
    let pings = 0;
    let line: string | undefined;
    const start = performance.now();
    while (!(line = await lines.next())?.includes("disconnect")) {
      assert(line !== undefined);
      if (line.replace("data: ", "") !== "{}") continue;
      // It answers for a while, much longer than would be borne.
      if (++pings < 5) await emulate(server, { session, node, data: "{}" });
    }
    const { code } = JSON.parse(line.replace("data: ", "")).push.disconnect;
    assertEquals(code, 3012);
    assert(performance.now() - start > 700);
  });

  Deno.test(`${path}: a client that does not connect is told 3502, or 3501 for nonsense`, async () => {
    await using server = new AppServer({
      limits: { authenticateWithinMs: 50 },
    });
    for (const [first, code] of [["{}", 3501], ["nonsense", 3501]] as const) {
      const url = `${server.url}${path}`;
      const response = path.endsWith("sse")
        ? await fetch(`${url}?cf_connect=${encodeURIComponent(first)}`)
        : await fetch(url, { method: "POST", body: first });
      const text = await response.text();
      assert(text.includes(`"code":${code}`), text);
    }
    assertEquals(server.hub.size, 0);
  });

  Deno.test(`${path}: a bad token is told 3500, an expired one 109, and then it is stale`, async () => {
    const env = { TOKEN_SECRET: "a secret of more than thirty-two bytes" };
    await using server = new AppServer({
      env,
      limits: { authenticateWithinMs: 100 },
    });
    const ask = async (commands: string) => {
      const url = `${server.url}${path}`;
      const response = path.endsWith("sse")
        ? await fetch(`${url}?cf_connect=${encodeURIComponent(commands)}`)
        : await fetch(url, { method: "POST", body: commands });
      return await response.text();
    };
    const bad = await ask('{"id":1,"connect":{"token":"bad"}}');
    assert(bad.includes('"disconnect":{"code":3500'), bad);
    const none = await ask(CONNECT);
    assert(none.includes('"id":1,"error":{"code":101'), none);
    assert(none.includes('"disconnect":{"code":3502'), none);
  });
}

Deno.test("/connection/http_stream: a request without a body is 400, too long a one 413", async () => {
  await using server = new AppServer({
    env: {
      INSECURE_ANONYMOUS_ALL: "true",
      MAX_MESSAGE_BYTES: "1000",
    },
  });
  const url = `${server.url}/connection/http_stream`;
  const status = async (init: RequestInit) => {
    const response = await fetch(url, { method: "POST", ...init });
    await response.body?.cancel();
    return response.status;
  };
  assertEquals(await status({ body: "" }), 400);
  assertEquals(await status({ body: "x".repeat(1001) }), 413);
  const headers = BYTES;
  assertEquals(await status({ body: new Uint8Array(0), headers }), 400);
  assertEquals(await status({ body: new Uint8Array(1001), headers }), 413);
  const sse = async (commands: string) => {
    const query = new URLSearchParams({ cf_connect: commands });
    const response = await fetch(`${server.url}/connection/sse?${query}`);
    return [response.status, await response.text()];
  };
  const [empty, why] = await sse("");
  assertEquals([empty, why !== ""], [400, true]);
  // As many bytes as by POST, in characters of two.
  assertEquals(await sse("é".repeat(501)), [
    413,
    "The commands have at most 1000 bytes.\n",
  ]);
  assertEquals((await sse("é".repeat(500)))[0], 200);
});

/** Replies of a stream in protobuf that begins with these bytes, up to the first that fits, and the response. */
async function openProtobuf(
  server: AppServer,
  body: BodyInit,
): Promise<
  AsyncDisposable & { response: Response; next: () => Promise<ReadValues> }
> {
  const url = `${server.url}/connection/http_stream`;
  const response = await fetch(url, { method: "POST", body, headers: BYTES });
  const reader = response.body!.getReader();
  const replies: ReadValues[] = [];
  return {
    response,
    async next() {
      while (replies.length === 0) {
        const { value } = await reader.read();
        replies.push(...readReplies(value!));
      }
      return replies.shift()!;
    },
    [Symbol.asyncDispose]: () => reader.cancel(),
  };
}

/** Sends commands to a stream in protobuf; resolves with the status. */
async function emulateBytes(
  server: AppServer,
  values: Values<typeof EMULATION_REQUEST>,
): Promise<number> {
  const writer = new ProtobufWriter();
  writer.begin();
  EMULATION_REQUEST.writeDelimited(writer, values);
  const bytes = new Uint8Array(writer.take());
  // The length of a short message has one byte, of a longer one two.
  const body = bytes.slice(bytes.length > 128 ? 2 : 1);
  const url = `${server.url}/emulation`;
  const { status, body: rest } = await fetch(url, {
    method: "POST",
    body,
    headers: BYTES,
  });
  await rest?.cancel();
  return status;
}

Deno.test("/connection/http_stream in protobuf: commands come by /emulation, replies and pushes by the stream", async () => {
  await using server = new AppServer();
  const body = commandFrame({ id: 1, connect: {} });
  await using stream = await openProtobuf(server, body);
  const { response, next } = stream;
  const type = response.headers.get("content-type");
  assertEquals(type, "application/octet-stream");
  const { connect } = await next() as { connect: Record<string, string> };
  const { session, node, ...rest } = connect;
  assertEquals(node, server.hub.broker.node);
  assertEquals([rest.ping, rest.pong], [25, true]);
  const data = commandFrame(
    { id: 2, subscribe: { channel: "news" } },
    { id: 3, publish: { channel: "news", data: Uint8Array.of(0, 255).buffer } },
  );
  assertEquals(
    await emulateBytes(server, { session, node, data }),
    204,
  );
  const { id } = await next();
  assertEquals([id, (await next()).id], [2, 3]);
  const { push } = await next() as { push: { pub: { data: Uint8Array } } };
  assertEquals(push.pub.data, Uint8Array.of(0, 255));
  const none = { session, node: "elsewhere", data };
  assertEquals(await emulateBytes(server, none), 404);
  assertEquals(await emulateBytes(server, { session, node: "" }), 400);
  const url = `${server.url}/emulation`;
  const malformed = await fetch(url, {
    method: "POST",
    body: Uint8Array.of(10, 200),
    headers: BYTES,
  });
  assertEquals(malformed.status, 400);
  await malformed.body?.cancel();
  const text = JSON.stringify({ session, node, data: "{}" });
  assertEquals((await emulate(server, text)).status, 204);
  assertEquals(await next(), {
    push: { disconnect: { code: 3501, reason: "bad request" } },
  });
});

Deno.test("/connection/http_stream in protobuf: malformed bytes are 3501", async () => {
  await using server = new AppServer();
  for (const body of [Uint8Array.of(0), Uint8Array.of(5, 1), "nonsense"]) {
    await using stream = await openProtobuf(server, body);
    assertEquals(await stream.next(), {
      push: { disconnect: { code: 3501, reason: "bad request" } },
    });
  }
});

Deno.test("/emulation: 404 for a node that is not there, 204 for a session that has ended, 400 for anything else", async () => {
  await using server = new AppServer();
  const { node } = server.hub.broker;
  const session = crypto.randomUUID();
  const data = "{}";
  for (
    const [body, status] of [
      [{ session, node, data }, 204],
      [{ session, node: crypto.randomUUID(), data }, 404],
      [{ session, node: "", data }, 400],
      [{ session: 7, node, data }, 400],
      [{ session, node }, 400],
      [[], 400],
      ["", 400],
      ["nonsense", 400],
      ["null", 400],
    ] as const
  ) {
    const response = await emulate(server, body);
    await response.body?.cancel();
    assertEquals(response.status, status, JSON.stringify(body));
  }
});

Deno.test("/emulation: the client's id does not lead to its connection", async () => {
  await using server = new AppServer();
  const { lines, connect: { client, node } } = await open(server);
  await using _ = lines;
  const data = '{"id":2,"publish":{"channel":"news","data":1}}';
  await emulate(server, { session: client, node, data });
  assertEquals(
    await server.hub.broker.position("news").then((p) => p.offset),
    0,
  );
});

Deno.test("/emulation: commands may be as long as on a WebSocket; longer ones get 413, and the stream goes on", async () => {
  const maxMessageBytes = 1_000;
  await using server = new AppServer({ limits: { maxMessageBytes } });
  const { lines, connect: { session, node } } = await open(server);
  await using _ = lines;
  const command = (length: number) =>
    JSON.stringify({ id: 2, rpc: { data: '"'.repeat(length) } });
  const room = maxMessageBytes - command(0).length;
  const longest = command(Math.floor(room / 2));
  const fits = await emulate(server, { session, node, data: longest });
  assertEquals(fits.status, 204);
  assert((await lines.next())?.includes('"code":108'));
  const data = command(room / 2 + 2);
  const tooLong = await emulate(server, { session, node, data });
  await tooLong.body?.cancel();
  assertEquals([tooLong.status, server.hub.size], [413, 1]);
});

const METHODS = {
  "/connection/http_stream": "POST, OPTIONS",
  "/connection/sse": "GET, POST, OPTIONS",
  "/emulation": "POST, OPTIONS",
  "/sse": "GET, OPTIONS",
  "/poll": "GET, OPTIONS",
  "/send": "POST, OPTIONS",
};

for (const [path, methods] of Object.entries(METHODS)) {
  Deno.test(`${path}: an allowed origin may ask and read, any other gets 403 and no leave to read`, async () => {
    const origin = "https://app.example";
    await using server = new AppServer({
      env: { INSECURE_ANONYMOUS_ALL: "true", ALLOWED_ORIGINS: origin },
    });
    const ask = async (from: string, method: string) => {
      const headers = { origin: from };
      const url = `${server.url}${path}`;
      const response = await fetch(url, { method, headers });
      await response.body?.cancel();
      return response;
    };
    const asked = await ask(origin, "OPTIONS");
    assertEquals(asked.status, 204);
    assertEquals(asked.headers.get("access-control-allow-origin"), origin);
    assertEquals(asked.headers.get("access-control-allow-methods"), methods);
    assertEquals(asked.headers.get("vary"), "Origin");
    for (const method of ["OPTIONS", ...methods.split(", ")]) {
      const foreign = await ask("https://evil.example", method);
      assertEquals(foreign.status, 403);
      assertEquals(foreign.headers.get("access-control-allow-origin"), null);
    }
    const wrong = await ask(origin, "DELETE");
    assertEquals(wrong.status, 405);
    assertEquals(wrong.headers.get("allow"), methods);
    assertEquals(server.hub.size, 0);
  });
}

Deno.test("A stream is not stored, squeezed or held back on its way", async () => {
  await using server = new AppServer();
  const { lines } = await open(server);
  await using _ = lines;
  const { headers } = lines.response;
  assertEquals(headers.get("cache-control"), "no-store, no-transform");
  assertEquals(headers.get("x-accel-buffering"), "no");
  assertEquals(headers.get("content-encoding"), null);
  await eventually(() => server.hub.size === 1, { awaited: "it" });
});
