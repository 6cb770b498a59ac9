/** A text client that had renewed its token by `auth:<new>` came back with the first
 * one, which had expired: it was closed with 3500 for good, and its queued frames
 * were lost. A token is a function now, asked at each connect and before it expires.
 */

import { assert, assertEquals, assertGreaterOrEqual } from "@std/assert";
import {
  httpSocket,
  TextClient,
  type TextClientOptions,
} from "../../lib/client/mod.ts";
import { disconnects } from "../../lib/base/disconnect.ts";
import { AppServer } from "../routes/app_server.ts";
import { eventually } from "../support/eventually.ts";
import { inSeconds, SECRET, signToken } from "../support/token.ts";

const TRANSPORTS = ["websocket", "sse", "poll"] as const;
type Transport = (typeof TRANSPORTS)[number];

const LIFETIME_S = 3;
/** Lifetime of a token that is renewed by hand, which takes seconds on a machine that is busy. */
const LONG_LIFETIME_S = 8;

function shortToken(lifetimeS = LIFETIME_S): Promise<string> {
  const [iat, exp] = [inSeconds(0), inSeconds(lifetimeS)].map(Math.floor);
  return signToken({ sub: "alice", iat, exp });
}

/** A client whose link can be cut, and what it received. */
class Listener implements Disposable {
  readonly received: string[] = [];
  readonly closes: number[] = [];
  readonly client: TextClient;

  constructor(
    url: string,
    transport: Transport,
    options: TextClientOptions,
  ) {
    const sockets = transport === "websocket"
      ? {}
      : { WebSocket: httpSocket(transport) };
    this.client = new TextClient(url, {
      ...sockets,
      minDelayMs: 50,
      maxDelayMs: 100,
      onMessage: (data) => this.received.push(String(data)),
      onClose: ({ code }) => this.closes.push(code),
      ...options,
    });
    this.client.join("room");
    this.client.connect();
  }

  receives(frame: string): Promise<void> {
    return eventually(() => this.received.includes(frame), {
      awaited: () => `${frame} among ${this.received}; closes ${this.closes}`,
    });
  }

  /** A frame of one's own comes back through the server. */
  async proveLink(text: string): Promise<void> {
    this.client.send(`#room:${text}`);
    await this.receives(`#room:${text}`);
  }

  [Symbol.dispose](): void {
    this.client.close();
  }
}

/** Number of the ends by which the server has refused a token; a busy machine may lose the code of one, and the client comes back. */
function refusals(closes: readonly number[]): number {
  // 3005 over HTTP: the token has expired, and the client may bring another.
  return closes.filter((code) => code === 3500 || code === 3005).length;
}

for (const transport of TRANSPORTS) {
  Deno.test(`A text client over ${transport}: a function keeps it connected beyond the end of each token`, async () => {
    await using server = new AppServer({ env: { TOKEN_SECRET: SECRET } });
    let count = 0;
    const token = () => {
      count++;
      return shortToken();
    };
    using alice = new Listener(server.wsUrl, transport, { token });
    await alice.receives("+#room");
    const texts: string[] = [];
    for (let second = 0; second < 2 * LIFETIME_S; second++) {
      await delay(1_000);
      const text = `hello ${second}`;
      texts.push(`#room:${text}`);
      await alice.proveLink(text);
    }
    assertEquals(alice.closes, []);
    // Each publication once, also while one feed replaced the other.
    assertEquals(alice.received, ["+#room", ...texts]);
    assertGreaterOrEqual(count, 3);
  });

  Deno.test(`A text client over ${transport}: comes back with the token that the program has sent, and sends what waited`, async () => {
    await using server = new AppServer({ env: { TOKEN_SECRET: SECRET } });
    const token = await shortToken(LONG_LIFETIME_S);
    using alice = new Listener(server.wsUrl, transport, { token });
    await alice.receives("+#room");
    const newer = await signToken({ sub: "alice", exp: inSeconds(60) });
    assertEquals(alice.client.send(`auth:${newer}`), "sent");
    await alice.proveLink("renewed");
    await delay(LONG_LIFETIME_S * 1_000 + 500);
    await alice.proveLink("still there");
    assertEquals(alice.closes, []);
    // A poll may be under way at this moment.
    await eventually(() => {
      cut(server);
      return alice.client.readyState !== 1;
    }, { awaited: "the link to be cut" });
    alice.client.send("#room:written meanwhile");
    await alice.receives("#room:written meanwhile");
    assert(!alice.closes.includes(3500), `${alice.closes}`);
  });

  Deno.test(`A text client over ${transport}: a refused token of a function is replaced, one of a string is the end`, async () => {
    await using server = new AppServer({ env: { TOKEN_SECRET: SECRET } });
    const good = await signToken({ sub: "alice", exp: inSeconds(60) });
    const ended = await signToken({ sub: "alice", exp: inSeconds(-60) });
    const tokens = [ended, good];
    using alice = new Listener(server.wsUrl, transport, {
      token: () => tokens.shift() ?? good,
    });
    alice.client.send("#room:queued");
    await alice.receives("#room:queued");
    using bob = new Listener(server.wsUrl, transport, { token: ended });
    await eventually(() => !bob.client.active, { awaited: "the end of bob" });
    assertEquals(refusals(bob.closes), 1);
    using carol = new Listener(server.wsUrl, transport, { token: () => ended });
    await eventually(() => !carol.client.active, { awaited: "carol's end" });
    assertEquals(carol.closes.at(-1), 3500);
    assertEquals(refusals(carol.closes), 3);
  });

  Deno.test(`A text client over ${transport}: a function that fails is asked again, and what waits is kept`, async () => {
    await using server = new AppServer({ env: { TOKEN_SECRET: SECRET } });
    const reports: string[] = [];
    const failures: (() => string | Promise<string>)[] = [
      () => {
        throw new Error("thrown");
      },
      () => Promise.reject(new Error("rejected")),
      () => "",
    ];
    using alice = new Listener(server.wsUrl, transport, {
      token: () => failures.shift()?.() ?? shortToken(),
      onTokenError: (error) => reports.push(String(error)),
    });
    alice.client.send("#room:queued");
    await alice.receives("#room:queued");
    assertEquals(reports, [
      "Error: thrown",
      "Error: rejected",
      "TypeError: Cannot take a token from its source: got an empty string, expected a JWT",
    ]);
    assertEquals(alice.closes, [1006, 1006, 1006]);
  });
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Ends every connection of the server; a poll is told, too, that it may come back. */
function cut({ hub }: AppServer): void {
  for (const connection of hub.connections) {
    connection.disconnect(disconnects.expired);
  }
}
