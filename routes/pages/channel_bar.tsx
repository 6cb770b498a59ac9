/** Channels that the page has joined, with a form to join another. */

import { Field, fieldValue } from "./fields.tsx";
import { Name, visibleName } from "./name.tsx";
import type { Session } from "./session.ts";
import { useSession } from "./use_session.ts";

/** A button for every channel, and a form to join another. */
export function ChannelBar({ session }: { readonly session: Session }) {
  const channels = useSession(session, ({ channels }) => channels);
  const join = (event: Event) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const channel = fieldValue(event.currentTarget, "channel");
    session.join(channel.replace(/^#/, ""));
    event.currentTarget.reset();
  };
  return (
    <div class="channels">
      <ul aria-label="Channels joined">
        {channels.map((channel) => (
          <li key={channel} title={visibleName(channel)}>
            <Name>{`#${channel}`}</Name>
            <button
              type="button"
              aria-label={`Leave #${visibleName(channel)}`}
              onClick={() =>
                session.leave(channel)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <form onSubmit={join}>
        <Field name="channel" label="Channel" placeholder="#room" required />
        <button type="submit">Join</button>
      </form>
    </div>
  );
}
