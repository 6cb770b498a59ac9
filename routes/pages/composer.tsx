/** Form for one message and its recipient. */

import { Field, fieldValue } from "./fields.tsx";
import type { Session } from "./session.ts";
import { useSession } from "./use_session.ts";

/** One line of input; Enter sends it. */
export function Composer({ session }: { readonly session: Session }) {
  const channels = useSession(session, ({ channels }) => channels);
  const send = (event: Event) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const form = event.currentTarget;
    const message = form.elements.namedItem("message");
    if (!(message instanceof HTMLInputElement)) return;
    session.send(fieldValue(form, "to"), message.value);
    message.value = "";
    message.focus();
  };
  return (
    <form class="composer" onSubmit={send}>
      <Field
        name="to"
        label="To"
        value="all"
        placeholder="uid, all or #channel"
        suggestions={["all", ...channels.map((name) => `#${name}`)]}
        required
      />
      <Field name="message" label="Message" required />
      <button type="submit" class="primary">Send</button>
    </form>
  );
}
