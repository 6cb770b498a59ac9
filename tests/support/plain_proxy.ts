/** A proxy as some networks have them: plain HTTP passes, everything else is refused. */

/** Passes requests on to a server; disposing of it closes it. */
export class PlainProxy implements AsyncDisposable {
  /** Paths that were asked for and refused. */
  readonly refused: string[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  /** Refuses upgrades, and whatever lies below the paths of `refuse`. */
  constructor(url: string, refuse: readonly string[] = []) {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      async (request) => {
        const { pathname, search } = new URL(request.url);
        const isRefused = request.headers.has("upgrade") ||
          refuse.some((path) => pathname.startsWith(path));
        if (isRefused) {
          this.refused.push(pathname);
          return new Response("Not in this network.\n", { status: 403 });
        }
        const { method, headers, body, signal } = request;
        const target = `${url}${pathname}${search}`;
        return await fetch(target, { method, headers, body, signal });
      },
    );
  }

  /** Where it listens, without a trailing slash. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}
