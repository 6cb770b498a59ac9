/** All scenarios, in the order of the report. */

import type { Scenario } from "../scenario.ts";
import { apiContests } from "./api.ts";
import { brokersContests } from "./brokers.ts";
import { connectContests } from "./connect.ts";
import { floodingContests } from "./flooding.ts";
import { growthContests, stormContests } from "./growth.ts";
import { idleContests } from "./idle.ts";
import { inspectorContests } from "./inspector.ts";
import { isolatesContests } from "./isolates.ts";
import { joinedContests } from "./joined.ts";
import { latencyContests } from "./latency.ts";
import { redisContests } from "./redis.ts";
import { echoContests, textContests } from "./text.ts";

/** Scenarios by their name on the command line. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  joined: {
    summary: "SDK frames to many subscribers, against Bun, uWS, ws, socket.io",
    needsGenerator: true,
    usesPeers: true,
    contests: joinedContests,
  },
  growth: {
    summary: "CPU per delivery from 10 subscribers to 10 000",
    needsGenerator: true,
    contests: growthContests,
  },
  text: {
    summary: "text frames to many subscribers, against bare Deno",
    needsGenerator: true,
    contests: textContests,
  },
  echo: {
    summary: "messages to oneself, against bare Deno",
    needsGenerator: true,
    contests: echoContests,
  },
  latency: {
    summary: "one publication a second, and half load, against bare Deno",
    needsGenerator: true,
    contests: latencyContests,
  },
  connect: {
    summary: "SDKs that connect and subscribe, against bare Deno",
    needsGenerator: true,
    contests: connectContests,
  },
  api: {
    summary: "publish over the server API, against a bare Hono route",
    needsGenerator: true,
    contests: apiContests,
  },
  idle: {
    summary: "memory of idle connections, against bare Deno",
    needsGenerator: true,
    contests: idleContests,
  },
  storms: {
    summary: "half of a channel joins and leaves at once",
    needsGenerator: true,
    contests: stormContests,
  },
  isolates: {
    summary: "three isolates on one port, against one",
    needsGenerator: true,
    contests: isolatesContests,
  },
  redis: {
    summary: "publish through Redis, against redis-benchmark",
    needsGenerator: false,
    contests: redisContests,
  },
  brokers: {
    summary:
      "publications through Redis, NATS and PostgreSQL, between two nodes",
    needsGenerator: false,
    contests: brokersContests,
  },
  flooding: {
    summary: "clients beside one that floods the server",
    isExtra: true,
    needsGenerator: false,
    contests: floodingContests,
  },
  inspector: {
    summary: "clients beside operators that look at 10 000 connections",
    isExtra: true,
    needsGenerator: true,
    contests: inspectorContests,
  },
};
