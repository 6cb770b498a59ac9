/** Upgrades of a server of Node: whatever a client sends, the guards decide, and nothing is thrown. */

import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { createHub } from "../../../lib/create_hub.ts";
import {
  type NodeFetch,
  type NodeRequest,
  upgradeListener,
  type UpgradeListenerOptions,
} from "../../../lib/transports/node_upgrade.ts";
import type { NodeSocket } from "../../../lib/transports/node_response.ts";
import { eventually } from "../../support/eventually.ts";
import { FakeTransport } from "../../support/fake_transport.ts";

/** Socket of TCP that notes what is written. */
class FakeSocket implements NodeSocket {
  text = "";
  ended = false;
  readonly listeners: Record<string, () => void> = {};

  write(chunk: string | Uint8Array): boolean {
    this.text += typeof chunk === "string"
      ? chunk
      : new TextDecoder().decode(chunk);
    return true;
  }

  end(): void {
    this.ended = true;
  }

  destroy(): void {
    this.ended = true;
  }

  on(event: string, listener: () => void): void {
    this.listeners[event] = listener;
  }
}

/** Server of `ws` whose sockets open at once, or never. */
function webSockets(opens = true) {
  const opened: (string | string[] | undefined)[] = [];
  const handleUpgrade = (
    { headers }: NodeRequest,
    _socket: FakeSocket,
    _head: undefined,
    done: (socket: never) => void,
  ) => {
    if (!opens) return;
    opened.push(headers["sec-websocket-protocol"]);
    const socket = Object.assign(new FakeTransport(), {
      binaryType: "nodebuffer",
      readyState: 1,
      protocol: "",
      onopen: null,
      onmessage: null,
      onclose: null,
      onerror: null,
    });
    done(socket as never);
  };
  return { opened, handleUpgrade };
}

const AWAITED = { awaited: "the listener", timeoutMs: 5_000 };

