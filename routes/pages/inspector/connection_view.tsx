/** One connection: what it is, its subscriptions, its frames; a message to it, and its end. */

import { useRef } from "hono/jsx/dom";
import { Name } from "../name.tsx";
import {
  type ConnectionAnswer,
  connectionAnswer,
  doneAnswer,
  sendAnswer,
} from "./answers.ts";
import { callApi } from "./api.ts";
import { bytes, count, duration } from "./format.ts";
import { DisconnectForm } from "./disconnect_form.tsx";
import { JsonForm } from "./json_form.tsx";
import { hrefOf } from "./view.ts";
import {
  ChannelLink,
  Figures,
  Problem,
  SureButton,
  Title,
  UserLink,
} from "./parts.tsx";
import { TraceLog } from "./trace_log.tsx";
import { useLive } from "./use_live.ts";

const PERIOD_MS = 1_000;
/** Code of the API for a connection that is not there. */
const GONE = 404;

/** All of it; without the connection nothing that acts on it. */
export function ConnectionView({ client }: { readonly client: string }) {
  const { value, problem, code } = useLive(
    client,
    () => callApi("connection", { client }, connectionAnswer),
    PERIOD_MS,
  );
  return (
    <>
      <Title of="Connection">
        <Name>{client}</Name>
      </Title>
      {code === GONE
        ? (
          <p role="status" class="lead">
            {value
              ? "This connection has ended."
              : "There is no connection of this id; it may have ended."}{" "}
            <a href={hrefOf({ kind: "connections" })}>All connections</a>
          </p>
        )
        : <Problem>{problem}</Problem>}
      {value && <ConnectionFigures connection={value} />}
      {value && (
        <div class="columns">
          {code !== GONE && <Subscriptions connection={value} />}
          {code !== GONE && <Actions client={client} />}
          <TraceLog of={{ client }} />
        </div>
      )}
    </>
  );
}

function Actions({ client }: { readonly client: string }) {
  return (
    <section>
      <h3>Act</h3>
      <JsonForm
        label="Send JSON or text to this connection"
        button="Send"
        onSend={async (data) => {
          const body = { client, data };
          const { delivered } = await callApi("send", body, sendAnswer);
          return delivered ? "Sent." : "It takes no messages.";
        }}
      />
      <DisconnectForm of={{ client }} />
    </section>
  );
}

function ConnectionFigures(
  { connection }: { readonly connection: ConnectionAnswer },
) {
  const { user, protocol, transport, received, caps } = connection;
  const last = useRef({ at: performance.now(), received, rate: 0 });
  const { current } = last;
  const seconds = (performance.now() - (current?.at ?? 0)) / 1_000;
  if (current !== null && seconds >= 0.8) {
    current.rate = Math.round((received - current.received) / seconds);
    current.at = performance.now();
    current.received = received;
  }
  return (
    <Figures
      figures={{
        User: <UserLink user={user} />,
        Protocol: `${protocol} / ${transport}`,
        Address: connection.address ?? "internal",
        Since: duration(connection.age),
        "Last frame": `${duration(connection.idle)} ago`,
        "Unread bytes": bytes(connection.unsent),
        Frames: count(received),
        "Frames / s": count(current?.rate ?? 0),
        Admitted: connection.admitted ? "yes" : "not yet",
        "Token ends": connection.expires_in === undefined
          ? "never"
          : `in ${duration(connection.expires_in)}`,
        Capabilities: (
          <code>
            <Name>{caps.length ? JSON.stringify(caps) : "none"}</Name>
          </code>
        ),
        Info: (
          <code>
            <Name>{JSON.stringify(connection.info) ?? "none"}</Name>
          </code>
        ),
        Node: <code>{connection.node}</code>,
      }}
    />
  );
}

function Subscriptions(
  { connection: { client, subscriptions } }: {
    readonly connection: ConnectionAnswer;
  },
) {
  return (
    <section>
      <h3>Channels</h3>
      {subscriptions.length === 0
        ? <p class="note">None.</p>
        : (
          <div class="scroll-x" tabindex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Channel</th>
                  <th scope="col">Offset</th>
                  <th scope="col">Kind</th>
                  <th scope="col">Action</th>
                </tr>
              </thead>
              <tbody>
                {subscriptions.map((each) => (
                  <tr key={each.channel}>
                    <th scope="row">
                      <ChannelLink channel={each.channel} />
                    </th>
                    <td>{each.positioned ? count(each.offset) : "none"}</td>
                    <td>
                      {[
                        each.server_side && "by the server",
                        each.token && "by a token",
                        each.delta && "deltas",
                        each.filter && "filtered",
                        each.join_leave && "joins and leaves",
                      ].filter(Boolean).join(", ") || "by the client"}
                    </td>
                    <td>
                      <SureButton
                        label="Unsubscribe"
                        onSure={async () => {
                          const body = { client, channel: each.channel };
                          await callApi("unsubscribe", body, doneAnswer);
                        }}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
    </section>
  );
}
