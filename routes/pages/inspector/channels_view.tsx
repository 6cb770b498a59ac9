/** Channels of all nodes: searched, sorted, by pages. */

import { useState } from "hono/jsx/dom";
import type { CHANNEL_SORTS } from "../../../lib/node_calls/inspection_call.ts";
import { type ChannelRow, channelsAnswer } from "./answers.ts";
import { callApi } from "./api.ts";
import { count } from "./format.ts";
import { ChannelLink, ListBar, Pager, Problem, Title } from "./parts.tsx";
import { useLive, useSettled } from "./use_live.ts";

const LIMIT = 50;
const PERIOD_MS = 2_000;

type Sort = typeof CHANNEL_SORTS[number];

const SORTS: readonly (readonly [Sort, string])[] = [
  ["clients", "subscribers"],
  ["rate", "events in a second"],
  ["name", "name"],
];

/** The list with its search. */
export function ChannelsView() {
  const [typed, setTyped] = useState("");
  const [sort, setSort] = useState<Sort>("clients");
  const [offset, setOffset] = useState(0);
  const search = useSettled(typed);
  const body = { search, sort, offset, limit: LIMIT };
  const { value, problem } = useLive(
    JSON.stringify(body),
    () => callApi("channels_page", body, channelsAnswer),
    PERIOD_MS,
  );
  return (
    <>
      <Title>Channels</Title>
      <ListBar
        label="Search for a part of the name"
        sorts={SORTS}
        sort={sort}
        onSearch={(text) => {
          setTyped(text);
          setOffset(0);
        }}
        onSort={(sort) => {
          setSort(sort);
          setOffset(0);
        }}
      />
      <Problem>{problem}</Problem>
      <div class="scroll-x" tabindex={0}>
        <table class="list">
          <thead>
            <tr>
              <th scope="col">Channel</th>
              <th scope="col" class="number">Subscribers</th>
              <th scope="col" class="number">Events</th>
              <th scope="col" class="number">Events / s</th>
            </tr>
          </thead>
          <tbody>
            {(value?.channels ?? []).map((row) => (
              <Row key={row.channel} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager
        offset={offset}
        limit={LIMIT}
        found={value?.found ?? 0}
        onMove={setOffset}
      />
    </>
  );
}

function Row({ row }: { readonly row: ChannelRow }) {
  return (
    <tr>
      <th scope="row">
        <ChannelLink channel={row.channel} />
      </th>
      <td class="number">{count(row.num_clients)}</td>
      <td class="number">{count(row.delivered)}</td>
      <td class="number">{row.rate === undefined ? "" : count(row.rate)}</td>
    </tr>
  );
}
