/** Log of frames, newest at the bottom. */

import { memo, useLayoutEffect, useRef } from "hono/jsx/dom";
import { frameParts, type Row } from "./frame_rows.ts";
import { Name } from "./name.tsx";
import type { Session } from "./session.ts";
import { useSession } from "./use_session.ts";

const MARKS = { in: "←", out: "→", note: "·" } as const;
const SPOKEN = { in: "received", out: "sent", note: "note" } as const;

/** Pixels from the end within which the log scrolls to a new frame. */
const FOLLOW_PX = 40;

const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** Every frame with its direction and time. */
export function FrameLog({ session }: { readonly session: Session }) {
  const rows = useSession(session, ({ rows }) => rows);
  const view = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const onScroll = () => {
    const { current } = view;
    if (!current) return;
    const { scrollTop, scrollHeight, clientHeight } = current;
    following.current = scrollHeight - scrollTop - clientHeight < FOLLOW_PX;
  };
  useLayoutEffect(() => {
    const { current } = view;
    if (current && following.current) current.scrollTop = current.scrollHeight;
  }, [rows]);
  return (
    <div class="log">
      <div
        ref={view}
        class="scroll"
        role="log"
        aria-live="polite"
        aria-label="Frames"
        tabindex={0}
        onScroll={onScroll}
      >
        <ol>
          {rows.map((row) => <FrameRow key={row.id} row={row} />)}
        </ol>
      </div>
      {rows.length === 0 && <p class="empty">{session.firstStep}</p>}
    </div>
  );
}

const FrameRow = memo(function FrameRow({ row }: { readonly row: Row }) {
  const { tone, address, body } = frameParts(row);
  return (
    <li class={`${row.kind} ${tone}`}>
      <time>{time.format(row.time)}</time>
      <span class="mark" aria-hidden="true">{MARKS[row.kind]}</span>
      <span class="spoken">{SPOKEN[row.kind]}</span>
      <code>
        {address && (
          <b>
            <Name>{address}</Name>
          </b>
        )}
        {tone === "control" ? <Name>{body}</Name> : body}
      </code>
    </li>
  );
});
