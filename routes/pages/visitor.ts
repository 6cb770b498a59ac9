/** Visitor of the console, as far as the browser remembers one. */

/** Traces of earlier visits. */
interface Memory {
  /** Name in this tab, so that two windows have two names; `undefined` in a new one. */
  readonly uid: string | undefined;
  /** True if the last visit in this browser was connected; `undefined` before the first. */
  readonly connects: boolean | undefined;
}

const UID = "thrum.uid";
const CONNECTS = "thrum.connects";

/** Reads what the browser remembers; nothing where it refuses that together with cookies. */
export function readMemory(): Memory {
  return attempt((): Memory => {
    const connects = localStorage.getItem(CONNECTS);
    return {
      uid: sessionStorage.getItem(UID) ?? undefined,
      connects: connects === null ? undefined : connects === "true",
    };
  }) ?? { uid: undefined, connects: undefined };
}

/** Remembers the name in this tab, and whether to connect at the next visit. */
export function remember(uid: string, connects: boolean): void {
  attempt(() => {
    sessionStorage.setItem(UID, uid);
    localStorage.setItem(CONNECTS, String(connects));
  });
}

function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return undefined;
  }
}
