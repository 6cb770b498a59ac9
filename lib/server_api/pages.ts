/** Pages of connections and of channels, put together from the first ones of each node. */

import type { Hub } from "../hub/hub.ts";
import { askAll } from "../node_calls/ask.ts";
import {
  type CHANNEL_SORTS,
  channelPageSchema,
  type CONNECTION_SORTS,
  connectionPageSchema,
  type ConnectionRow,
} from "../node_calls/inspection_call.ts";
import { compareValues, type SortValue } from "../node_calls/scan.ts";

/** Channels that each node names at least: one that is not the first on any may be it on all together. */
const MIN_NAMED = 200;

/** Order and bounds of a page. */
interface PageQuery<Sort extends string> {
  readonly search: string;
  readonly sort: Sort;
  readonly reverse: boolean;
  readonly limit: number;
  readonly offset: number;
}

/** Query for connections. */
type ConnectionsQuery = PageQuery<typeof CONNECTION_SORTS[number]> & {
  readonly user?: string;
  readonly channel?: string;
};

/** One page of connections; numbers of those that fit, and of all. */
export interface ConnectionsPage {
  readonly connections: readonly ConnectionRow[];
  readonly found: number;
  readonly total: number;
}

/** Finds connections on all nodes. */
export async function pageConnections(
  hub: Hub,
  { limit, offset, ...query }: ConnectionsQuery,
): Promise<ConnectionsPage> {
  const answers = await askAll(hub, {
    type: "connections",
    ...query,
    limit: offset + limit,
  }, connectionPageSchema);
  const { sort, reverse } = query;
  const rows = answers.flatMap(({ rows }) => rows).sort((a, b) =>
    compareValues(valueOf(a, sort), valueOf(b, sort), reverse) ||
    (a.client < b.client ? -1 : 1)
  );
  return {
    connections: rows.slice(offset, offset + limit),
    found: sumOf(answers, ({ found }) => found),
    total: sumOf(answers, ({ total }) => total),
  };
}

function valueOf(
  row: ConnectionRow,
  sort: typeof CONNECTION_SORTS[number],
): SortValue {
  // The newest has the smallest age.
  if (sort === "since") return -row.age;
  return sort === "rate" ? row.rate ?? 0 : row[sort];
}

/** A channel of a page. */
export interface ChannelRow {
  readonly channel: string;
  /** Subscribers on all nodes. */
  readonly num_clients: number;
  /** Events since the channel was opened, at the node that has seen the most. */
  readonly delivered: number;
  /** Events in a second, where they were counted. */
  readonly rate?: number;
}

/** One page of channels; `found` counts those that fit, each at the node with the most. */
export interface ChannelsPage {
  readonly channels: readonly ChannelRow[];
  readonly found: number;
}

/** Finds channels with a subscriber on all nodes. Every node gets every event of its channels, so that the greatest rate is that of the channel. */
export async function pageChannels(
  hub: Hub,
  { limit, offset, ...query }: PageQuery<typeof CHANNEL_SORTS[number]>,
): Promise<ChannelsPage> {
  const first = await askAll(hub, {
    type: "channelPage",
    ...query,
    limit: Math.max(offset + limit, MIN_NAMED),
  }, channelPageSchema);
  const { sort, reverse } = query;
  // A node that does not name a channel may have subscribers of it.
  const totals = first.length > 1 ? await countAll(hub, first) : undefined;
  const rows = new Map<string, ChannelRow>();
  for (const { channel, clients, delivered, rate } of rowsOf(first)) {
    const known = rows.get(channel);
    rows.set(channel, {
      channel,
      num_clients: totals?.get(channel) ?? clients,
      delivered: Math.max(known?.delivered ?? 0, delivered),
      ...rate === undefined ? {} : { rate: Math.max(known?.rate ?? 0, rate) },
    });
  }
  const sorted = [...rows.values()].sort((a, b) => {
    const of = ({ channel, num_clients, rate = 0 }: ChannelRow) =>
      sort === "name" ? channel : sort === "clients" ? num_clients : rate;
    return compareValues(of(a), of(b), reverse) ||
      (a.channel < b.channel ? -1 : 1);
  });
  const founds = first.map(({ found }) => found);
  return {
    channels: sorted.slice(offset, offset + limit),
    found: Math.max(...founds, rows.size < MIN_NAMED ? rows.size : 0),
  };
}

/** Subscribers of one channel on all nodes, and the events that they were sent. */
export async function countSubscribers(
  hub: Hub,
  channel: string,
): Promise<{ readonly num_clients: number; readonly delivered: number }> {
  const rows = rowsOf(await askNamed(hub, [channel]));
  return {
    num_clients: sumOf(rows, ({ clients }) => clients),
    delivered: Math.max(0, ...rows.map(({ delivered }) => delivered)),
  };
}

type NodePages = Awaited<ReturnType<typeof askNamed>>;

async function countAll(
  hub: Hub,
  pages: NodePages,
): Promise<ReadonlyMap<string, number>> {
  const names = new Set(rowsOf(pages).map(({ channel }) => channel));
  const totals = new Map<string, number>();
  for (const { channel, clients } of rowsOf(await askNamed(hub, [...names]))) {
    totals.set(channel, (totals.get(channel) ?? 0) + clients);
  }
  return totals;
}

function askNamed(hub: Hub, names: readonly string[]) {
  return askAll(hub, {
    type: "channelPage",
    names,
    search: "",
    sort: "name",
    reverse: false,
    limit: names.length,
  }, channelPageSchema);
}

function rowsOf(pages: NodePages) {
  return pages.flatMap(({ rows }) => rows);
}

function sumOf<Item>(
  items: readonly Item[],
  read: (item: Item) => number,
): number {
  return items.reduce((sum, item) => sum + read(item), 0);
}
