/** Answers to node calls: this node's part of the server API. */

import type { CommandsDeps } from "../commands/deps.ts";
import { REFRESH_GRACE_MS } from "../commands/tokens.ts";
import type { Connection } from "../hub/connection.ts";
import { type Done, type NodeCall, nodeCallSchema } from "./node_call.ts";
import { readSnapshot } from "../metrics/snapshot.ts";
import { LOAD_COLUMNS, type LoadHistory } from "../metrics/load_history.ts";
import { pageOfChannels } from "./channel_page.ts";
import { detailsOf, pageOfConnections } from "./connection_page.ts";
import { Traces } from "./traces.ts";
import { EVERYONE, inboxOf } from "../base/names.ts";
import type { Payload } from "../base/publication.ts";
import { readChannels, readInfo } from "./read.ts";
import { select } from "./selection.ts";
import { subscribeAll } from "./subscribe.ts";
import {
  disconnects,
  shouldReconnect,
  unsubscribes,
} from "../base/disconnect.ts";
import { fromBase64 } from "../base/bytes.ts";
import { parseJson } from "../base/json.ts";
import type { Frame } from "../protocol/types.ts";

/** Connections of a user that are described at most. */
const MAX_DETAILS = 1_000;

/**
 * Makes the function that answers the calls of all nodes, this one included. It
 * throws a `TypeError` at an invalid call, such as one of a newer node.
 */
export function createNodeCalls(
  deps: CommandsDeps,
  load: Pick<LoadHistory, "since">,
): (value: unknown) => unknown {
  const { hub } = deps;
  const traces = new Traces(hub);
  const startedAt = hub.clock.now;
  return (value) => {
    const call = parseNodeCall(value);
    switch (call.type) {
      case "subscribe":
        return subscribeAll(deps, select(hub, call), call);
      case "unsubscribe":
        return doToEach(select(hub, call), (connection) => {
          const { channel } = call;
          const isThere = connection.channels.has(channel);
          hub.subscriptions.end(connection, channel, unsubscribes.server);
          return isThere;
        });
      case "disconnect":
        return disconnectAll(select(hub, call), call);
      case "refresh":
        return doToEach(
          select(hub, call),
          (connection) => refresh(deps, connection, call),
        );
      case "channels":
        return readChannels(hub, call.pattern);
      case "info":
        return readInfo(hub, startedAt);
      case "metrics":
        return readSnapshot(deps);
      case "connections":
        return pageOfConnections(hub, call);
      case "connection":
        return detailsOf(hub, call, MAX_DETAILS);
      case "channelPage":
        return pageOfChannels(hub, call);
      case "load":
        return {
          node: hub.broker.node,
          columns: LOAD_COLUMNS,
          samples: load.since(call.since),
        };
      case "trace":
        return traces.answer(call);
      case "send":
        return doToEach(select(hub, call), (connection) => {
          return sendTo(connection, { json: call.json });
        });
      case "endSession":
        deps.endedSessions.add({ id: call.session, expiresAt: call.expiresAt });
        return true;
      case "emulate":
        return hub.findSession(call.session)?.receive(frameOf(call));
    }
  };
}

/** Sends a connection a message of the application, as it gets one to its uid. */
function sendTo(connection: Connection, payload: Payload): boolean {
  if (connection.opening !== "done") return false;
  const { uid } = connection;
  const channel = uid === undefined ? EVERYONE : inboxOf(uid);
  const frame = connection.protocol.encodePublication({
    ...{ type: "publication", channel, payload, info: undefined },
    ...{ offset: 0, epoch: "" },
  });
  if (frame === undefined) return false;
  connection.send(frame);
  return true;
}

/** The frame that a client has sent beside its stream. */
function frameOf(
  { data = "", bytes }: Extract<NodeCall, { type: "emulate" }>,
): Frame {
  return bytes === undefined ? data : fromBase64(bytes).buffer;
}

function parseNodeCall(value: unknown): NodeCall {
  const parsed = parseJson(nodeCallSchema, value);
  if (parsed.ok) return parsed.value;
  throw new TypeError(
    `Cannot answer a node call: ${parsed.problems.join("; ")}`,
  );
}

function doToEach(
  connections: readonly Connection[],
  act: (connection: Connection) => boolean,
): Done {
  return { count: connections.filter(act).length };
}

function disconnectAll(
  connections: readonly Connection[],
  { code, reason, whitelist }: Extract<NodeCall, { type: "disconnect" }>,
): Done {
  const disconnect = { code, reason, reconnect: shouldReconnect(code) };
  return doToEach(connections, (connection) => {
    if (whitelist.includes(connection.id)) return false;
    connection.disconnect(disconnect);
    return true;
  });
}

function refresh(
  { hub }: CommandsDeps,
  connection: Connection,
  { expired, expireAt }: Extract<NodeCall, { type: "refresh" }>,
): boolean {
  const expiresAt = expireAt === undefined ? Infinity : expireAt * 1000;
  if (expired || expiresAt <= hub.clock.wallTime) {
    connection.disconnect(disconnects.expired);
    return true;
  }
  // An SDK sends another token by itself, and may be a little late.
  const isSdk = connection.protocol.opening === "connect";
  hub.renew(connection, expiresAt + (isSdk ? REFRESH_GRACE_MS : 0));
  return true;
}
