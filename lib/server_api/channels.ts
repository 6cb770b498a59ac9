/** The methods about channels: who is there, what they have kept, which there are, and on which nodes. */

import {
  clientInfo,
  publicationObject,
} from "../protocol/centrifuge_replies.ts";
import { type ApiMethod, method } from "./method.ts";
import {
  channelsOf,
  historyOf,
  nodesOf,
  presenceOf,
  presenceStatsOf,
  removeHistoryOf,
} from "./operations.ts";
import {
  channelBodySchema,
  channelsBodySchema,
  historySchema,
  infoSchema,
} from "./schemas.ts";

/** Says who is in a channel. */
export const presence: ApiMethod = method(
  channelBodySchema,
  async ({ hub }, { channel }) => {
    const clients = [...await presenceOf(hub, channel)].map(([id, info]) =>
      `${JSON.stringify(id)}:${clientInfo(info)}`
    );
    return `{"presence":{${clients.join(",")}}}`;
  },
);

/** Says how many are in a channel. */
export const presenceStats: ApiMethod = method(
  channelBodySchema,
  async ({ hub }, { channel }) => {
    const { clients, users } = await presenceStatsOf(hub, channel);
    return JSON.stringify({ num_clients: clients, num_users: users });
  },
);

/** Reads what a channel has kept. */
export const history: ApiMethod = method(
  historySchema,
  async ({ hub }, { channel, ...query }) => {
    const found = await historyOf(hub, channel, query);
    const { offset, epoch } = found.position;
    const publications = found.publications.map(publicationObject);
    return `{"publications":[${publications.join(",")}],"epoch":${
      JSON.stringify(epoch)
    },"offset":${offset}}`;
  },
);

/** Drops what a channel has kept; its position stays. */
export const historyRemove: ApiMethod = method(
  channelBodySchema,
  async ({ hub }, { channel }) => {
    await removeHistoryOf(hub, channel);
    return "{}";
  },
);

/** Lists the channels that have a subscriber, on any node. */
export const channels: ApiMethod = method(
  channelsBodySchema,
  async ({ hub }, { pattern }) => {
    const entries = [...await channelsOf(hub, pattern)]
      .map(([name, num_clients]) => [name, { num_clients }] as const);
    return JSON.stringify({ channels: Object.fromEntries(entries) });
  },
);

/** Says which nodes there are, and how much each holds. */
export const info: ApiMethod = method(infoSchema, async ({ hub }) => {
  return JSON.stringify({ nodes: await nodesOf(hub) });
});
