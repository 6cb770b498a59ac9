/** The app without a network: a test hands it requests, and owns the time. */

import type { Hono } from "hono";
import { embedHub } from "../../lib/embedding/embedded_hub.ts";
import { thrum } from "../../routes/mod.ts";
import { Scene, type SceneOptions } from "../support/scene.ts";

/** A scene with the app around it; anybody may do everything. */
export class FakeApp extends Scene implements AsyncDisposable {
  readonly #app: Hono;

  constructor(options: SceneOptions = {}) {
    super(options);
    this.#app = thrum(embedHub(this.core));
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
