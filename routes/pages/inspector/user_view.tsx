/** One user: all of their connections, a message to them, and their end. */

import { Name } from "../name.tsx";
import { sendAnswer, type UserAnswer, userAnswer } from "./answers.ts";
import { callApi } from "./api.ts";
import { ConnectionTable } from "./connections_view.tsx";
import { DisconnectForm } from "./disconnect_form.tsx";
import { count } from "./format.ts";
import { JsonForm } from "./json_form.tsx";
import { ChannelLink, Figures, Problem, Title } from "./parts.tsx";
import { useLive } from "./use_live.ts";
import { hrefOf } from "./view.ts";

const PERIOD_MS = 2_000;

/** All of it; without a connection nothing that acts on one. */
export function UserView({ user }: { readonly user: string }) {
  const { value, problem } = useLive(
    user,
    () => callApi("user", { user }, userAnswer),
    PERIOD_MS,
  );
  const connections = value?.connections ?? [];
  return (
    <>
      <Title of="User">
        <Name>{user}</Name>
      </Title>
      <Problem>{problem}</Problem>
      {value && connections.length === 0 && (
        <p role="status" class="lead">
          This user has no connection now.{" "}
          <a href={hrefOf({ kind: "connections" })}>All connections</a>
        </p>
      )}
      {connections.length > 0 && (
        <Connected user={user} connections={connections} />
      )}
    </>
  );
}

function Connected({ user, connections }: {
  readonly user: string;
  readonly connections: UserAnswer["connections"];
}) {
  const channels = new Set(
    connections.flatMap(({ subscriptions }) =>
      subscriptions.map(({ channel }) => channel)
    ),
  );
  return (
    <>
      <Figures
        figures={{
          Connections: count(connections.length),
          Channels: count(channels.size),
        }}
      />
      <ConnectionTable rows={connections} />
      <div class="columns">
        <section>
          <h3>Channels</h3>
          <ul class="present">
            {[...channels].map((channel) => (
              <li key={channel}>
                <ChannelLink channel={channel} />
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h3>Act</h3>
          <JsonForm
            label="Send JSON or text to all of these connections"
            button="Send"
            onSend={async (data) => {
              const body = { user, data };
              const { delivered } = await callApi("send", body, sendAnswer);
              return delivered ? "Sent." : "No connection has received it.";
            }}
          />
          <DisconnectForm of={{ user }} />
        </section>
      </div>
    </>
  );
}
