/** Clients that connect and stay silent, and handshakes that are never finished, through the proxy of `examples/operations`. */

import { assertEquals } from "@std/assert";
import { readHealth } from "../../e2e/text_server.ts";
import { eventually } from "../../support/eventually.ts";
import { RawSocket } from "../../support/raw_socket.ts";
import { ReverseProxy } from "../../support/reverse_proxy.ts";
import { TestServer } from "../../support/server.ts";
import { TextClient } from "../../support/text_client.ts";
import { SECRET, signToken } from "../../support/token.ts";
import { createTrial, type Figure, type Progress } from "./trial.ts";
import { pause, repeat } from "./wait.ts";

interface Scale {
  /** Clients without a token, and as many handshakes that are never finished. */
  readonly each: number;
  /** Clients with a token that connect meanwhile. */
  readonly legitimate: number;
}

/** As the hub and the proxy have it. */
const CLOSED_WITHIN_MS = 10_000;
/** Both look once in a while only, and this process is late to see it. */
const MARGIN_MS = 1_500;
const STALE = 3502;
const AT_ONCE = 100;
const CONNECTED_PERCENT = 99;

/** Times after which connections ended. */
class Ends {
  readonly times: number[] = [];
  readonly #sockets: RawSocket[] = [];
  readonly #watches: Promise<void>[] = [];

  /** Takes a connection whose end is awaited. */
  watch(socket: RawSocket): void {
    const from = performance.now();
    this.#sockets.push(socket);
    this.#watches.push((async () => {
      for (;;) {
        try {
          await socket.readToEnd();
          break;
        } catch {
          // It is patient for some seconds only, and the connection goes on.
          if (performance.now() - from > 3 * CLOSED_WITHIN_MS) return;
        }
      }
      this.times.push(performance.now() - from);
    })());
  }

  async settle(): Promise<void> {
    await Promise.all(this.#watches);
    await Promise.all(this.#sockets.map((socket) => socket.close()));
  }
}

/** Connects without a token, and answers the close of the server. */
async function openSilent(server: TestServer, ends: number[]): Promise<void> {
  const path = ends.length % 2 === 0 ? "/ws" : "/connection/websocket";
  const client = await TextClient.open(server.wsUrl + path, {
    timeoutMs: 3 * CLOSED_WITHIN_MS,
  });
  const from = performance.now();
  assertEquals((await client.closed).code, STALE);
  ends.push(performance.now() - from);
}

/** Connects with a token through the proxy, now and then. */
async function connectAll(url: string, count: number): Promise<number> {
  let connected = 0;
  await repeat(count, 4, async (index) => {
    try {
      const uid = `user-${index}`;
      const token = await signToken({ sub: uid });
      await using client = await TextClient.open(
        `${url.replace(/^http/, "ws")}/ws`,
        { headers: { Authorization: `Bearer ${token}` } },
      );
      client.send(`${uid}:hello`);
      if (await client.next() === "hello") connected++;
    } catch {
      // It counts as one that did not get in.
    }
    await pause(CLOSED_WITHIN_MS * 0.8 * 4 / count);
  });
  return connected;
}

async function scenario(
  { each, legitimate }: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  await using server = await TestServer.start({
    env: { TOKEN_SECRET: SECRET },
  });
  await using proxy = await ReverseProxy.start(
    "nginx",
    new URL(server.url).host,
    {
      connections: each + 3_000,
    },
  );
  const silentMs: number[] = [];
  const silent: Promise<void>[] = [];
  const halfSent = new Ends();
  const connecting = connectAll(proxy.plainUrl, legitimate);
  await repeat(each, AT_ONCE, async () => {
    silent.push(openSilent(server, silentMs));
    const socket = await RawSocket.connect(proxy.plainUrl);
    await socket.write("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: we");
    halfSent.watch(socket);
  });
  progress(`${each} silent clients, ${each} half handshakes`);
  const connected = await connecting;
  await Promise.all(silent);
  await halfSent.settle();
  await eventually(
    async () => (await readHealth(server)).connections === 0,
    { awaited: "every place to be given back" },
  );
  const atMost = CLOSED_WITHIN_MS + MARGIN_MS;
  return [
    { name: "silent clients closed", value: silentMs.length, atLeast: each },
    {
      name: "last of them after",
      value: Math.max(...silentMs),
      unit: "ms",
      atMost,
    },
    {
      name: "half handshakes closed",
      value: halfSent.times.length,
      atLeast: each,
    },
    {
      name: "last of them after",
      value: Math.max(...halfSent.times),
      unit: "ms",
      atMost,
    },
    {
      name: "legitimate clients that connected meanwhile",
      value: connected / legitimate * 100,
      unit: "%",
      atLeast: CONNECTED_PERCENT,
    },
  ];
}

export const openers = createTrial({
  name: "openers",
  promise: "Silent clients and half handshakes are closed within 10 s",
  needs: ["nginx"],
  scales: {
    ci: { each: 50, legitimate: 40 },
    full: { each: 5_000, legitimate: 400 },
  },
  scenario,
});
