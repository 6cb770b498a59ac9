/** Hooks that let components follow the session and the time. */

import {
  useCallback,
  useEffect,
  useState,
  useSyncExternalStore,
} from "hono/jsx/dom";
import { systemClock } from "../../lib/base/clock.ts";
import type { Session } from "./session.ts";

/** Reads a value from the session by `select`; the component renders again when it changes. */
export function useSession<T>(
  session: Session,
  select: (session: Session) => T,
): T {
  const subscribe = useCallback(
    (listener: () => void) => session.subscribe(listener),
    [session],
  );
  return useSyncExternalStore(subscribe, () => select(session));
}

/** Reads the time in milliseconds since 1970; the component renders again every `periodMs`. */
export function useNow(periodMs: number): number {
  const [now, setNow] = useState(systemClock.wallTime);
  useEffect(
    () => systemClock.every(periodMs, () => setNow(systemClock.wallTime)),
    [periodMs],
  );
  return now;
}
