/** Means between isolates that the platform may have: channels and locks. */

/** One end of a channel, which all isolates can open by its name. */
export interface NetChannel {
  /** Hands a copy of `value` to all others that have opened the name; it may be lost. */
  postMessage(value: unknown): void;
  /** Ends it. */
  close(): void;
}

/** Opens a channel; `receive` is called with the posts of the others. */
export type OpenChannel = (
  name: string,
  receive: (value: unknown) => void,
) => NetChannel;

/** The platform's locks (`navigator.locks`). */
export interface Locks {
  /** Holds a lock while the promise of `callback` is pending; with `ifAvailable` the lock may be `null`. */
  request<T>(
    name: string,
    options: { readonly signal?: AbortSignal; readonly ifAvailable?: boolean },
    callback: (lock: unknown) => T | Promise<T>,
  ): Promise<T>;
  /** Names of the locks that are held now. */
  query(): Promise<
    { readonly held?: readonly { readonly name?: string }[] }
  >;
}

/** Returns a function that opens `BroadcastChannel`s, if the platform has them. */
export function platformChannels(): OpenChannel | undefined {
  if (!("BroadcastChannel" in globalThis)) return undefined;
  return (name, receive) => {
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }) => receive(data);
    return channel;
  };
}

/** Returns the platform's locks, if it has them. */
export function platformLocks(): Locks | undefined {
  // Node 20 has no navigator, and Deno's own types have no locks.
  const { navigator }: { readonly navigator?: object } = globalThis;
  const platform: { readonly locks?: Locks } | undefined = navigator;
  return platform?.locks;
}
