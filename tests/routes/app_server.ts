/** The app on a free port of this process, put together as main.ts does, with its log at hand. */

import {
  createTokenVerifier,
  type TokenVerifier,
} from "../../lib/auth/token_verifier.ts";
import { systemClock } from "../../lib/base/clock.ts";
import { loadConfig, routeOptionsOf } from "../../server/config.ts";
import { memoryHub } from "../support/memory_hub.ts";
import { namespacesOf } from "../../lib/channel/channel_options.ts";
import { embedHub } from "../../lib/embedding/embedded_hub.ts";
import { drain } from "../../lib/hub/drain.ts";
import type { Hub } from "../../lib/hub/hub.ts";
import type { HubLimits } from "../../lib/limits/hub_limits.ts";
import { createLog } from "../../lib/base/log.ts";
import { thrum } from "../../routes/mod.ts";
import { deadline } from "../support/deadline.ts";
import { LogLines } from "../support/log_lines.ts";

/** Differences from an app in insecure mode. */
export interface AppServerOptions {
  /** The settings. @default {INSECURE_ANONYMOUS_ALL=true} */
  readonly env?: Readonly<Record<string, string>>;
  /** Bounds that are no settings. */
  readonly limits?: Partial<HubLimits>;
}

const INSECURE = { INSECURE_ANONYMOUS_ALL: "true" };
const SETTLE_MS = 5;

/** A server of the app; disposing of it drains the hub, and waits for its end and for what clients that have gone have begun. */
export class AppServer implements AsyncDisposable {
  readonly hub: Hub;
  readonly log: LogLines = new LogLines();
  /** Every line of the log as it was written, at every level. */
  readonly logText: string[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #stop = new AbortController();
  /** Answers that are being made, and tokens that are being verified, also of clients that have gone. */
  readonly #underWay = new Set<Promise<unknown>>();

  constructor({ env = INSECURE, limits = {} }: AppServerOptions = {}) {
    const config = loadConfig((name) => env[name]);
    const log = createLog({
      level: "debug",
      clock: systemClock,
      write: (_, line) => {
        this.logText.push(line);
        this.log.push(line);
      },
    });
    const core = memoryHub({
      ...config,
      ...limits,
      tokens: this.#watched(createTokenVerifier({
        secret: config.tokenSecret,
        jwksUrl: config.jwksUrl,
        clockToleranceMs: config.tokenClockToleranceMs,
      })),
      namespaces: namespacesOf(config.channels),
      log,
    });
    this.hub = core.hub;
    const app = thrum(embedHub(core), routeOptionsOf(config));
    this.#server = Deno.serve(
      {
        port: 0,
        hostname: "127.0.0.1",
        onListen: () => {},
        signal: this.#stop.signal,
      },
      (request, info) => this.#during(app.fetch(request, info)),
    );
  }

  /** `127.0.0.1` and the port. */
  get host(): string {
    return `127.0.0.1:${this.#server.addr.port}`;
  }

  /** Where it answers HTTP, without a trailing slash. */
  get url(): string {
    return `http://${this.host}`;
  }

  /** Where the text protocol is spoken. */
  get wsUrl(): string {
    return `ws://${this.host}/ws`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await drain(this.hub, { clock: systemClock, spreadMs: 0 });
    // A shutdown would wait for ever for an upgrade whose client has gone.
    this.#stop.abort();
    await deadline(this.#server.finished, { awaited: "the server's end" });
    await deadline(this.#rest(), { awaited: "requests that were under way" });
    // Clients whose requests it has cut off learn of it a moment later.
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  }

  /** The verifier; a frame has its token verified outside of any request. */
  #watched(tokens: TokenVerifier): TokenVerifier {
    return {
      connection: (token) => this.#during(tokens.connection(token)),
      subscription: (token) => this.#during(tokens.subscription(token)),
    };
  }

  async #during<T>(work: T | Promise<T>): Promise<T> {
    if (!(work instanceof Promise)) return work;
    this.#underWay.add(work);
    try {
      return await work;
    } finally {
      this.#underWay.delete(work);
    }
  }

  /** Resolves once nothing is under way; one thing may have begun another. */
  async #rest(): Promise<void> {
    while (this.#underWay.size > 0) {
      await Promise.allSettled(this.#underWay);
    }
  }
}
