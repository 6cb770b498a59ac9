/** A TCP proxy in front of a server, so that a test can cut connections as a network would. */

/** Connects to what the proxy stands in front of. */
export type Connect = (
  options: { readonly hostname: string; readonly port: number },
) => Promise<Deno.TcpConn>;

/** Where a proxy listens, and how it connects. */
export interface TcpProxyOptions {
  /** @default {"127.0.0.1"} */
  readonly hostname?: string;
  /** @default {a free one} */
  readonly port?: number;
  /** @default {Deno.connect} */
  readonly connect?: Connect;
}

/** Passes bytes on, until it is told to cut; disposing of it closes everything. */
export class TcpProxy implements AsyncDisposable {
  readonly #target: URL;
  readonly #dial: Connect;
  readonly #listener: Deno.TcpListener;
  readonly #conns = new Set<Deno.TcpConn>();
  readonly #serving: Promise<void>;
  readonly #passing = new Set<Promise<void>>();
  #isUp = true;
  /** Milliseconds that bytes take longer, in each direction. */
  delayMs = 0;
  #thaw: PromiseWithResolvers<void> | undefined;
  /** Bytes that were passed on to clients so far. */
  bytesToClients = 0;

  /** Listens for what is meant for the host of `url`. */
  constructor(
    url: string,
    { hostname = "127.0.0.1", port = 0, connect = Deno.connect }:
      TcpProxyOptions = {},
  ) {
    this.#target = new URL(url);
    this.#dial = connect;
    this.#listener = Deno.listen({ hostname, port });
    this.#serving = this.#serve();
  }

  /**
   * Listens on the port of the server, at another address of this machine: who comes by
   * the proxy and is told another server's port alone stays behind proxies.
   */
  static beside(url: string, hostname = "127.0.0.2"): TcpProxy {
    return new TcpProxy(url, { hostname, port: Number(new URL(url).port) });
  }

  /** Where it listens, as an `http:` URL without a trailing slash. */
  get url(): string {
    const { hostname, port } = this.#listener.addr;
    return `http://${hostname}:${port}`;
  }

  /** The URL of what it stands in front of, with its own address. */
  get targetUrl(): string {
    const { host, href } = this.#target;
    return href.replace(host, new URL(this.url).host);
  }

  /** Connections that are open now, each counted on both sides. */
  get size(): number {
    return this.#conns.size;
  }

  /** Drops every connection without a word, and takes no other until {@linkcode restore}. */
  cut(): void {
    this.#isUp = false;
    for (const conn of this.#conns) this.#close(conn);
  }

  /** Passes nothing on until {@linkcode restore}, and closes nothing: a network without a way through. */
  freeze(): void {
    this.#thaw ??= Promise.withResolvers();
  }

  /** Takes connections again, and passes on what has waited. */
  restore(): void {
    this.#isUp = true;
    this.#thaw?.resolve();
    this.#thaw = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    this.#thaw?.resolve();
    this.#listener.close();
    await this.#serving;
    await Promise.all(this.#passing);
  }

  async #serve(): Promise<void> {
    for await (const client of this.#listener) {
      if (!this.#isUp) {
        client.close();
        continue;
      }
      const passing = this.#connect(client);
      this.#passing.add(passing);
      passing.finally(() => this.#passing.delete(passing));
    }
  }

  async #connect(client: Deno.TcpConn): Promise<void> {
    this.#conns.add(client);
    // Or a small message waits 40 ms, until the one before it is acknowledged.
    client.setNoDelay();
    const { hostname, port } = this.#target;
    const server = await this.#tryDial({ hostname, port: Number(port) });
    if (server === undefined) return this.#close(client);
    this.#conns.add(server);
    server.setNoDelay();
    if (!this.#isUp) this.#close(client);
    await Promise.all([
      this.#pass(client, server),
      this.#pass(server, client, (count) => this.bytesToClients += count),
    ]);
  }

  /** `undefined` where the server is not there any more. */
  async #tryDial(
    address: Parameters<Connect>[0],
  ): Promise<Deno.TcpConn | undefined> {
    try {
      return await this.#dial(address);
    } catch {
      return undefined;
    }
  }

  /** Copies until one side ends, and then ends the other. */
  async #pass(
    from: Deno.TcpConn,
    to: Deno.TcpConn,
    onPassed?: (count: number) => void,
  ): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    try {
      for (let count; (count = await from.read(buffer)) !== null;) {
        if (this.delayMs > 0) {
          await new Promise((resolve) => setTimeout(resolve, this.delayMs));
        }
        await this.#thaw?.promise;
        let rest = buffer.subarray(0, count);
        while (rest.length > 0) rest = rest.subarray(await to.write(rest));
        onPassed?.(count);
      }
    } catch {
      // Whatever ended one side of a connection ends the other.
    } finally {
      this.#close(from);
      this.#close(to);
    }
  }

  #close(conn: Deno.TcpConn): void {
    if (this.#conns.delete(conn)) conn.close();
  }
}
