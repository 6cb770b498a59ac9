/** A scene with the server API, called as a backend would, without HTTP. */

import {
  DEFAULT_CHANNEL_OPTIONS,
  Namespaces,
} from "../../lib/channel/channel_options.ts";
import type { HubHooks } from "../../lib/hub/hooks.ts";
import {
  createServerApi,
  type TraceLines,
} from "../../lib/server_api/server_api.ts";
import { fakeTokens } from "./fake_tokens.ts";
import { Scene, type SceneOptions } from "./scene.ts";
import { SdkClient } from "./sdk_client.ts";

/** Channels that keep nothing and list nobody: `bare:…`. */
const NAMESPACES = new Namespaces(
  DEFAULT_CHANNEL_OPTIONS,
  new Map([["bare", {
    ...DEFAULT_CHANNEL_OPTIONS,
    presence: false,
    historySize: 0,
    forceRecovery: false,
  }]]),
);

/** A scene whose API is called with values, or with text. */
export class ApiScene extends Scene {
  readonly #call: ReturnType<typeof createServerApi>;

  /** With the application's own procedure, if there is to be one. */
  constructor(options: SceneOptions = {}, onRpc?: HubHooks["onRpc"]) {
    super({ tokens: fakeTokens, namespaces: NAMESPACES, ...options });
    const { core } = this;
    const hooks = { ...core.hooks, onRpc };
    this.#call = createServerApi({ ...core, hooks });
  }

  /** Calls a method; a body that is text is sent as it is. */
  async call(name: string, body: unknown = {}): Promise<unknown> {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const answer = await this.#call(name, text);
    return answer.type === "answer" ? JSON.parse(answer.json) : answer.type;
  }

  /** Begins a trace; fails with the error that the API answers with. */
  async trace(body: object): Promise<TraceLines> {
    const answer = await this.#call("trace", JSON.stringify(body));
    if (answer.type === "lines") return answer.lines;
    throw new Error(answer.type === "answer" ? answer.json : answer.type);
  }

  /** What a method answers with, as it is written. */
  async callRaw(name: string, body: string): Promise<string> {
    const answer = await this.#call(name, body);
    return answer.type === "answer" ? answer.json : answer.type;
  }

  /** Connects the SDK client of a uid. */
  sdk(sub: string): Promise<SdkClient> {
    return SdkClient.connect(this, { claims: { sub } });
  }

  /** Connects an SDK client of bob, and subscribes it. */
  async subscriber(channel = "news"): Promise<SdkClient> {
    const client = await this.sdk("bob");
    await client.ask({ id: 2, subscribe: { channel } });
    return client;
  }
}

/** The code of an answer that is an error, as its digits. */
export function codeOf(answer: unknown): string | undefined {
  return /^\{"error":\{"code":(\d+),/.exec(JSON.stringify(answer))?.[1];
}
