/** The architecture as rules: who may use which globals. */

import type { GlobalRule } from "./architecture_rules.ts";

/** Where time, chance, the environment and upgrades are used. */
export const GLOBALS: readonly GlobalRule[] = [
  {
    names: ["Deno.env"],
    within: ["main.ts", "lib/**", "routes/**", "server/**", "doctor/**"],
    only: ["main.ts", "server/config.ts", "doctor/main.ts"],
  },
  {
    names: ["Deno.upgradeWebSocket"],
    within: ["main.ts", "lib/**", "routes/**"],
    only: ["lib/transports/web_socket.ts"],
  },
  {
    // A simulation owns time and chance only if all of it goes through the clock.
    names: [
      "Date.now",
      "new Date",
      "performance.now",
      "setTimeout",
      "setInterval",
      "setImmediate",
      "Math.random",
      "crypto.randomUUID",
      "crypto.getRandomValues",
    ],
    within: ["lib/**", "routes/*", "routes/guard/*", "server/**", "doctor/**"],
    only: ["lib/base/clock.ts", "lib/base/random.ts"],
  },
];
