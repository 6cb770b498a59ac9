/** Live frames of a connection, or events of a channel: begun and ended by a button, at most a few hundred lines. */

import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import { Name } from "../name.tsx";
import type { TracedFrame, TraceLine } from "./answers.ts";
import { followTrace } from "./api.ts";
import { bytes, count } from "./format.ts";
import { sentenceOf } from "./use_live.ts";

/** Lines that are kept. */
const MAX_LINES = 300;

const time = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

interface Shown {
  readonly frames: readonly (TracedFrame & { readonly id: number })[];
  readonly in: number;
  readonly out: number;
  readonly skipped: number;
  /** Reason of the end. */
  readonly end?: string;
}

const NOTHING: Shown = { frames: [], in: 0, out: 0, skipped: 0 };

/** The button, the counts and the lines; `of` names a client or a channel in the API's words. */
export function TraceLog(
  { of }: { readonly of: Readonly<Record<string, string>> },
) {
  const [isOn, setOn] = useState(false);
  const [hasPayloads, setPayloads] = useState(false);
  const body = { ...of, payloads: hasPayloads };
  const shown = useTrace(isOn ? body : undefined, () => setOn(false));
  return (
    <section class="trace">
      <h3>Live {"channel" in of ? "events" : "frames"}</h3>
      <p class="trace-bar">
        <button
          type="button"
          class={isOn ? "" : "primary"}
          onClick={() => setOn(!isOn)}
        >
          {isOn ? "Stop" : "Follow"}
        </button>
        <label class="check">
          <input
            type="checkbox"
            checked={hasPayloads}
            onChange={() => setPayloads(!hasPayloads)}
          />
          payloads
        </label>
        <span class="note">
          {count(shown.in)} in, {count(shown.out)} out, {count(shown.skipped)}
          {" "}
          not listed{shown.end && `; ended: ${shown.end}`}
        </span>
      </p>
      <ol class="frames" aria-label="Frames, the newest first" tabindex={0}>
        {shown.frames.map((frame) => (
          <FrameLine
            key={frame.id}
            frame={frame}
          />
        ))}
      </ol>
    </section>
  );
}

/** Follows a trace while there is one; another body is another trace. */
function useTrace(body: object | undefined, onEnd: () => void): Shown {
  const [shown, setShown] = useState(NOTHING);
  const nextId = useRef(0);
  // As in `useLive`: an effect that comes late would never end.
  useLayoutEffect(() => {
    if (body === undefined) return;
    const abort = new AbortController();
    const { signal } = abort;
    setShown(NOTHING);
    const onLine = (line: TraceLine) =>
      setShown((shown) => addTo(shown, line, nextId));
    const end = (reason: string) => {
      if (signal.aborted) return;
      onEnd();
      setShown((shown) => ({ ...shown, end: shown.end ?? reason }));
    };
    followTrace(body, { onLine, signal }).then(
      () => end("its time is over"),
      (error: unknown) => end(sentenceOf(error)),
    );
    return () => abort.abort();
  }, [JSON.stringify(body)]);
  return shown;
}

function addTo(
  shown: Shown,
  line: TraceLine,
  nextId: { current: number | null },
): Shown {
  const frames = line.frames.map((frame) => {
    const id = nextId.current ?? 0;
    nextId.current = id + 1;
    return { ...frame, id };
  });
  const { ended } = line;
  return {
    frames: [...frames.toReversed(), ...shown.frames].slice(0, MAX_LINES),
    in: shown.in + line.in.frames,
    out: shown.out + line.out.frames,
    skipped: shown.skipped + line.skipped,
    ...ended === undefined
      ? {}
      : { end: `${ended.code} ${ended.reason}`.trim() },
  };
}

function FrameLine({ frame }: { readonly frame: TracedFrame }) {
  const { direction, type, user, offset, text, base64 } = frame;
  const what = [
    type === "publication" ? "" : type,
    offset && `#${offset}`,
    user && `by ${user}`,
  ].filter(Boolean).join(" ");
  return (
    <li class={direction}>
      <time>{time.format(frame.at)}</time>
      <span class="mark" aria-hidden="true">
        {direction === "in" ? "→" : "←"}
      </span>
      <span class="spoken">
        {direction === "in" ? "from the client" : "to the client"}
      </span>
      <span class="size">{bytes(frame.bytes)}</span>
      <code>
        {what && (
          <b>
            <Name>{what}</Name>
          </b>
        )}
        {text === undefined
          ? base64 && `base64 ${base64}`
          : <Name>{text}</Name>}
      </code>
    </li>
  );
}
