/** Properties of this node: its channels, and numbers of what it holds. */

import { createPattern } from "../channel/pattern.ts";
import type { Hub } from "../hub/hub.ts";
import { isInbox } from "../base/names.ts";
import { VERSION } from "../base/version.ts";
import type { ChannelCounts, NodeInfo } from "./node_call.ts";

/** Channels with a subscriber here whose names fit a pattern, without inboxes. */
export function readChannels(hub: Hub, pattern = "*"): ChannelCounts {
  const fits = createPattern(pattern);
  const counts: ChannelCounts = [];
  for (const [name, { size }] of hub.channels) {
    if (size > 0 && !isInbox(name) && fits(name)) counts.push([name, size]);
  }
  return counts;
}

/** Numbers of what this node holds; `startedAt` is its start on the hub's clock. */
export function readInfo(hub: Hub, startedAt: number): NodeInfo {
  const { users, channels, subscriptions } = hub.subscriptions.count();
  return {
    uid: hub.broker.node,
    version: VERSION,
    num_clients: hub.size,
    num_users: users,
    num_channels: channels,
    num_subs: subscriptions,
    uptime: Math.floor((hub.clock.now - startedAt) / 1000),
  };
}
