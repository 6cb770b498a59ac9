/** Locks of one process, in the hands of a test. */

import type { Locks } from "../../lib/broker/isolates/platform.ts";

interface Request {
  readonly name: string;
  readonly isolate: object;
  grant(): void;
}

/** The locks that all isolates of a process share. */
export class FakeLocks {
  readonly #held = new Map<string, Request>();
  #waiting: Request[] = [];

  /** Requests that wait for a lock. */
  get pending(): number {
    return this.#waiting.length;
  }

  /** The locks as one isolate sees them. */
  of(isolate: object): Locks {
    return {
      request: (name, options, callback) =>
        this.#request({ name, isolate }, options, callback),
      query: () =>
        Promise.resolve({
          held: [...this.#held.keys()].map((name) => ({ name })),
        }),
    };
  }

  /** Takes all that an isolate has or waits for, as when it ends. */
  end(isolate: object): void {
    this.#waiting = this.#waiting.filter((request) =>
      request.isolate !== isolate
    );
    for (const request of [...this.#held.values()]) {
      if (request.isolate === isolate) this.#release(request);
    }
  }

  /** The isolate that has a lock. */
  holderOf(name: string): object | undefined {
    return this.#held.get(name)?.isolate;
  }

  #request<T>(
    { name, isolate }: Pick<Request, "name" | "isolate">,
    { signal, ifAvailable = false }: {
      readonly signal?: AbortSignal;
      readonly ifAvailable?: boolean;
    },
    callback: (lock: unknown) => T | Promise<T>,
  ): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const request: Request = {
      name,
      isolate,
      grant: async () => {
        this.#held.set(name, request);
        try {
          // A platform never calls back before it has returned.
          await Promise.resolve();
          resolve(await callback(request));
        } catch (error) {
          reject(error);
        }
        this.#release(request);
      },
    };
    if (signal?.aborted) reject(signal.reason);
    else if (!this.#held.has(name)) request.grant();
    else if (ifAvailable) Promise.resolve(callback(null)).then(resolve, reject);
    else {
      this.#waiting.push(request);
      signal?.addEventListener("abort", () => {
        this.#waiting = this.#waiting.filter((other) => other !== request);
        reject(signal.reason);
      });
    }
    return promise;
  }

  #release(request: Request): void {
    if (this.#held.get(request.name) !== request) return;
    this.#held.delete(request.name);
    const next = this.#waiting.find(({ name }) => name === request.name);
    if (next === undefined) return;
    this.#waiting = this.#waiting.filter((other) => other !== next);
    next.grant();
  }
}
