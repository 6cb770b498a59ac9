/** The app without a network: a test hands it requests, and owns the time. */

import type { Hono } from "hono";
import { embedHub } from "../../lib/embedding/embedded_hub.ts";
import { thrum } from "../../routes/mod.ts";
import { Scene, type SceneOptions } from "../support/scene.ts";

/** A scene, and the proxies that the app trusts. */
export interface FakeAppOptions extends SceneOptions {
  readonly trustedProxies?: readonly string[];
}

/** What a server passes beside a request. */
export interface RequestInfo {
  readonly completed?: Promise<void>;
  readonly remoteAddr?: { readonly hostname: string };
}

/** A scene with the app around it; anybody may do everything. */
export class FakeApp extends Scene implements AsyncDisposable {
  readonly #app: Hono;

  constructor({ trustedProxies, ...options }: FakeAppOptions = {}) {
    super(options);
    this.#app = thrum(embedHub(this.core), { trustedProxies });
  }

  /** Answers a request; `info` is passed beside it, as by the server. */
  fetch(
    path: string,
    init: RequestInit = {},
    info: RequestInfo = {},
  ): Promise<Response> {
    const request = new Request(`http://localhost${path}`, init);
    return Promise.resolve(this.#app.fetch(request, info));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.hub.close();
  }
}
