/** The app without a network: a test hands it requests, and owns the time. */

import type { Hono } from "hono";
import { createTokenVerifier } from "../../lib/auth/token_verifier.ts";
import { loadConfig } from "../../server/config.ts";
import { createLog } from "../../lib/base/log.ts";
import { createApp } from "../../routes/app.ts";
import { Scene, type SceneOptions } from "../support/scene.ts";

/** A scene with the app around it; anybody may do everything. */
export class FakeApp extends Scene implements AsyncDisposable {
  readonly #app: Hono;

  constructor(options: SceneOptions = {}) {
    super(options);
    const { hub, clock, logs } = this;
    const env: Record<string, string> = { INSECURE_ANONYMOUS_ALL: "true" };
    this.#app = createApp({
      hub,
      config: loadConfig((name) => env[name]),
      tokens: options.tokens ?? createTokenVerifier({}),
      log: createLog({
        level: "debug",
        clock,
        write: (_, line) => logs.push(JSON.parse(line)),
      }),
    });
  }

  /** Answers a request; `info` is passed beside it, as by the server. */
  fetch(
    path: string,
    init: RequestInit = {},
    info: { readonly completed?: Promise<void> } = {},
  ): Promise<Response> {
    const request = new Request(`http://localhost${path}`, init);
    return Promise.resolve(this.#app.fetch(request, info));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.hub.close();
  }
}
