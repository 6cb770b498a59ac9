/** Page of this node's channels, by their names, their subscribers or what is published to them. */

import { isInbox } from "../base/names.ts";
import type { Channel } from "../hub/channel.ts";
import type { Hub } from "../hub/hub.ts";
import type { ChannelPage, ChannelPageCall } from "./inspection_call.ts";
import { findPage, type SortValue } from "./scan.ts";

/** The first channels that fit and have a subscriber, by an order; inboxes are none. */
export async function pageOfChannels(
  hub: Hub,
  call: ChannelPageCall,
): Promise<ChannelPage> {
  const { found, items } = await findPage(hub.clock, call, {
    candidates: () => candidatesOf(hub, call),
    fits: (channel) => fits(channel, call),
    countOf: ({ delivered }) => delivered,
    valueOf: (channel, rate) => valueOf(channel, call.sort, rate),
    nameOf: ({ name }) => name,
  });
  const rows = items.map(([{ name, size, delivered }, rate]) => {
    const row = { channel: name, clients: size, delivered };
    return rate === undefined ? row : { ...row, rate };
  });
  return { found, rows };
}

function candidatesOf(
  { channels }: Hub,
  { names }: ChannelPageCall,
): Iterable<Channel> {
  if (names === undefined) return channels.values();
  return names.flatMap((name) => channels.get(name) ?? []);
}

function fits({ name, size }: Channel, { search }: ChannelPageCall): boolean {
  return size > 0 && !isInbox(name) && name.includes(search);
}

function valueOf(
  channel: Channel,
  sort: ChannelPageCall["sort"],
  rate = 0,
): SortValue {
  switch (sort) {
    case "name":
      return channel.name;
    case "clients":
      return channel.size;
    case "rate":
      return rate;
  }
}
