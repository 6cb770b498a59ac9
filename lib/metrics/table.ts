/** Table of all metrics: `/metrics`, OpenTelemetry and the table of `docs/metrics.md` come from it. */

import { disconnects, unsubscribes } from "../base/disconnect.ts";
import { SAMPLE_EVERY } from "../base/histogram.ts";
import type { MemoryUse } from "../base/memory_use.ts";
import { VERSION } from "../base/version.ts";
import type { Hub } from "../hub/hub.ts";
import type { Traffic } from "../hub/traffic.ts";
import type { Metric, NodeState, NumberMetric, Sample } from "./metric.ts";

/** Labels and the read function of a metric. */
type Reading = Pick<NumberMetric, "labels" | "read">;

/** One number of the hub, without labels. */
function one(read: (hub: Hub) => number): Reading {
  return { labels: [], read: ({ hub }) => [[[], read(hub)]] };
}

/** One number of what the node holds. */
function held(read: (held: NodeState["held"]) => number): Reading {
  return { labels: [], read: ({ held }) => [[[], read(held)]] };
}

/** One number of each protocol and transport. */
function byTransport(read: (traffic: Traffic) => number): Reading {
  return {
    labels: ["protocol", "transport"],
    read: ({ hub }) =>
      hub.counters.traffic.all.map((traffic) => [
        [traffic.protocol, traffic.transport],
        read(traffic),
      ]),
  };
}

/** Numbers by the values of one label. */
function by(
  label: string,
  read: (hub: Hub) => Iterable<readonly [string | number, number]>,
): Reading {
  return {
    labels: [label],
    read: ({ hub }) =>
      Array.from(read(hub), ([key, value]): Sample<number> => [
        [String(key)],
        value,
      ]),
  };
}

/** A number of the memory, where the platform reports it. */
function memory(read: (use: MemoryUse) => number): Reading {
  return {
    labels: [],
    read: ({ memory }) => memory === undefined ? [] : [[[], read(memory)]],
  };
}

function evictionsWith({ counters }: Hub, { code }: { code: number }): number {
  return counters.evictions.get(code) ?? 0;
}

/** Counts by code; a known code that did not occur has 0, so that its first time is an increase. */
function countsOf(
  counts: ReadonlyMap<number, number>,
  known: Readonly<Record<string, { readonly code: number }>>,
): ReadonlyMap<number, number> {
  const zeros = Object.values(known).map(({ code }) => [code, 0] as const);
  return new Map([...zeros, ...counts]);
}

/** Refusals by the limit that was reached, under the name of its option in snake case, or `errors`, which is no option. */
function refusals(hub: Hub): readonly (readonly [string, number])[] {
  const { refusals } = hub.counters;
  return [
    ["max_connections", refusals.connections],
    ["max_connections_per_address", refusals.connectionsPerAddress],
    ["max_connections_per_user", refusals.connectionsPerUser],
    ["max_channels", refusals.channels],
    ["max_channels_in_all", refusals.channelsInAll],
    ["max_rpcs", refusals.rpcs],
    ["connect_rate", refusals.connectRate],
    ["connect_rate_per_address", refusals.connectRatePerAddress],
    ["message_rate", refusals.messages],
    ["byte_rate", refusals.bytes],
    ["publish_rate", refusals.publish],
    ["subscribe_rate", refusals.subscribe],
    ["history_rate", refusals.history],
    ["presence_rate", refusals.presence],
    ["reply_byte_rate", refusals.replyBytes],
    ["refusal_rate", refusals.refused],
    ["flood_rate", refusals.flood],
    ["max_message_bytes", evictionsWith(hub, disconnects.messageTooBig)],
    ["max_backlog_bytes", hub.backlogs.counters.slowConsumers],
    ["errors", evictionsWith(hub, disconnects.tooManyErrors)],
  ];
}

const ONE_IN = `one in ${SAMPLE_EVERY} is timed`;

