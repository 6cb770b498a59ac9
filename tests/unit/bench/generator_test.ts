/** The load generator counts by sequence number: a server that loses, swaps, doubles or cuts a delivery fails. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { payloadOf } from "../../../bench/dialects.ts";
import {
  buildGenerator,
  type Load,
  runLoad,
} from "../../../bench/generator.ts";
import { requireTool } from "../../support/requirements.ts";

const cc = requireTool("cc");
const ignore = cc.missing || Deno.build.os !== "linux";
const SUBSCRIBERS = 3;

/** How a server sends a message to its subscribers. */
type Send = (sockets: ReadonlySet<WebSocket>, message: string) => void;

/** A server that fans out by `send`, until it is disposed of. */
function serve(send: Send) {
  const sockets = new Set<WebSocket>();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (
    request,
  ) => {
    const { pathname } = new URL(request.url);
    const { socket, response } = Deno.upgradeWebSocket(request);
    if (pathname === "/subscribe") socket.onopen = () => sockets.add(socket);
    if (pathname === "/echo") {
      socket.onmessage = ({ data }) => send(new Set([socket]), data);
    }
    if (pathname === "/publish") {
      socket.onmessage = ({ data }) => send(sockets, data);
    }
    socket.onclose = () => sockets.delete(socket);
    return response;
  });
  return {
    port: server.addr.port,
    pid: Deno.pid,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

const FANOUT: Load = {
  mode: "fanout",
  connections: SUBSCRIBERS,
  window: 4,
  subscriber: { path: "/subscribe" },
  publisher: { path: "/publish" },
  message: payloadOf(64),
  warmupMs: 0,
  measureMs: 100,
};

function toAll(sockets: ReadonlySet<WebSocket>, message: string): void {
  for (const socket of sockets) socket.send(message);
}

/** Does `deed` instead, once, when that message is due. */
function instead(
  number: number,
  deed: (first: WebSocket, message: string) => void,
): Send {
  return (sockets, message) => {
    const [first, ...others] = sockets;
    if (first === undefined) return; // the run has ended
    toAll(new Set(others), message);
    if (Number(message.slice(1, 9)) === number) deed(first, message);
    else first.send(message);
  };
}

function renumbered(message: string, number: number): string {
  return message.replace(/\d{8}/, String(number).padStart(8, "0"));
}

if (!ignore) await buildGenerator();

Deno.test({
  name: "every delivery is counted, as is the CPU time of the server",
  ignore,
  async fn() {
    let sent = 0;
    await using server = serve((sockets, message) => {
      sent += sockets.size;
      toAll(sockets, message);
    });
    const { values } = await runLoad(FANOUT, server);
    assert(sent > 0 && values.cpuMicros! > 0 && values.p50Ms! > 0);
    assertEquals(values.perFrame, 1);
  },
});

Deno.test({
  name:
    "messages that share a frame, and frames that are cut into packets, are counted",
  ignore,
  async fn() {
    let held: string[] = [];
    await using server = serve((sockets, message) => {
      held.push(`{"data":"${message}${"y".repeat(20_000)}"}`);
      if (held.length < 4) return;
      toAll(sockets, held.join("\n"));
      held = [];
    });
    const { values } = await runLoad(FANOUT, server);
    assertEquals(values.perFrame, 4);
  },
});

for (
  const [deed, send, message] of [
    [
      "loses a delivery",
      instead(5, () => {}),
      "got message 6, and message 5 was due",
    ],
    [
      "swaps two deliveries",
      instead(5, (first, message) => {
        first.send(renumbered(message, 6));
        first.send(message);
      }),
      "got message 6, and message 5 was due",
    ],
    [
      "doubles a delivery",
      instead(5, (first, message) => {
        first.send(message);
        first.send(message);
      }),
      "got message 5, and message 6 was due",
    ],
    [
      "closes a connection",
      instead(5, (first) => first.close(3008, "slow")),
      'with 3008 "slow"',
    ],
    [
      "sends no number",
      instead(5, (first) => first.send("~1234567x")),
      'got "1234567x", expected eight digits',
    ],
  ] as const
) {
  Deno.test({
    name: `a server that ${deed} fails its run`,
    ignore,
    async fn() {
      await using server = serve(send);
      await assertRejects(() => runLoad(FANOUT, server), Error, message);
    },
  });
}

Deno.test({
  name: "the last delivery is missed, too",
  ignore,
  async fn() {
    await using server = serve((sockets, message) => {
      if (!message.startsWith("~00000000")) toAll(sockets, message);
    });
    const load = { ...FANOUT, window: 1, drainMs: 200 };
    await assertRejects(
      () => runLoad(load, server),
      Error,
      "message 0 arrived at 0 of 3 subscribers",
    );
  },
});

Deno.test({
  name: "an echo that comes back to the wrong message fails its run",
  ignore,
  async fn() {
    const load: Load = {
      ...FANOUT,
      mode: "echo",
      subscriber: { path: "/echo" },
    };
    await using server = serve(toAll);
    const { values } = await runLoad(load, server);
    assert(values.rate! > 0);
    await using wrong = serve((sockets, message) =>
      toAll(sockets, renumbered(message, 1))
    );
    await assertRejects(
      () => runLoad(load, wrong),
      Error,
      "got message 1 back, and message 0 was due",
    );
  },
});

/** A server that answers every HTTP request the same. */
function answer(status: number, body: string) {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    async (request) => {
      await request.arrayBuffer();
      return new Response(body, { status });
    },
  );
  return {
    port: server.addr.port,
    pid: Deno.pid,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

const HTTP: Load = {
  mode: "http",
  connections: 2,
  message: "POST / HTTP/1.1\r\nHost: any\r\nContent-Length: 8\r\n\r\n{seq}",
  warmupMs: 0,
  measureMs: 100,
};

Deno.test({
  name: "HTTP requests are counted, and a refused one fails the run",
  ignore,
  async fn() {
    await using good = answer(200, '{"result":{}}');
    const { values } = await runLoad(HTTP, good);
    assert(values.rate! > 0);
    await using refusing = answer(503, "");
    await assertRejects(
      () => runLoad(HTTP, refusing),
      Error,
      "Cannot count an answer: got HTTP/1.1 503",
    );
    await using failing = answer(200, '{"error":{"code":107}}');
    await assertRejects(() => runLoad(HTTP, failing), Error, '"error"');
  },
});

Deno.test({
  name: "a connection counts when its script is through",
  ignore,
  async fn() {
    await using server = serve(toAll);
    const { values } = await runLoad({
      mode: "connect",
      connections: 20,
      window: 4,
      subscriber: { path: "/echo", steps: [{ send: "a" }, { wait: "a" }] },
    }, server);
    assert(values.rate! > 0);
  },
});

/** Notifies all of joins and leaves, but for the first `lost` of a client. */
function notifying(lost: number) {
  const sent = new Map<WebSocket, number>();
  return serve((sockets, message) => {
    for (const socket of sockets) {
      const count = (sent.get(socket) ?? 0) + 1;
      sent.set(socket, count);
      if (count > lost) socket.send(message);
    }
  });
}

const STORM: Load = {
  mode: "storm",
  connections: 8,
  subscriber: { path: "/subscribe" },
  publisher: { path: "/publish" },
  message: '{"join":{}}',
  leave: '{"leave":{}}',
  drainMs: 200,
};

Deno.test({
  name: "every watcher of a storm sees every join and leave, or the run fails",
  ignore,
  async fn() {
    await using server = notifying(0);
    const { values } = await runLoad(STORM, server);
    assert(values.joinMicros! > 0 && values.leaveMicros! > 0);
    await using losing = notifying(1);
    await assertRejects(
      () => runLoad(STORM, losing),
      Error,
      '12 of 16 notices of "join" arrived',
    );
  },
});
