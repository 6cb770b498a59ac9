/** One channel: its options and where they come from, its subscribers, history and events. */

import { useState } from "hono/jsx/dom";
import * as v from "valibot";
import { Name } from "../name.tsx";
import {
  channelAnswer,
  doneAnswer,
  historyAnswer,
  presenceAnswer,
} from "./answers.ts";
import { callApi } from "./api.ts";
import { ConnectionList } from "./connections_view.tsx";
import { count } from "./format.ts";
import { JsonForm } from "./json_form.tsx";
import {
  ConnectionLink,
  Figures,
  OptionsTable,
  Problem,
  SureButton,
  Title,
  UserLink,
} from "./parts.tsx";
import { TraceLog } from "./trace_log.tsx";
import { useLive } from "./use_live.ts";

const PERIOD_MS = 2_000;
const HISTORY_LIMIT = 25;
/** Clients of the presence that are listed. */
const MAX_PRESENT = 100;

/** All of it. */
export function ChannelView({ channel }: { readonly channel: string }) {
  const { value, problem } = useLive(
    channel,
    () => callApi("channel", { channel }, channelAnswer),
    PERIOD_MS,
  );
  const kind = value === undefined
    ? "…"
    : value.private
    ? "private"
    : value.users !== undefined
    ? `for ${value.users.join(", ")}`
    : "open";
  return (
    <>
      <Title of="Channel">
        <Name>{channel}</Name>
      </Title>
      <Problem>{problem}</Problem>
      <Figures
        figures={{
          Subscribers: count(value?.num_clients ?? 0),
          Events: count(value?.delivered ?? 0),
          Kind: <Name>{kind}</Name>,
          Offset: value?.position ? count(value.position.offset) : "none",
          Epoch: <code>{value?.position?.epoch ?? "none"}</code>,
        }}
      />
      <div class="columns">
        <section class="wide">
          <h3>Subscribers</h3>
          <ConnectionList
            query={{ channel }}
            action={({ client }) => (
              <SureButton
                label="Unsubscribe"
                onSure={async () => {
                  const body = { client, channel };
                  await callApi("unsubscribe", body, doneAnswer);
                }}
              />
            )}
          />
        </section>
        <History channel={channel} />
        <section>
          <h3>Options</h3>
          {value && <OptionsTable options={value.options} />}
        </section>
        <Presence channel={channel} />
        <TraceLog of={{ channel }} />
      </div>
    </>
  );
}

function History({ channel }: { readonly channel: string }) {
  const { value, problem, reload } = useLive(
    channel,
    () =>
      callApi(
        "history",
        { channel, limit: HISTORY_LIMIT, reverse: true },
        historyAnswer,
      ),
    PERIOD_MS,
  );
  const [isFolded, setFolded] = useState(true);
  return (
    <section>
      <h3>History</h3>
      <JsonForm
        label="Publish JSON or text"
        button="Publish"
        onSend={async (data) => {
          const position = v.object({ offset: v.optional(v.number()) });
          const answer = await callApi("publish", { channel, data }, position);
          reload();
          return `Published${answer.offset ? ` as #${answer.offset}` : ""}.`;
        }}
      />
      <Problem>{problem}</Problem>
      {value && (
        <>
          <ol class="frames" aria-label="Publications, the newest first">
            {value.publications.map(({ offset = 0, data, info }) => (
              <li key={offset}>
                <span class="size">#{offset}</span>
                <code>
                  {info?.user && (
                    <b>
                      by <Name>{info.user}</Name>
                    </b>
                  )}
                  <Name>{shorten(JSON.stringify(data), isFolded)}</Name>
                </code>
              </li>
            ))}
          </ol>
          <p class="trace-bar">
            <button type="button" onClick={() => setFolded(!isFolded)}>
              {isFolded ? "Show all of each" : "Show less"}
            </button>
            <SureButton
              label="Drop the history"
              onSure={async () => {
                await callApi("history_remove", { channel }, doneAnswer);
                reload();
              }}
            />
          </p>
        </>
      )}
    </section>
  );
}

function shorten(text: string, isFolded: boolean): string {
  return isFolded && text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

function Presence({ channel }: { readonly channel: string }) {
  const { value, problem } = useLive(
    channel,
    () => callApi("presence", { channel }, presenceAnswer),
    PERIOD_MS * 2,
  );
  const clients = Object.values(value?.presence ?? {});
  return (
    <section class="wide">
      <h3>Presence</h3>
      <Problem>{problem}</Problem>
      <p class="note">
        {count(clients.length)} clients,{" "}
        {count(new Set(clients.map(({ user }) => user)).size)} users
      </p>
      <ul class="present">
        {clients.slice(0, MAX_PRESENT).map(({ client, user }) => (
          <li key={client}>
            <UserLink user={user} /> <ConnectionLink client={client} />
          </li>
        ))}
      </ul>
    </section>
  );
}
