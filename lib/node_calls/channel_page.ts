/** Page of this node's channels, by their names, their subscribers or what is published to them. */

import { isInbox } from "../base/names.ts";
import type { Channel } from "../hub/channel.ts";
import type { Hub } from "../hub/hub.ts";
import type { ChannelPage, ChannelPageCall } from "./inspection_call.ts";
import {
  compareValues,
  FirstOf,
  sampleRates,
  scan,
  type SortValue,
} from "./scan.ts";

/** The first channels that fit and have a subscriber, by an order; inboxes are none. */
export async function pageOfChannels(
  hub: Hub,
  call: ChannelPageCall,
): Promise<ChannelPage> {
  const { sort, reverse, limit } = call;
  const rates = sort === "rate"
    ? await sampleRates(hub.clock, candidatesOf(hub, call), {
      fits: (channel) => fits(channel, call),
      countOf: ({ delivered }) => delivered,
    })
    : undefined;
  const first = new FirstOf<readonly [SortValue, Channel]>(
    limit,
    ([a, left], [b, right]) =>
      compareValues(a, b, reverse) || (left.name < right.name ? -1 : 1),
  );
  let found = 0;
  await scan(hub.clock, candidatesOf(hub, call), (channel) => {
    if (!fits(channel, call)) return;
    found++;
    first.add([valueOf(channel, sort, rates), channel]);
  });
  const rows = first.take().map(([, channel]) => {
    const { name, size, delivered } = channel;
    const rate = rates?.get(channel);
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
  rates: ReadonlyMap<Channel, number> | undefined,
): SortValue {
  switch (sort) {
    case "name":
      return channel.name;
    case "clients":
      return channel.size;
    case "rate":
      return rates?.get(channel) ?? 0;
  }
}
