/** Methods about channels and nodes: `presence`, `presence_stats`, `history`, `history_remove`, `channels` and `info`. */

import {
  clientInfo,
  publicationObject,
} from "../protocol/centrifuge_replies.ts";
import { type ApiMethod, method } from "./method.ts";
import {
  dropHistory,
  listChannels,
  listNodes,
  readHistory,
  readPresence,
  readPresenceStats,
} from "./operations.ts";
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
    const clients = [...await readPresence(hub, channel)].map(([id, info]) =>
      `${JSON.stringify(id)}:${clientInfo(info)}`
    );
    return `{"presence":{${clients.join(",")}}}`;
  },
);

/** Counts the clients and users in a channel. */
export const presenceStats: ApiMethod = method(
  channelBodySchema,
  async ({ hub }, { channel }) => {
    const { clients, users } = await readPresenceStats(hub, channel);
    return JSON.stringify({ num_clients: clients, num_users: users });
  },
);

/** Reads a channel's history. */
export const history: ApiMethod = method(
  historySchema,
  async ({ hub }, { channel, ...query }) => {
    const found = await readHistory(hub, channel, query);
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
    await dropHistory(hub, channel);
    return "{}";
  },
);

/** Lists the channels that have a subscriber, on any node. */
export const channels: ApiMethod = method(
  channelsBodySchema,
  async ({ hub }, { pattern }) => {
    const entries = [...await listChannels(hub, pattern)]
      .map(([name, num_clients]) => [name, { num_clients }] as const);
    return JSON.stringify({ channels: Object.fromEntries(entries) });
  },
);

/** Lists the nodes, with the numbers of their clients and channels. */
export const info: ApiMethod = method(infoSchema, async ({ hub }) => {
  return JSON.stringify({ nodes: await listNodes(hub) });
});
