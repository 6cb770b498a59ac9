/** A program that embeds a hub, on a free port of this process. */

import type { EmbeddedHub } from "../../lib/embedding/embedded_hub.ts";
import type { ChannelsConfig } from "../../lib/channel/channel_options.ts";
import { deadline } from "./deadline.ts";

/** Answers a request. */
export type Handler = (request: Request) => Response | Promise<Response>;

/** The program; disposing of it drains the hub and ends the server. */
export class EmbeddingServer<Channels extends ChannelsConfig>
  implements AsyncDisposable {
  readonly hub: EmbeddedHub<Channels>;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #stop = new AbortController();

  constructor(hub: EmbeddedHub<Channels>, handler: Handler) {
    this.hub = hub;
    const { signal } = this.#stop;
    this.#server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {}, signal },
      handler,
    );
  }

  /** `127.0.0.1` and the port. */
  get host(): string {
    return `127.0.0.1:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.hub.drain({ spreadMs: 0 });
    // A shutdown would wait for an upgrade whose client has gone.
    this.#stop.abort();
    await deadline(this.#server.finished, { awaited: "the server's end" });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
