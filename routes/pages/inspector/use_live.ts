/** Hooks of values that follow the server, while the page is seen. */

import { useEffect, useLayoutEffect, useState } from "hono/jsx/dom";
import { systemClock } from "../../../lib/base/clock.ts";
import { ApiError } from "./api.ts";

/** A value that is loaded again and again. */
export interface Live<T> {
  /** The newest value; `undefined` until the first one. */
  readonly value: T | undefined;
  /** Reason why the last attempt has failed. */
  readonly problem: string | undefined;
  /** Code of the API for that reason; `undefined` where the API gave no code. */
  readonly code: number | undefined;
  /** Loads it now. */
  readonly reload: () => void;
}

/** Loads a value every `periodMs` while the page is seen; another `key` is another value. */
export function useLive<T>(
  key: string,
  load: () => Promise<T>,
  periodMs: number,
): Live<T> {
  const [state, setState] = useState<
    { readonly key: string; readonly value?: T; readonly error?: unknown }
  >({ key });
  const [round, setRound] = useState(0);
  // hono/jsx runs an effect even if the component has gone before the next frame, and never ends that one.
  useLayoutEffect(() => {
    let cancel: (() => void) | undefined;
    let isOver = false;
    const again = () => {
      if (!isOver) cancel = systemClock.after(periodMs, attempt);
    };
    const attempt = () => {
      if (document.hidden) return again();
      load().then(
        (value) => isOver || setState({ key, value }),
        (error: unknown) =>
          isOver || setState((known) => ({ ...known, key, error })),
      ).then(again);
    };
    attempt();
    return () => {
      isOver = true;
      cancel?.();
    };
  }, [key, round]);
  const { value, error }: Pick<typeof state, "value" | "error"> =
    state.key === key ? state : {};
  return {
    value,
    problem: error === undefined ? undefined : sentenceOf(error),
    code: error instanceof ApiError ? error.code : undefined,
    reload: () => setRound((round) => round + 1),
  };
}

/** Text of an error for the operator. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A text that settles: the last one, once it has not changed for a moment. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => systemClock.after(250, () => setSettled(text)), [text]);
  return settled;
}
