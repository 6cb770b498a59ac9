/** Methods by which an operator looks into the hub: `connections`, `connection`, `user`, `channels_page`, `channel`, `explain`, `node_metrics` and `load`. */

import type { SubscriptionOverride } from "../auth/server_subscription.ts";
import { isPrivate, usersOf } from "../channel/channel_name.ts";
import {
  type ChannelOptions,
  keepsHistory,
} from "../channel/channel_options.ts";
import { knownOptions } from "../commands/permission.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import { METRICS } from "../metrics/table.ts";
import { askAll } from "../node_calls/ask.ts";
import {
  type ConnectionDetail,
  connectionDetailsSchema,
  loadSchema,
} from "../node_calls/inspection_call.ts";
import { gatherSnapshots } from "../node_calls/metrics.ts";
import {
  explainActions,
  explainConnect,
  overrideOf,
  type ReadToken,
  readToken,
} from "./explain.ts";
import {
  channelSchema,
  channelsPageSchema,
  connectionSchema,
  connectionsSchema,
  explainSchema,
  loadBodySchema,
  userSchema,
} from "./inspection_schemas.ts";
import { type ApiMethod, method, type ServerApiDeps } from "./method.ts";
import { countSubscribers, pageChannels, pageConnections } from "./pages.ts";
import { infoSchema } from "./schemas.ts";

/** Finds connections, on all nodes, by pages. */
export const connections: ApiMethod = method(
  connectionsSchema,
  async ({ hub }, body) => JSON.stringify(await pageConnections(hub, body)),
);

/** Describes one connection. */
export const connection: ApiMethod = method(
  connectionSchema,
  async ({ hub }, { client }) => {
    const [found] = await detailsOf({ hub }, { client });
    if (found === undefined) {
      throw new ProtocolError(errors.unreachable, "no connection of this id");
    }
    return JSON.stringify(found);
  },
);

/** Describes all connections of a user. */
export const user: ApiMethod = method(
  userSchema,
  async ({ hub }, { user }) =>
    JSON.stringify({ user, connections: await detailsOf({ hub }, { user }) }),
);

/** Finds channels with a subscriber, on all nodes, by pages. */
export const channelsPage: ApiMethod = method(
  channelsPageSchema,
  async ({ hub }, body) => JSON.stringify(await pageChannels(hub, body)),
);

/** Describes a channel: its options with their origins, its subscribers and its position. */
export const channel: ApiMethod = method(
  channelSchema,
  async (deps, { channel, token }) => {
    const { hub } = deps;
    const options = knownOptions(hub, channel);
    const read = token === undefined ? undefined : await readToken(deps, token);
    const users = usersOf(channel);
    const [count, position] = await Promise.all([
      countSubscribers(hub, channel),
      keepsHistory(options) ? hub.broker.position(channel) : undefined,
    ]);
    return JSON.stringify({
      channel,
      ...count,
      private: isPrivate(channel),
      users,
      position,
      options: optionsWithOrigins(deps, channel, overrideOf(read, channel)),
    });
  },
);

/** Explains what a client with a token may do in a channel, and by which rule. */
export const explain: ApiMethod = method(
  explainSchema,
  async (deps, { channel, token, channel_token }) => {
    const [read, channelToken] = await Promise.all(
      [token, channel_token].map((each) =>
        each === undefined ? undefined : readToken(deps, each)
      ),
    );
    const isKnown = deps.hub.optionsOf(channel) !== undefined;
    const own = channelToken ?? read;
    return JSON.stringify({
      token: read && describeToken(deps, read),
      channel_token: channelToken && describeToken(deps, channelToken),
      connect: explainConnect(deps, read),
      actions: explainActions(deps, channel, { token: read, channelToken }),
      options: isKnown
        ? optionsWithOrigins(deps, channel, overrideOf(own, channel))
        : {},
    });
  },
);

/** Reads the metrics of all nodes. */
export const nodeMetrics: ApiMethod = method(infoSchema, async (deps) => {
  const labelsOf = new Map(METRICS.map(({ name, labels }) => [name, labels]));
  const nodes = (await gatherSnapshots(deps)).map(({ node, metrics }) => ({
    node,
    metrics: metrics.flatMap(([name, samples]) =>
      samples.map(([values, value]) => {
        const names = labelsOf.get(name) ?? [];
        const labels = Object.fromEntries(
          names.map((label, index) => [label, values[index] ?? ""]),
        );
        return typeof value === "number"
          ? { name, labels, value }
          : { name, labels, ...value };
      })
    ),
  }));
  return JSON.stringify({ nodes });
});

/** Reads the load of all nodes over the last hour, and the time in which they answer. */
export const load: ApiMethod = method(
  loadBodySchema,
  async ({ hub }, { since }) => {
    const startedAt = hub.clock.now;
    const nodes = await askAll(hub, { type: "load", since }, loadSchema);
    const answeredWithinMs = Math.round(hub.clock.now - startedAt);
    return JSON.stringify({ nodes, answered_within_ms: answeredWithinMs });
  },
);

async function detailsOf(
  { hub }: Pick<ServerApiDeps, "hub">,
  selection: { readonly client: string } | { readonly user: string },
): Promise<object[]> {
  const call = { type: "connection", ...selection } as const;
  const answers = await askAll(hub, call, connectionDetailsSchema);
  return answers.flat().map(withInfo);
}

/** The data beside the uid is JSON, not its text. */
function withInfo({ info, ...detail }: ConnectionDetail): object {
  return info === undefined ? detail : { ...detail, info: JSON.parse(info) };
}

/** Options that a token may override, by their names there. */
const OVERRIDES = [
  ["presence", "presence"],
  ["joinLeave", "joinLeave"],
  ["forceRecovery", "forceRecovery"],
] as const satisfies readonly (readonly [
  keyof ChannelOptions,
  keyof SubscriptionOverride,
])[];

/** Each option of a channel with the pattern that states it, `default`, or `token`. */
function optionsWithOrigins(
  { hub, namespaces }: ServerApiDeps,
  channel: string,
  override: SubscriptionOverride,
): Readonly<
  Record<string, { readonly value: unknown; readonly from: string }>
> {
  const options = knownOptions(hub, channel);
  const entries = [...namespaces.originsOf(channel)].map(([name, from]) => {
    // A schema is a program's object.
    const value = name === "data" ? "schema" : options[name];
    return [name, { value, from }] as const;
  });
  const overridden = OVERRIDES.flatMap(([name, by]) => {
    const value = override[by];
    return value === undefined
      ? []
      : [[name, { value, from: "token" }]] as const;
  });
  return Object.fromEntries<{ value: unknown; from: string }>([
    ...entries,
    ...overridden,
  ]);
}

/** A token without its text. */
function describeToken({ hub }: ServerApiDeps, token: ReadToken): object {
  if (token.kind === "invalid") return token;
  const { kind, claims } = token;
  const { uid = "", expiresAt } = claims;
  const expires_in = expiresAt === Infinity
    ? undefined
    : Math.round((expiresAt - hub.clock.wallTime) / 1_000);
  if ("channel" in claims) {
    return { kind, user: uid, expires_in, channel: claims.channel };
  }
  return {
    ...{ kind, user: uid, expires_in },
    channels: [...claims.subscriptions.keys()],
    caps: claims.caps.map(({ patterns, allow }) => ({
      channels: patterns.map((pieces) => pieces.join("*")),
      allow,
    })),
  };
}
