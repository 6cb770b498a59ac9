/** All scenarios, in the order of the report. */

import type { Scenario } from "../scenario.ts";
import { apiContests } from "./api.ts";
import { connectContests } from "./connect.ts";
import { joinedContests } from "./joined.ts";
import { redisContests } from "./redis.ts";

/** Scenarios by their name on the command line. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  joined: {
    summary: "SDK frames to many subscribers, against Bun, uWS, ws, socket.io",
    needsGenerator: true,
    usesPeers: true,
    contests: joinedContests,
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
  redis: {
    summary: "publish through Redis, against redis-benchmark",
    needsGenerator: false,
    contests: redisContests,
  },
};