const HANDSHAKE = {
  host: "localhost:8000",
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

function requestOf(
  url: string,
  extra: Record<string, string> = {},
  remoteAddress = "127.0.0.1",
): NodeRequest {
  const headers = { ...HANDSHAKE, ...extra };
  const rawHeaders = Object.entries(headers).flat();
  return { method: "GET", url, rawHeaders, headers, socket: { remoteAddress } };
}

/** What a socket has got when it is answered, or its hub has a connection. */
async function answerOf(
  fetch: NodeFetch<NodeRequest>,
  request: NodeRequest,
  options?: UpgradeListenerOptions,
): Promise<string> {
  const socket = new FakeSocket();
  upgradeListener(fetch, webSockets(), options)(request, socket, undefined);
  await eventually(() => socket.ended, AWAITED);
  return socket.text;
}

for (
  const [url, headers, status] of [
    ["/?uid=", {}, 400],
    ["/?uid=%ff", {}, 400],
    ["/?uid=all", {}, 400],
    ["http://[", {}, 400],
    ["*", {}, 400],
    ["", {}, 400],
    ["/", { host: "a b" }, 400],
    ["/", { host: "a/b" }, 400],
    ["/", { "x-name": "\u0100" }, 400],
    ["/", { "sec-websocket-key": "short" }, 400],
    ["/", { "sec-websocket-version": "8" }, 426],
    ["/", { upgrade: "h2c" }, 426],
    ["/", { authorization: "Bearer a.b.c" }, 401],
    ["/", { host: "evil.example" }, 403],
    ["/", { origin: "https://evil.example" }, 403],
  ] as const
) {
  Deno.test(`A request for ${JSON.stringify(url)} with ${JSON.stringify(headers)} gets ${status}`, async () => {
    await using hub = createHub({ access: "anonymous", log: SILENT });
    const fetch = (request: Request) =>
      hub.upgrade(request) ?? new Response("none", { status: 426 });
    const text = await answerOf(fetch, requestOf(url, headers));
    assertMatch(text, new RegExp(`^HTTP/1\\.1 ${status} `));
    assertMatch(text, /\r\nconnection: (?:upgrade, )?close\r\n/);
    assertEquals(hub.size, 0);
  });
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

Deno.test("A socket opens with the subprotocol that the hub knows, or without one", async () => {
  await using hub = createHub({ access: "anonymous" });
  const sockets = webSockets();
  const listener = upgradeListener(
    (request) => hub.upgrade(request) ?? new Response(),
    sockets,
  );
  for (
    const protocols of ["foo, centrifuge-protobuf", "foo", ",, foo", undefined]
  ) {
    const offer = protocols && { "sec-websocket-protocol": protocols };
    listener(requestOf("//", offer || {}), new FakeSocket(), undefined);
  }
  await eventually(() => hub.size === 4, AWAITED);
  assertEquals(sockets.opened, [
    "centrifuge-protobuf",
    undefined,
    undefined,
    undefined,
  ]);
});

Deno.test("Hooks get the headers of the request", async () => {
  const seen: (string | null | undefined)[] = [];
  await using hub = createHub({
    access: "anonymous",
    onConnect: ({ headers }) => void seen.push(headers?.get("user-agent")),
  });
  const listener = upgradeListener(
    (request) => hub.upgrade(request) ?? new Response(),
    webSockets(),
  );
  const request = requestOf("/?uid=alice", { "user-agent": "test" });
  listener(request, new FakeSocket(), undefined);
  await eventually(() => seen.length === 1, AWAITED);
  assertEquals(seen, ["test"]);
});

Deno.test("Limits of an address hold for the other end of the connection, unless it is internal", async () => {
  await using hub = createHub({
    access: "anonymous",
    connectRatePerAddress: 1,
    rateBurstMs: 1_000,
    log: SILENT,
  });
  const fetch = (request: Request) => hub.upgrade(request) ?? new Response();
  const listener = upgradeListener(fetch, webSockets());
  for (const address of ["203.0.113.7", "10.0.0.1", "10.0.0.1"]) {
    listener(requestOf("/", {}, address), new FakeSocket(), undefined);
  }
  await eventually(() => hub.size === 3, AWAITED);
  const text = await answerOf(fetch, requestOf("/", {}, "203.0.113.7"));
  assertMatch(text, /^HTTP\/1\.1 503 /);
});

Deno.test("A misspelt option is refused: errors would go to another log", () => {
  const fetch = () => new Response();
  const make = () =>
    upgradeListener(fetch, webSockets(), { lgo: SILENT } as never);
  assertEquals(
    assertThrows(make, TypeError).message,
    "Cannot make a listener for upgrades with lgo, no such option: did you mean log?",
  );
});

Deno.test("An error of the program is logged, and answered with 500", async () => {
  const logged: string[] = [];
  const log = { ...SILENT, error: (event: string) => void logged.push(event) };
  const fetch = () => Promise.reject(new TypeError("a mistake"));
  const text = await answerOf(fetch, requestOf("/"), { log });
  assertMatch(text, /^HTTP\/1\.1 500 /);
  assertEquals(logged, ["request_failed"]);
});

Deno.test("A client that has gone during the guards is no error, and no connection", async () => {
  await using hub = createHub({ access: "anonymous" });
  const logged: string[] = [];
  const log = { ...SILENT, error: (event: string) => void logged.push(event) };
  const answered = Promise.withResolvers<void>();
  const listener = upgradeListener(
    async (request) => {
      const response = await hub.upgrade(request);
      answered.resolve();
      return response ?? new Response();
    },
    webSockets(false),
    { log },
  );
  const socket = new FakeSocket();
  listener(requestOf("/"), socket, undefined);
  // A reset meanwhile has a listener, without which it would end the process.
  assert(socket.listeners.error !== undefined);
  socket.listeners.error();
  await answered.promise;
  assertEquals([hub.size, logged.length, socket.text], [0, 0, ""]);
});

Deno.test("The body of an answer ends when its client has gone", async () => {
  const socket = new FakeSocket();
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode("one")),
    cancel: () => void (isCancelled = true),
  });
  const listener = upgradeListener(() => new Response(body), webSockets());
  listener(requestOf("/"), socket, undefined);
  await eventually(() => socket.text.endsWith("\r\n\r\none"), AWAITED);
  socket.listeners.close?.();
  await eventually(() => isCancelled, AWAITED);
});
