/** Connections of all nodes: searched, sorted, by pages. */

import { useRef, useState } from "hono/jsx/dom";
import type { CONNECTION_SORTS } from "../../../lib/node_calls/inspection_call.ts";
import { type ConnectionRow, connectionsAnswer } from "./answers.ts";
import { callApi } from "./api.ts";
import { bytes, count, duration, shortId } from "./format.ts";
import {
  ConnectionLink,
  ListBar,
  Pager,
  Problem,
  Title,
  UserLink,
} from "./parts.tsx";
import { useLive, useSettled } from "./use_live.ts";

const LIMIT = 50;
const PERIOD_MS = 2_000;
/** Least time of a rate. */
const LEAST_SECONDS = 0.5;

type Sort = typeof CONNECTION_SORTS[number];

const SORTS: readonly (readonly [Sort, string])[] = [
  ["rate", "frames in a second"],
  ["received", "frames received"],
  ["unsent", "unread bytes"],
  ["channels", "number of channels"],
  ["idle", "time without a frame"],
  ["since", "newest"],
  ["user", "uid"],
];

/** The list with its search. */
export function ConnectionsView() {
  return (
    <>
      <Title>Connections and users</Title>
      <ConnectionList query={{}} />
    </>
  );
}

/** Connections that fit a query, such as those of a channel. */
export function ConnectionList({ query, action }: {
  readonly query: Readonly<Record<string, string>>;
  /** Cell behind each connection. */
  readonly action?: (row: ConnectionRow) => unknown;
}) {
  const [typed, setTyped] = useState("");
  const [sort, setSort] = useState<Sort>("rate");
  const [offset, setOffset] = useState(0);
  const search = useSettled(typed);
  const body = { ...query, search, sort, offset, limit: LIMIT };
  const { value, problem } = useLive(
    JSON.stringify(body),
    () => callApi("connections", body, connectionsAnswer),
    PERIOD_MS,
  );
  return (
    <>
      <ListBar
        label="Search for a uid, an id or an address"
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
      <ConnectionTable rows={value?.connections ?? []} action={action} />
      <Pager
        offset={offset}
        limit={LIMIT}
        found={value?.found ?? 0}
        onMove={setOffset}
      />
    </>
  );
}

interface Reading {
  readonly at: number;
  readonly received: number;
}

/** Rows of connections, each with the rate since the last look where none was counted. */
export function ConnectionTable({ rows, action }: {
  readonly rows: readonly ConnectionRow[];
  readonly action?: (row: ConnectionRow) => unknown;
}) {
  const rates = useRates(rows);
  return (
    <div class="scroll-x" tabindex={0}>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Connection</th>
            <th scope="col">User</th>
            <th scope="col">Protocol</th>
            <th scope="col">Address</th>
            <th scope="col" class="number">Age</th>
            <th scope="col" class="number">Idle</th>
            <th scope="col" class="number">Channels</th>
            <th scope="col" class="number">Unread</th>
            <th scope="col" class="number">Frames</th>
            <th scope="col" class="number">Frames / s</th>
            <th scope="col">Node</th>
            {action && <th scope="col">Action</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.client}
              row={row}
              rate={rates.get(row.client) ?? 0}
              action={action}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, rate, action }: {
  readonly row: ConnectionRow;
  readonly rate: number;
  readonly action?: (row: ConnectionRow) => unknown;
}) {
  return (
    <tr>
      <th scope="row">
        <ConnectionLink client={row.client} />
      </th>
      <td>
        <UserLink user={row.user} />
      </td>
      <td>{row.protocol} / {row.transport}</td>
      <td>{row.address ?? <span class="none">internal</span>}</td>
      <td class="number">{duration(row.age)}</td>
      <td class="number">{duration(row.idle)}</td>
      <td class="number">{count(row.channels)}</td>
      <td class="number">{bytes(row.unsent)}</td>
      <td class="number">{count(row.received)}</td>
      <td class="number">{count(rate)}</td>
      <td title={row.node}>
        <code>{shortId(row.node)}</code>
      </td>
      {action && <td>{action(row)}</td>}
    </tr>
  );
}

/** Frames of a second by connection: as the server has counted them, or since the last look. */
function useRates(
  rows: readonly ConnectionRow[],
): ReadonlyMap<string, number | undefined> {
  const readings = useRef(new Map<string, Reading>());
  const now = performance.now();
  return new Map(rows.map(({ client, received, rate }) => {
    const before = readings.current?.get(client);
    const seconds = (now - (before?.at ?? now)) / 1_000;
    const seen = before === undefined || seconds < LEAST_SECONDS
      ? undefined
      : Math.round((received - before.received) / seconds);
    if (before === undefined || seconds >= LEAST_SECONDS) {
      readings.current?.set(client, { at: now, received });
    }
    return [client, rate ?? seen];
  }));
}
