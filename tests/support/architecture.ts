/** The architecture as rules: who may know whom. */

import type { ArrowRule } from "./architecture_rules.ts";

/** Files that any room of lib may know, and that know only one another. */
const LEAVES = [
  "lib/channel_name.ts",
  "lib/channel_options.ts",
  "lib/channel_pattern.ts",
  "lib/clock.ts",
  "lib/config.ts",
  "lib/disconnect.ts",
  "lib/duration.ts",
  "lib/errors.ts",
  "lib/json.ts",
  "lib/log.ts",
  "lib/names.ts",
  "lib/publication.ts",
  "lib/recovery.ts",
  "lib/transport.ts",
  "lib/version.ts",
];

/** What each room may import; the first rule that matches a file counts. */
export const ARROWS: readonly ArrowRule[] = [
  { from: "main.ts", to: ["routes/app.ts", "lib/**"] },
  {
    from: "routes/pages/**",
    to: ["routes/pages/*", "lib/client/mod.ts", "lib/clock.ts", "npm:hono"],
  },
  {
    from: "routes/reference/*",
    to: [
      "routes/reference/*",
      "lib/server_api.ts",
      "lib/{json,version}.ts",
      "npm:{hono,hono-openapi,valibot,@valibot/to-json-schema}",
    ],
  },
  {
    from: "routes/*",
    to: ["routes/{,reference/}*.ts", "lib/**", "npm:hono"],
  },
  { from: "examples/**", to: ["lib/mod.ts", "npm:*"] },

  { from: "lib/mod.ts", to: ["lib/**"] },
  { from: "lib/{create_hub,open_broker}.ts", to: ["lib/**"] },
  { from: "lib/drain.ts", to: ["lib/hub.ts", ...LEAVES] },
  {
    from: "lib/commands{.ts,/*}",
    to: [
      "lib/commands/*",
      "lib/hub{,_deps}.ts",
      "lib/{connection,subscription,joinings,attendance}.ts",
      "lib/identity.ts",
      "lib/policy.ts",
      "lib/broker/types.ts",
      "lib/presence/types.ts",
      "lib/protocol/types.ts",
      "lib/auth/*",
      "lib/limits/*",
      ...LEAVES,
    ],
  },
  {
    from: "lib/control{.ts,/*}",
    to: [
      "lib/control/*",
      "lib/commands/{deps,join,permission,tokens}.ts",
      "lib/hub.ts",
      "lib/connection.ts",
      "lib/auth/server_subscription.ts",
      "npm:valibot",
      ...LEAVES,
    ],
  },
  {
    from: "lib/server_api{.ts,/*}",
    to: [
      "lib/server_api/*",
      "lib/control/questions.ts",
      "lib/commands/permission.ts",
      "lib/hub.ts",
      "lib/policy.ts",
      "lib/protocol/{raw_json,centrifuge_replies}.ts",
      "lib/auth/server_subscription.ts",
      "npm:valibot",
      ...LEAVES,
    ],
  },
  {
    from: "lib/{sessions,joinings}.ts",
    to: ["lib/connection.ts", "lib/clock.ts"],
  },
  {
    from: "lib/emulation.ts",
    to: ["lib/hub.ts", "lib/control/questions.ts", "npm:valibot"],
  },
  {
    from: "lib/{hub,hub_deps,subscriptions}.ts",
    to: [
      "lib/{sessions,subscriptions,joinings}.ts",
      "lib/hub_deps.ts",
      "lib/channels.ts",
      "lib/channel.ts",
      "lib/connection.ts",
      "lib/subscription.ts",
      "lib/identity.ts",
      "lib/broker/types.ts",
      "lib/presence/types.ts",
      "lib/protocol/types.ts",
      "lib/heartbeat/*",
      "lib/limits/{admission,hub_limits}.ts",
      ...LEAVES,
    ],
  },
  {
    from: "lib/channels.ts",
    to: [
      "lib/joinings.ts",
      "lib/channel.ts",
      "lib/connection.ts",
      "lib/subscription.ts",
      "lib/position_check.ts",
      "lib/quiet_turn.ts",
      "lib/broker/types.ts",
      ...LEAVES,
    ],
  },
  {
    from: "lib/position_check.ts",
    to: [
      "lib/channel.ts",
      "lib/subscription.ts",
      "lib/broker/types.ts",
      ...LEAVES,
    ],
  },
  {
    from: "lib/{channel,batch,subscription}.ts",
    to: [
      "lib/batch.ts",
      "lib/connection.ts",
      "lib/subscription.ts",
      "lib/protocol/types.ts",
      ...LEAVES,
    ],
  },
  {
    from: "lib/attendance.ts",
    to: [
      "lib/subscription.ts",
      "lib/broker/types.ts",
      "lib/presence/types.ts",
      ...LEAVES,
    ],
  },
  {
    from: "lib/policy.ts",
    to: ["lib/connection.ts", "lib/auth/server_subscription.ts", ...LEAVES],
  },
  {
    from: "lib/{connection,connection_owner,held_frames,replies}.ts",
    to: [
      "lib/{connection,connection_owner,held_frames,replies}.ts",
      "lib/protocol/{types,frame_size}.ts",
      "lib/auth/caps.ts",
      "lib/limits/mistakes.ts",
      "lib/heartbeat/beat.ts",
      ...LEAVES,
    ],
  },
  { from: "lib/identity.ts", to: ["lib/auth/caps.ts", ...LEAVES] },
  { from: "lib/quiet_turn.ts", to: LEAVES },
  { from: "lib/protocol/delta.ts", to: ["npm:fossil-delta"] },
  {
    from: "lib/protocol/delta_search.ts",
    to: ["lib/protocol/delta.ts", "lib/publication.ts"],
  },
  {
    from: "lib/protocol/centrifuge*.ts",
    to: [
      "lib/protocol/{centrifuge_*,types,raw_json,delta_search}.ts",
      "lib/publication.ts",
      "lib/disconnect.ts",
      "lib/names.ts",
      "lib/version.ts",
    ],
  },
  {
    from: "lib/protocol/cursor.ts",
    to: ["lib/hash.ts", "lib/publication.ts"],
  },
  {
    from: "lib/protocol/events.ts",
    to: [
      "lib/protocol/{types,cursor}.ts",
      "lib/publication.ts",
      "lib/errors.ts",
      "lib/disconnect.ts",
      "lib/names.ts",
    ],
  },
  {
    from: "lib/protocol/*",
    to: [
      "lib/protocol/types.ts",
      "lib/publication.ts",
      "lib/errors.ts",
      "lib/disconnect.ts",
      "lib/names.ts",
    ],
  },
  {
    from: "lib/broker/{broadcast,memory,redis}/*",
    to: [
      "lib/broker/{broadcast,memory,redis}/*",
      "lib/broker/{types,memory,history}.ts",
      "lib/presence/*",
      "lib/publication.ts",
      "lib/recovery.ts",
      "lib/clock.ts",
      "npm:redis",
      "node:crypto",
    ],
  },
  {
    from: "lib/broker/*",
    to: [
      "lib/broker/{broadcast,memory,redis}/*",
      "lib/presence/types.ts",
      "lib/broker/types.ts",
      "lib/broker/history.ts",
      "lib/publication.ts",
      "lib/recovery.ts",
      "lib/clock.ts",
      "npm:redis",
    ],
  },
  {
    from: "lib/presence/*",
    to: ["lib/presence/types.ts", "lib/publication.ts", "lib/clock.ts"],
  },
  {
    from: "lib/auth/*",
    to: ["lib/auth/*", "npm:jose", "npm:valibot", ...LEAVES],
  },
  { from: "lib/limits/*", to: ["lib/clock.ts", "lib/heartbeat/beat.ts"] },
  { from: "lib/heartbeat/*", to: ["lib/heartbeat/*", "lib/clock.ts"] },
  {
    from: "lib/transports/*",
    to: [
      "lib/connection.ts",
      "lib/hub.ts",
      "lib/identity.ts",
      "lib/protocol/{types,events,cursor,text}.ts",
      "lib/transports/{byte_stream,event_forms,event_lines}.ts",
      "lib/transports/{listen,place,shared_frames}.ts",
      ...LEAVES,
    ],
  },
  { from: "lib/metrics/*", to: ["lib/metrics/registry.ts", ...LEAVES] },
  // It runs in browsers, so it knows nothing that does not.
  {
    from: "lib/client/*",
    to: [
      "lib/client/*",
      "lib/clock.ts",
      "lib/disconnect.ts",
      "npm:partysocket",
    ],
  },
  {
    from: "lib/config.ts",
    to: ["lib/channel_settings.ts", "npm:valibot", ...LEAVES],
  },
  { from: "lib/channel_settings.ts", to: ["lib/channel_file.ts", ...LEAVES] },
  { from: "lib/channel_file.ts", to: ["npm:valibot", ...LEAVES] },
  { from: "lib/json.ts", to: ["npm:valibot"] },
  ...LEAVES.map((leaf) => ({ from: leaf, to: LEAVES })),
];