/** Every metric, in the order in which they are shown. */
export const METRICS: readonly Metric[] = [
  {
    name: "thrum_build_info",
    help: "1, with the version of Thrum",
    type: "gauge",
    labels: ["version"],
    read: () => [[[VERSION], 1]],
  },
  {
    name: "thrum_start_time_seconds",
    help: "Start of the node, in seconds since 1970",
    type: "gauge",
    unit: "seconds",
    ...one(({ counters }) => counters.startedAt / 1_000),
  },
  {
    name: "thrum_connections",
    help: "Connections that are open",
    type: "gauge",
    ...byTransport(({ connections }) => connections),
  },
  {
    name: "thrum_connections_opened_total",
    help: "Connections since the start",
    type: "counter",
    ...byTransport(({ opened }) => opened),
  },
  {
    name: "thrum_users",
    help: "Distinct uids with a connection",
    type: "gauge",
    ...held(({ users }) => users),
  },
  {
    name: "thrum_channels",
    help: "Channels with a subscriber",
    type: "gauge",
    ...held(({ channels }) => channels),
  },
  {
    name: "thrum_subscriptions",
    help: "Subscriptions to channels",
    type: "gauge",
    ...held(({ subscriptions }) => subscriptions),
  },
  {
    name: "thrum_messages_received_total",
    help: "Messages of clients; a frame of an SDK may hold several",
    type: "counter",
    ...byTransport(({ messagesReceived }) => messagesReceived),
  },
  {
    name: "thrum_messages_sent_total",
    help: "Messages to clients, each counted for each of its recipients",
    type: "counter",
    ...byTransport(({ messagesSent }) => messagesSent),
  },
  {
    name: "thrum_frames_received_total",
    help: "Frames of clients",
    type: "counter",
    ...byTransport(({ framesReceived }) => framesReceived),
  },
  {
    name: "thrum_frames_sent_total",
    help: "Frames to clients",
    type: "counter",
    ...byTransport(({ framesSent }) => framesSent),
  },
  {
    name: "thrum_joined_frames_sent_total",
    help:
      "Frames to clients with more than one message; their share of all frames is the joined-frame ratio",
    type: "counter",
    ...byTransport(({ joinedFramesSent }) => joinedFramesSent),
  },
  {
    name: "thrum_received_bytes_total",
    help: "Bytes in the frames of clients; a text counts its UTF-16 units",
    type: "counter",
    unit: "bytes",
    ...byTransport(({ bytesReceived }) => bytesReceived),
  },
  {
    name: "thrum_sent_bytes_total",
    help: "Bytes in the frames to clients; a text counts its UTF-16 units",
    type: "counter",
    unit: "bytes",
    ...byTransport(({ bytesSent }) => bytesSent),
  },
  {
    name: "thrum_publications_total",
    help: "Publications of this node's clients and program",
    type: "counter",
    ...one(({ counters }) => counters.publishes.calls),
  },
  {
    name: "thrum_publish_duration_seconds",
    help:
      `Time until the broker has a publication; with a broker of this node, the fan-out may be part of it; ${ONE_IN}`,
    type: "histogram",
    unit: "seconds",
    labels: [],
    find: ({ counters }) => counters.publishes.histogram,
  },
  {
    name: "thrum_fan_outs_total",
    help: "Times at which a channel was sent to all of its subscribers here",
    type: "counter",
    ...one(({ counters }) => counters.fanOuts.calls),
  },
  {
    name: "thrum_fan_out_duration_seconds",
    help:
      `Time in which a channel is sent to all of its subscribers here; ${ONE_IN}`,
    type: "histogram",
    unit: "seconds",
    labels: [],
    find: ({ counters }) => counters.fanOuts.histogram,
  },
  {
    name: "thrum_evictions_total",
    help: "Connections that the server has ended, by close code",
    type: "counter",
    ...by("code", ({ counters }) => countsOf(counters.evictions, disconnects)),
  },
  {
    name: "thrum_unsubscribes_total",
    help: "Subscriptions that the server has ended, by code",
    type: "counter",
    ...by(
      "code",
      ({ counters }) => countsOf(counters.unsubscribes, unsubscribes),
    ),
  },
  {
    name: "thrum_refusals_total",
    help:
      "Clients and requests that were refused or ended because a limit was reached",
    type: "counter",
    ...by("limit", refusals),
  },
  {
    name: "thrum_slow_consumers_total",
    help: "Clients that were ended because they read too slowly",
    type: "counter",
    ...one(({ backlogs }) => backlogs.counters.slowConsumers),
  },
  {
    name: "thrum_dropped_publications_total",
    help:
      "Publications that were dropped for slow clients, by the policy of their channel",
    type: "counter",
    ...one(({ backlogs }) => backlogs.counters.droppedPublications),
  },
  {
    name: "thrum_backlogs",
    help: "Connections that have not read enough, and for which frames wait",
    type: "gauge",
    ...one(({ backlogs }) => backlogs.size),
  },
  {
    name: "thrum_backlog_bytes",
    help:
      "Bytes that wait for them; a frame that several wait for counts for each",
    type: "gauge",
    unit: "bytes",
    ...one(({ backlogs }) => backlogs.counters.backlogBytes),
  },
  {
    name: "thrum_zombies",
    help:
      "Connections that the server has closed some time ago, and that their client does not release",
    type: "gauge",
    ...one(({ admission }) => admission.zombies),
  },
  {
    name: "thrum_heartbeat_misses_total",
    help:
      "Clients that were silent for too long, or have not answered a ping (`pong`)",
    type: "counter",
    ...by("kind", ({ counters: { silent, noPong } }) => [
      ["silence", silent],
      ["pong", noPong],
    ]),
  },
  {
    name: "thrum_broker_ready",
    help: "1 while the broker takes calls, else 0",
    type: "gauge",
    ...one(({ broker }) => Number(broker.ready)),
  },
  {
    name: "thrum_broker_state",
    help: "1, with the state of the broker as in `/healthz`",
    type: "gauge",
    ...by("state", ({ broker }) => [[broker.mode, 1]]),
  },
  {
    name: "thrum_relay_gaps_total",
    help: "Times at which something from another node was missing",
    type: "counter",
    ...one(({ broker }) => broker.relayCounters?.gaps ?? 0),
  },
  {
    name: "thrum_relay_repairs_total",
    help: "Batches that were sent to another node again",
    type: "counter",
    ...one(({ broker }) => broker.relayCounters?.repairs ?? 0),
  },
  {
    name: "thrum_relay_drops_total",
    help: "Deliveries that were dropped for a node too far behind",
    type: "counter",
    ...one(({ broker }) => broker.relayCounters?.drops ?? 0),
  },
  {
    name: "thrum_position_gaps_total",
    help: "Subscriptions that ended because their client has missed something",
    type: "counter",
    ...one(({ counters }) => counters.positionGaps),
  },
  {
    name: "thrum_recoveries_total",
    help:
      "Clients that came back with a position: all that they missed was there, or not",
    type: "counter",
    ...by("recovered", ({ counters: { recovered, unrecovered } }) => [
      ["true", recovered],
      ["false", unrecovered],
    ]),
  },
  {
    name: "thrum_event_loop_lag_seconds",
    help: "Delay of the ticks of the heartbeat",
    type: "histogram",
    unit: "seconds",
    labels: [],
    find: ({ counters }) => counters.eventLoopLag,
  },
  {
    name: "thrum_heap_used_bytes",
    help: "JavaScript heap in use",
    type: "gauge",
    unit: "bytes",
    ...memory(({ heapUsed }) => heapUsed),
  },
  {
    name: "thrum_heap_total_bytes",
    help: "JavaScript heap that is reserved",
    type: "gauge",
    unit: "bytes",
    ...memory(({ heapTotal }) => heapTotal),
  },
  {
    name: "thrum_external_memory_bytes",
    help: "Buffers outside the heap",
    type: "gauge",
    unit: "bytes",
    ...memory(({ external }) => external),
  },
  {
    name: "process_resident_memory_bytes",
    help: "Memory of the whole process, the same for each of its isolates",
    type: "gauge",
    unit: "bytes",
    ...memory(({ rss }) => rss),
  },
  {
    name: "process_cpu_seconds_total",
    help: "CPU time of the whole process, the same for each of its isolates",
    type: "counter",
    unit: "seconds",
    labels: [],
    read: ({ cpu }) =>
      cpu === undefined ? [] : [[[], (cpu.user + cpu.system) / 1_000_000]],
  },
];
