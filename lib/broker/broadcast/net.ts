/** The platform's means between isolates, as far as the broker needs them. */

/** One end of a channel that all isolates can open by its name. */
export interface NetChannel {
  /** Hands a copy of `value` to all others that have opened the name; it may get lost. */
  postMessage(value: unknown): void;
  /** Ends it. */
  close(): void;
}

/** Opens a channel; `receive` is called with what the others post. */
export type OpenChannel = (
  name: string,
  receive: (value: unknown) => void,
) => NetChannel;

/** The platform's locks (`navigator.locks`). */
export interface Locks {
  /** Holds a lock while the promise of `callback` is pending; with `ifAvailable`, there may be none. */
  request<T>(
    name: string,
    options: { readonly signal?: AbortSignal; readonly ifAvailable?: boolean },
    callback: (lock: unknown) => T | Promise<T>,
  ): Promise<T>;
  /** The locks that somebody holds now. */
  query(): Promise<
    { readonly held?: readonly { readonly name?: string }[] }
  >;
}

/** The platform's channels, where there are any. */
export function platformChannels(): OpenChannel | undefined {
  if (!("BroadcastChannel" in globalThis)) return undefined;
  return (name, receive) => {
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }) => receive(data);
    return channel;
  };
}

/** The platform's locks, where there are any. */
export function platformLocks(): Locks | undefined {
  return "locks" in navigator ? navigator.locks : undefined;
}
