/** Subscribes connections of this node on behalf of the server API. */

import { begin, isStill, join } from "../commands/make_subscription.ts";
import { knownOptions } from "../commands/permission.ts";
import type { CommandsDeps } from "../commands/deps.ts";
import type { Connection } from "../hub/connection.ts";
import { ProtocolError } from "../base/errors.ts";
import type { Done, NodeCall } from "./node_call.ts";

type SubscribeCall = Extract<NodeCall, { readonly type: "subscribe" }>;

/** Subscribes each of the connections that is not subscribed yet. One that cannot be does not keep the others back. */
export async function subscribeAll(
  deps: CommandsDeps,
  connections: readonly Connection[],
  question: SubscribeCall,
): Promise<Done> {
  let count = 0;
  let error: Done["error"];
  await Promise.all(connections.map(async (connection) => {
    try {
      if (await subscribe(deps, connection, question)) count++;
    } catch (thrown) {
      if (!(thrown instanceof ProtocolError)) throw thrown;
      error = { code: thrown.code, message: thrown.message };
    }
  }));
  return error === undefined ? { count } : { count, error };
}

async function subscribe(
  deps: CommandsDeps,
  connection: Connection,
  { channel, override, since, info, data, expireAt }: SubscribeCall,
): Promise<boolean> {
  // Who has not said who it is cannot be told anything yet.
  if (connection.opening !== "done") return false;
  if (connection.channels.has(channel)) return false;
  const made = await join(deps, connection, {
    channel,
    options: knownOptions(deps.hub, channel),
    override,
    serverSide: true,
    tokenAccepted: true,
    since,
    positioned: false,
    joinLeave: false,
    delta: false,
    info,
    data: data === undefined ? undefined : { json: data },
    expiresAt: expireAt === undefined ? Infinity : expireAt * 1000,
  });
  // It may have been ended again meanwhile.
  if (made === undefined || !isStill(deps, made.subscription)) return false;
  const { publications } = made.result;
  // Clients look for publications behind this push, not in it.
  const result = { ...made.result, publications: [] };
  connection.push({ type: "subscribed", channel, result });
  for (const publication of publications) {
    const frame = connection.protocol.encodePublication(publication);
    if (frame !== undefined) connection.send(frame);
  }
  begin(deps, made);
  return true;
}
