/** Methods about channels and nodes: `presence`, `presence_stats`, `history`, `history_remove`, `channels` and `info`. */

import {
  type ChannelOptions,
  keepsHistory,
} from "../channel/channel_options.ts";
import { knownOptions } from "../commands/permission.ts";
import { channelsSchema, nodeSchema } from "../node_calls/node_call.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import {
  clientInfo,
  publicationObject,
} from "../protocol/centrifuge_replies.ts";
import { askAll } from "../node_calls/ask.ts";
import { type ApiMethod, method } from "./method.ts";
import {
  channelBodySchema,
  channelsBodySchema,
  historySchema,
  infoSchema,
} from "./schemas.ts";

/** Lists the clients in a channel. */
export const presence: ApiMethod = method(
  channelBodySchema,
  async ({ hub }, { channel }) => {
    assertKept(knownOptions(hub, channel), "presence");
    const clients = [...await hub.presence.get(channel)].map(([id, info]) =>
      `${JSON.stringify(id)}:${clientInfo(info)}`
    );
    return `{"presence":{${clients.join(",")}}}`;
  },
);

/** Counts the clients and users in a channel. */
export const presenceStats: ApiMethod = method(
  channelBodySchema,
  async ({ hub }, { channel }) => {
    assertKept(knownOptions(hub, channel), "presence");
    const { clients, users } = await hub.presence.stats(channel);
    return JSON.stringify({ num_clients: clients, num_users: users });
  },
);

/** Reads a channel's history. */
export const history: ApiMethod = method(
  historySchema,
  async ({ hub }, { channel, ...query }) => {
    assertKept(knownOptions(hub, channel), "history");
    const found = await hub.broker.history(channel, query);
    if (found.type === "unrecoverable") {
      throw new ProtocolError(errors.unrecoverable);
    }
    const { offset, epoch } = found.position;
    const publications = found.publications.map(publicationObject);
    return `{"publications":[${publications.join(",")}],"epoch":${
      JSON.stringify(epoch)
    },"offset":${offset}}`;
  },
);

/** Removes a channel's history; its position stays. */
export const historyRemove: ApiMethod = method(
  channelBodySchema,
  async ({ hub }, { channel }) => {
    assertKept(knownOptions(hub, channel), "history");
    await hub.broker.removeHistory(channel);
    return "{}";
  },
);

/** Lists the channels that have a subscriber, on any node. */
export const channels: ApiMethod = method(
  channelsBodySchema,
  async ({ hub }, { pattern }) => {
    const totals = new Map<string, number>();
    const question = { type: "channels", pattern } as const;
    for (const counts of await askAll(hub, question, channelsSchema)) {
      for (const [name, count] of counts) {
        totals.set(name, (totals.get(name) ?? 0) + count);
      }
    }
    const entries = [...totals].map(([name, num_clients]) =>
      [name, { num_clients }] as const
    );
    return JSON.stringify({ channels: Object.fromEntries(entries) });
  },
);

/** Lists the nodes, with the numbers of their clients and channels. */
export const info: ApiMethod = method(infoSchema, async ({ hub }) => {
  const nodes = await askAll(hub, { type: "info" }, nodeSchema);
  return JSON.stringify({ nodes });
});

/** @throws {ProtocolError} 108 if the channel does not keep it. */
function assertKept(
  options: ChannelOptions,
  what: "presence" | "history",
): void {
  const isKept = what === "presence" ? options.presence : keepsHistory(options);
  if (!isKept) throw new ProtocolError(errors.notAvailable);
}
