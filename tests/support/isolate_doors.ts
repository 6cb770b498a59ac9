/** A door to each isolate of a server: they share one port, and the kernel gives a connection to any of them. */

import { assertEquals } from "@std/assert";
import { API_KEY, callApi } from "../routes/api_server.ts";
import { eventually } from "./eventually.ts";
import { TestServer } from "./server.ts";
import { type Connect, TcpProxy } from "./tcp_proxy.ts";

const MAX_TRIES = 500;
/** Asks for the isolate's name; the second line is none of the protocol, so the stream ends and the connection does not. */
const BODY = '{"id":1,"connect":{}}\nend';
const END = "0\r\n\r\n";

/** A server of several isolates that lets anybody in and has the key of the tests. */
export class IsolateDoors implements AsyncDisposable {
  readonly server: TestServer;
  /** Where each isolate answers HTTP and WebSockets, without a trailing slash. */
  readonly urls: readonly string[];
  readonly #doors: readonly TcpProxy[];

  private constructor(server: TestServer, doors: readonly TcpProxy[]) {
    this.server = server;
    this.#doors = doors;
    this.urls = doors.map(({ url }) => url);
  }

  /** Starts a server, and resolves once each of its isolates knows the others. */
  static async start(
    isolates: number,
    env: Readonly<Record<string, string>> = {},
    main?: string,
  ): Promise<IsolateDoors> {
    const server = await TestServer.start({
      isolates,
      main,
      env: { INSECURE_ANONYMOUS_ALL: "true", API_KEY, ...env },
    });
    try {
      const nodes = await nodesOf(server, isolates);
      const doors = nodes.map((node) =>
        new TcpProxy(server.url, {
          connect: (address) => connectTo(node, address),
        })
      );
      return new IsolateDoors(server, doors);
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** The same doors for WebSockets. */
  get wsUrls(): readonly string[] {
    return this.urls.map((url) => url.replace(/^http/, "ws"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const door of this.#doors) await door[Symbol.asyncDispose]();
    await this.server[Symbol.asyncDispose]();
  }
}

/** The names of all isolates, once they have found each other. */
async function nodesOf(
  server: TestServer,
  isolates: number,
): Promise<readonly string[]> {
  let nodes: string[] = [];
  await eventually(async () => {
    const { status, text } = await callApi(server, "info");
    if (status !== 200) return false;
    const { result } = JSON.parse(text);
    // Until the broker is there, the answer is an error.
    nodes = (result?.nodes ?? []).map(({ uid }: { uid: string }) => uid);
    return nodes.length === isolates;
  }, { awaited: `${isolates} isolates`, timeoutMs: 60_000 });
  assertEquals(new Set(nodes).size, isolates);
  return nodes;
}

/** Connects until it is that isolate which has the connection. */
async function connectTo(
  node: string,
  address: Parameters<Connect>[0],
): Promise<Deno.TcpConn> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const conn = await Deno.connect(address);
    if (await askNode(conn) === node) return conn;
    conn.close();
  }
  throw new Error(`the isolate ${node} gets no connections`);
}

/** Which isolate has a connection; it is as good as new afterwards. */
async function askNode(conn: Deno.TcpConn): Promise<string | undefined> {
  const head = "POST /connection/http_stream HTTP/1.1\r\nHost: localhost\r\n";
  const request = `${head}Content-Length: ${BODY.length}\r\n\r\n${BODY}`;
  await conn.write(new TextEncoder().encode(request));
  const buffer = new Uint8Array(4_096);
  let answer = "";
  while (!answer.endsWith(END)) {
    const count = await conn.read(buffer);
    if (count === null) throw new Error(`no isolate says its name: ${answer}`);
    answer += new TextDecoder().decode(buffer.subarray(0, count));
  }
  return /"node":"([^"]*)"/.exec(answer)?.[1];
}
