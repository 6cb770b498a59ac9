/** The network port: the client learns from it when the device goes offline and online. */

/**
 * State of the device's network. A device may be wrong about it: a connection is closed
 * only when it does not answer either, and then the client waits for the network.
 */
export interface Network {
  /** False only when there is certainly no network. */
  readonly online: boolean;
  /** Calls back at every change; the returned function stops it. */
  watch(onChange: (online: boolean) => void): () => void;
}

/**
 * Reads `navigator.onLine` and the `online` and `offline` events of `target`. Where
 * there are no such events, as on Node, nothing ever changes.
 */
export function deviceNetwork(
  target: Partial<EventTarget> = globalThis,
): Network {
  return {
    get online() {
      // Deno's own types have no such property.
      const { navigator }: { readonly navigator?: object } = globalThis;
      const device: { readonly onLine?: boolean } | undefined = navigator;
      return device?.onLine !== false;
    },
    watch(onChange) {
      const onOnline = () => onChange(true);
      const onOffline = () => onChange(false);
      target.addEventListener?.("online", onOnline);
      target.addEventListener?.("offline", onOffline);
      return () => {
        target.removeEventListener?.("online", onOnline);
        target.removeEventListener?.("offline", onOffline);
      };
    },
  };
}
