/** A server of its own process with a server API, a backend that has its key, and SDKs with tokens. */

import { Sdk } from "../support/sdk.ts";
import { TestServer } from "../support/server.ts";
import { TextClient } from "../support/text_client.ts";
import { SECRET, signToken } from "../support/token.ts";
import { callApi } from "../routes/api_server.ts";
import { API_KEY } from "../routes/api_server.ts";

/** Such a server, and all that talks to it; disposing of it ends them all. */
export class ApiStage implements AsyncDisposable {
  readonly server: TestServer;
  readonly #stack = new AsyncDisposableStack();

  private constructor(server: TestServer) {
    this.server = this.#stack.use(server);
  }

  /** Starts the server. */
  static async start(): Promise<ApiStage> {
    const env = { HOST: "127.0.0.1", TOKEN_SECRET: SECRET, API_KEY };
    return new ApiStage(await TestServer.start({ env }));
  }

  /** Connects the SDK as a user. */
  async sdk(sub: string): Promise<Sdk> {
    const endpoint = `${this.server.wsUrl}/connection/websocket`;
    const sdk = new Sdk([{ transport: "websocket", endpoint }], {
      getToken: () => signToken({ sub }),
    });
    this.#stack.use(sdk);
    return await sdk.connect();
  }

  /** Connects a text client as a user. */
  async text(sub: string): Promise<TextClient> {
    const token = await signToken({ sub });
    const client = await TextClient.open(`${this.server.wsUrl}/ws`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return this.#stack.use(client);
  }

  /** What a method answers with. */
  async call(method: string, body: object = {}): Promise<unknown> {
    const { status, text } = await callApi(this.server, method, body);
    if (status !== 200) throw new Error(`Cannot ${method}: ${status} ${text}`);
    return JSON.parse(text);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }
}
