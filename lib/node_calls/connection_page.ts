/** Connections of this node as operators see them: a page of many, or one with all its subscriptions. */

import type { Connection } from "../hub/connection.ts";
import type { Hub } from "../hub/hub.ts";
import type {
  ConnectionDetail,
  ConnectionPage,
  ConnectionRow,
  ConnectionsCall,
} from "./inspection_call.ts";
import { findPage, type SortValue } from "./scan.ts";
import { select, type Selection } from "./selection.ts";

/** Subscriptions of a connection that are listed at most. */
const MAX_SUBSCRIPTIONS = 1_000;

/** The first connections that fit, by an order. */
export async function pageOfConnections(
  hub: Hub,
  call: ConnectionsCall,
): Promise<ConnectionPage> {
  const { found, items } = await findPage(hub.clock, call, {
    candidates: () => candidatesOf(hub, call),
    fits: (connection) => fits(connection, call),
    countOf: ({ framesReceived }) => framesReceived,
    valueOf: (connection, rate) => valueOf(connection, call.sort, rate),
    nameOf: ({ id }) => id,
  });
  const rows = items.map(([connection, rate]) => {
    const row = rowOf(hub, connection);
    return rate === undefined ? row : { ...row, rate };
  });
  return { found, total: hub.size, rows };
}

/** The selected connections, each with its subscriptions. */
export function detailsOf(
  hub: Hub,
  selection: Selection,
  max: number,
): ConnectionDetail[] {
  return select(hub, selection).slice(0, max)
    .map((connection) => detailOf(hub, connection));
}

function candidatesOf(
  hub: Hub,
  { user, channel }: ConnectionsCall,
): Iterable<Connection> {
  if (channel !== undefined) {
    const { subscriptions = [] } = hub.channels.get(channel) ?? {};
    return Array.from(subscriptions, ({ connection }) => connection);
  }
  return user === undefined ? hub.connections : select(hub, { user });
}

function fits(
  connection: Connection,
  { search, user }: ConnectionsCall,
): boolean {
  const { closed, uid = "", id, address } = connection;
  if (closed || (user !== undefined && uid !== user)) return false;
  return search === "" || uid.includes(search) || id.includes(search) ||
    address?.name.includes(search) === true;
}

function valueOf(
  connection: Connection,
  sort: ConnectionsCall["sort"],
  rate = 0,
): SortValue {
  switch (sort) {
    case "user":
      return connection.uid ?? "";
    case "since":
      return connection.openedAt;
    case "idle":
      return connection.now - connection.lastMessageTime;
    case "unsent":
      return connection.unsentBytes;
    case "channels":
      return connection.channels.size;
    case "received":
      return connection.framesReceived;
    case "rate":
      return rate;
  }
}

function rowOf({ broker }: Hub, connection: Connection): ConnectionRow {
  const { now, openedAt, lastMessageTime, address, traffic } = connection;
  return {
    client: connection.id,
    user: connection.uid ?? "",
    node: broker.node,
    protocol: traffic.protocol,
    transport: traffic.transport,
    ...address === undefined ? {} : { address: address.name },
    age: Math.max(Math.round(now / 1_000) - openedAt, 0),
    idle: Math.max(Math.round((now - lastMessageTime) / 1_000), 0),
    unsent: connection.unsentBytes,
    received: connection.framesReceived,
    channels: connection.channels.size,
  };
}

function detailOf(hub: Hub, connection: Connection): ConnectionDetail {
  const { expireBy, info: { connInfo }, caps, admitted } = connection;
  const names = [...connection.channels].slice(0, MAX_SUBSCRIPTIONS);
  return {
    ...rowOf(hub, connection),
    admitted,
    ...expireBy === Infinity ? {} : {
      expires_in: Math.max(Math.round((expireBy - hub.clock.now) / 1_000), 0),
    },
    ...connInfo === undefined ? {} : { info: connInfo },
    caps: caps.map(({ patterns, allow }) => ({
      channels: patterns.map((pieces) => pieces.join("*")),
      allow: [...allow],
    })),
    subscriptions: names.flatMap((channel) => {
      const found = hub.subscriptions.find(connection, channel);
      return found === undefined ? [] : [{
        channel,
        server_side: found.serverSide,
        token: found.tokenAccepted,
        positioned: found.positioned,
        offset: found.offset,
        epoch: found.epoch,
        delta: found.delta !== "off",
        filter: found.filter !== undefined,
        join_leave: found.joinLeave,
      }];
    }),
  };
}
