/** Whether the device believes that it has a network, and when that changes. */

/** Tells the client when to stop trying and when to try again at once. */
export interface Network {
  /** False only when there is certainly no network. */
  readonly online: boolean;
  /** Calls back at every change; the returned function stops it. */
  watch(onChange: (online: boolean) => void): () => void;
}

/** The network as `navigator.onLine` and the `online` and `offline` events of `target` tell it. */
export function deviceNetwork(target: EventTarget = globalThis): Network {
  return {
    get online() {
      return globalThis.navigator?.onLine !== false;
    },
    watch(onChange) {
      const onOnline = () => onChange(true);
      const onOffline = () => onChange(false);
      target.addEventListener("online", onOnline);
      target.addEventListener("offline", onOffline);
      return () => {
        target.removeEventListener("online", onOnline);
        target.removeEventListener("offline", onOffline);
      };
    },
  };
}
