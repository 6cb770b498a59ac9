/** Subscribes connections of this node on behalf of the server API. */

import type { ChannelOptions } from "../channel/channel_options.ts";
import { begin, makeSubscription } from "../commands/make_subscription.ts";
import type { CommandsDeps } from "../commands/deps.ts";
import type { Connection } from "../hub/connection.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { Done, NodeCall } from "./node_call.ts";

/** Call to subscribe connections, with the options of its channel. */
interface SubscribeCall
  extends Extract<NodeCall, { readonly type: "subscribe" }> {
  readonly options: ChannelOptions;
}

/** Subscribes each of the connections that is not subscribed yet. One that cannot be subscribed does not stop the others. */
export async function subscribeAll(
  deps: CommandsDeps,
  connections: readonly Connection[],
  call: Omit<SubscribeCall, "options">,
): Promise<Done> {
  // One that is not admitted yet cannot be notified.
  const free = connections.filter(({ opening, channels }) =>
    opening === "done" && !channels.has(call.channel)
  );
  if (free.length === 0) return { count: 0 };
  const options = deps.hub.optionsOf(call.channel);
  // The node that was called knows the channel; this one may have other settings.
  if (options === undefined) return { count: 0, error: errors.unknownChannel };
  let count = 0;
  let error: Done["error"];
  await Promise.all(free.map(async (connection) => {
    try {
      if (await subscribe(deps, connection, { ...call, options })) count++;
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
  { channel, options, override, since, info, data, expireAt }: SubscribeCall,
): Promise<boolean> {
  const subscription = deps.hub.subscriptions.reserve(connection, channel, {
    serverSide: true,
  });
  const result = await makeSubscription(deps, subscription, {
    options,
    override,
    tokenAccepted: true,
    since,
    info,
    data: data === undefined ? undefined : { json: data },
    expiresAt: expireAt === undefined ? Infinity : expireAt * 1000,
  });
  // It may have been ended again meanwhile.
  if (result === undefined || subscription.ended) return false;
  // Clients look for publications behind this push, not in it.
  connection.push({
    type: "subscribed",
    channel,
    result: { ...result, publications: [] },
  });
  for (const publication of result.publications) {
    const frame = connection.protocol.encodePublication(publication);
    if (frame !== undefined) connection.send(frame);
  }
  begin(deps, subscription);
  return true;
}
