/** What every scenario of the SDK plays on: a server, a network that can be cut, and users. */

import type { Options, TransportEndpoint } from "centrifuge";
import type { JWTPayload } from "jose";
import { isReady } from "../support/broker_nodes.ts";
import { Sdk } from "../support/sdk.ts";
import { TestServer } from "../support/server.ts";
import type { BrokerAddress } from "../support/shared_broker.ts";
import { TcpProxy } from "../support/tcp_proxy.ts";
import { SECRET, signToken } from "../support/token.ts";

/** How the SDK reaches the server. */
export interface SdkTransport {
  /** What to try, at a server's URL. */
  readonly endpoints: (url: string) => TransportEndpoint[];
  /** Options of the client that the transport needs. */
  readonly options?: (url: string) => Partial<Options>;
  /** Settings of the server. */
  readonly env?: Readonly<Record<string, string>>;
  /** Isolates of the server. @default {1} */
  readonly isolates?: number;
  /** Starts what the server has for its broker. @default {none} */
  readonly broker?: () => Promise<BrokerAddress>;
  /** Encoding of commands and replies. @default {"json"} */
  readonly codec?: "json" | "protobuf";
}

/** The key of the server API. */
export const API_KEY = "a key for testing";

const CONFIG = {
  channels: {
    namespaces: {
      cache: { recoveryMode: "cache" },
      auto: { recoveryMode: "cache", autoCacheRecover: true },
      fossil: { delta: ["fossil"] },
      answer: {
        recoveryMode: "cache",
        autoCacheRecover: true,
        delta: ["fossil"],
      },
      tags: { tagsFilter: true },
      locked: { allow: [] },
      read: { allow: ["subscribe"] },
      bare: { historySize: 0, presence: false, joinLeave: false },
    },
  },
};

/** A scenario's server and its users; disposing of it ends them all. */
export class SdkStage implements AsyncDisposable {
  readonly server: TestServer;
  readonly network: TcpProxy;
  readonly #transport: SdkTransport;
  readonly #configPath: string;
  readonly #broker: BrokerAddress | undefined;
  readonly #users: Sdk[] = [];

  private constructor(
    server: TestServer,
    transport: SdkTransport,
    { configPath, broker }: {
      readonly configPath: string;
      readonly broker: BrokerAddress | undefined;
    },
  ) {
    this.server = server;
    this.network = new TcpProxy(server.url);
    this.#transport = transport;
    this.#configPath = configPath;
    this.#broker = broker;
  }

  /** Starts a server that wants tokens, unless `env` says otherwise. */
  static async start(
    transport: SdkTransport,
    env: Readonly<Record<string, string>> = {},
  ): Promise<SdkStage> {
    const path = await Deno.makeTempFile({ suffix: ".json" });
    await Deno.writeTextFile(path, JSON.stringify(CONFIG));
    const broker = await transport.broker?.();
    const server = await TestServer.start({
      isolates: transport.isolates,
      permissions: [
        "--allow-net",
        "--allow-env",
        `--allow-read=routes/pages,${path}`,
      ],

      env: {
        HOST: "127.0.0.1",
        TOKEN_SECRET: SECRET,
        DIRECT_MESSAGES: "all",
        CONFIG: path,
        API_KEY,
        LOG_LEVEL: "debug",
        ...broker && { BROKER_URL: broker.url },
        ...transport.env,
        ...env,
      },
    });
    await isReady(server);
    return new SdkStage(server, transport, { configPath: path, broker });
  }

  /** A client with these options, not yet connected. */
  client(options: Partial<Options> = {}): Sdk {
    const { url } = this.network;
    const { endpoints, options: own, codec } = this.#transport;
    const all = { ...own?.(url), ...options };
    const sdk = new Sdk(endpoints(url), all, codec);
    this.#users.push(sdk);
    return sdk;
  }

  /** A connected user with a token of these claims. */
  async user(sub: string, claims: JWTPayload = {}): Promise<Sdk> {
    const token = await signToken({ sub, ...claims });
    return await this.client({ token }).connect();
  }

  /** Calls the server API. */
  async api(method: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${this.server.url}/api/${method}`, {
      method: "POST",
      headers: { "X-API-Key": API_KEY, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return await response.json();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const user of this.#users) user[Symbol.dispose]();
    await this.network[Symbol.asyncDispose]();
    await this.server[Symbol.asyncDispose]();
    await this.#broker?.[Symbol.asyncDispose]();
    await Deno.remove(this.#configPath);
  }
}

/** What is special about a scenario. */
export interface ScenarioOptions {
  /** Settings of its server. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Whether the transport has a part in it: frames in order, replies to commands, the
   * ends of a connection. It is played over every transport, others over one alone.
   * @default {false}
   */
  readonly everyTransport?: boolean;
}

/** Declares a scenario. */
export type Scenario = (
  sentence: string,
  play: (stage: SdkStage) => Promise<void>,
  options?: ScenarioOptions,
) => void;
