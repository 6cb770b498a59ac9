/** The network of a device, in the hands of a test. */

import type { Network } from "../../lib/client/mod.ts";

/** A network that a test takes away and gives back. */
export class FakeNetwork implements Network {
  online = true;
  /** Who is told. */
  readonly watchers = new Set<(online: boolean) => void>();

  watch(onChange: (online: boolean) => void): () => void {
    this.watchers.add(onChange);
    return () => this.watchers.delete(onChange);
  }

  /** The network is there, or not, from now on. */
  set(online: boolean): void {
    this.online = online;
    for (const watcher of this.watchers) watcher(online);
  }
}
