/** Right pane: the channels, the log of frames, and the form for a message. */

import { ChannelBar } from "./channel_bar.tsx";
import { Composer } from "./composer.tsx";
import { FrameLog } from "./frame_log.tsx";
import type { Session } from "./session.ts";
import { useSession } from "./use_session.ts";

/** Conversation, with a button that empties the log. */
export function ConversationPane({ session }: { readonly session: Session }) {
  const empty = useSession(session, ({ rows }) => rows.length === 0);
  return (
    <section class="pane conversation" aria-labelledby="conversation-heading">
      <div class="heading">
        <h2 id="conversation-heading">Conversation</h2>
        <button
          type="button"
          class="quiet"
          disabled={empty}
          onClick={() =>
            session.clear()}
        >
          Clear
        </button>
      </div>
      <ChannelBar session={session} />
      <FrameLog session={session} />
      <Composer session={session} />
    </section>
  );
}
