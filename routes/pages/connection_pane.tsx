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
  /** True where everybody may connect, and false where a client needs a token. */
  readonly isOpen: boolean;
}

/** Form of the connection, above its figures. */
export function ConnectionPane(
  { session, uid, isOpen }: ConnectionPaneProps,
) {
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
      {!isOpen && <TokenNotice />}
      <form onSubmit={connect}>
        <Field
          name="url"
          label="URL"
          type="url"
          value={session.ownUrl}
          required
        />
        {isOpen
          ? (
            <div class="pair">
              <Field name="uid" label="uid" value={uid} placeholder="alice" />
              <TokenField label="Token, instead of a uid" />
            </div>
          )
          : <TokenField label="Token" required />}
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

function TokenField(
  props: { readonly label: string; readonly required?: boolean },
) {
  return <Field name="token" type="password" placeholder="JWT" {...props} />;
}

function TokenNotice() {
  return (
    <div class="notice" role="note" aria-label="Access">
      <p>
        <b>This server asks for a token.</b>{" "}
        It names a client and says what it may do. The backend of an app signs
        one for each of its users: paste yours below.
      </p>
      <p>
        Is this server yours? Read how to <a href="docs/tokens">make a token</a>
        {" "}
        with its <code>TOKEN_SECRET</code>. To look around without one, run{" "}
        <code>deno task dev</code> on your own machine.
      </p>
    </div>
  );
}

function transportOf(value: string): Transport {
  return TRANSPORTS.find(([name]) => name === value)?.[0] ?? "websocket";
}
