/** Left pane: the server and the identity to connect with, and the state of the connection. */

import { Choice, Field, fieldValue } from "./fields.tsx";
import { Readout } from "./readout.tsx";
import { type Session, type Transport, TRANSPORTS } from "./session.ts";
import { useSession } from "./use_session.ts";
import { remember } from "./visitor.ts";

/** Properties of the {@linkcode ConnectionPane}. */
export interface ConnectionPaneProps {
  readonly session: Session;
  /** The uid at first. */
  readonly uid: string;
}

/** Form of the connection, above its figures. */
export function ConnectionPane({ session, uid }: ConnectionPaneProps) {
  const active = useSession(session, ({ client }) => client?.active ?? false);
  const connect = (event: Event) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const form = event.currentTarget;
    remember(fieldValue(form, "uid"), true);
    session.connect({
      url: fieldValue(form, "url"),
      transport: transportOf(fieldValue(form, "transport")),
      uid: fieldValue(form, "uid"),
      token: fieldValue(form, "token"),
    });
  };
  const disconnect = (event: Event) => {
    const { form } = event.currentTarget as HTMLButtonElement;
    if (form) remember(fieldValue(form, "uid"), false);
    session.disconnect();
  };
  return (
    <section class="pane connection" aria-labelledby="connection-heading">
      <h2 id="connection-heading">Connection</h2>
      <form onSubmit={connect}>
        <Field
          name="url"
          label="URL"
          type="url"
          value={session.ownUrl}
          required
        />
        <div class="pair">
          <Field name="uid" label="uid" value={uid} placeholder="alice" />
          <Field
            name="token"
            label="Token, instead of a uid"
            type="password"
            placeholder="JWT"
          />
        </div>
        <Choice name="transport" label="Transport" choices={TRANSPORTS} />
        <p class="actions">
          <button type="submit" class={active ? undefined : "primary"}>
            {active ? "Reconnect" : "Connect"}
          </button>
          <button
            type="button"
            disabled={!active}
            onClick={disconnect}
          >
            Disconnect
          </button>
        </p>
      </form>
      <Readout session={session} />
    </section>
  );
}

function transportOf(value: string): Transport {
  return TRANSPORTS.find(([name]) => name === value)?.[0] ?? "websocket";
}
