/** PING_INTERVAL=600h once made SDKs reconnect in a storm: no timer holds more than 2³¹ − 1 ms, and a longer one calls back at once. */

import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { createHub } from "../../lib/create_hub.ts";
import type { HubLimits } from "../../lib/limits/hub_limits.ts";
import { MAX_DURATION_MS } from "../../lib/limits/check_limits.ts";
import { ConfigError, loadConfig } from "../../server/config.ts";
import { SECRET } from "../support/token.ts";

function load(env: Readonly<Record<string, string>>) {
  const all: Record<string, string> = { TOKEN_SECRET: SECRET, ...env };
  return loadConfig((name) => all[name]);
}

const DURATIONS = [
  "HEARTBEAT_TIMEOUT",
  "HEARTBEAT_INTERVAL",
  "PING_INTERVAL",
  "PONG_TIMEOUT",
];

for (const name of DURATIONS) {
  Deno.test(`${name} is at most what timers and SDKs hold`, () => {
    load({ [name]: "596h" });
    for (const wrong of ["597h", "600h", "2147483647ms", "1e3h", "99999999h"]) {
      const { problems } = assertThrows(
        () => load({ [name]: wrong }),
        ConfigError,
      );
      assertEquals(problems.length, 1);
      assertEquals(
        problems[0]?.startsWith(`${name}="${wrong}": expected`),
        true,
      );
    }
  });
}

Deno.test("An SDK can add its own ten seconds, and more, to the longest ping interval", () => {
  assertEquals(MAX_DURATION_MS + 60_000 < 2 ** 31 - 1, true);
});

const LIMITS: readonly (keyof HubLimits)[] = [
  "heartbeatTimeoutMs",
  "heartbeatIntervalMs",
  "pingIntervalMs",
  "pongTimeoutMs",
  "listenerPingMs",
  "authenticateWithinMs",
];

for (const name of LIMITS) {
  Deno.test(`A program's ${name} is a number that a timer holds`, async () => {
    for (const wrong of [-1, NaN, Infinity, 2 ** 31, MAX_DURATION_MS + 1]) {
      assertThrows(
        () => createHub({ access: "anonymous", [name]: wrong }),
        RangeError,
        `Cannot create a hub with ${name} ${wrong}: expected a number of milliseconds from 0 to 2145600000`,
      );
    }
    const hub = createHub({ access: "anonymous", [name]: MAX_DURATION_MS });
    await hub.drain();
  });
}

for (
  const name of ["maxConnections", "maxChannels", "maxMessageBytes"] as const
) {
  Deno.test(`A program's ${name} is a whole number of at least 1`, () => {
    for (const wrong of [0, -1, NaN, 1.5]) {
      assertThrows(
        () => createHub({ access: "anonymous", [name]: wrong }),
        RangeError,
        `${name} ${wrong}: expected a whole number of at least 1`,
      );
    }
  });
}

Deno.test("A program's history is kept for a year at most", () => {
  for (const historyTtlMs of [-1, NaN, Infinity, 366 * 24 * 3_600_000]) {
    assertThrows(
      () =>
        createHub({
          access: "anonymous",
          channels: { "a:*": { historyTtlMs } },
        }),
      RangeError,
      `historyTtlMs ${historyTtlMs}: expected`,
    );
  }
  for (const historySize of [-1, NaN, Infinity, 0.5]) {
    assertThrows(
      () =>
        createHub({ access: "anonymous", channels: { "*": { historySize } } }),
      RangeError,
      `historySize ${historySize}: expected`,
    );
  }
});

Deno.test("A drain takes durations that a timer holds", async () => {
  await using hub = createHub({ access: "anonymous" });
  for (const wrong of [-1, NaN, Infinity, 2 ** 31]) {
    await assertRejects(() => hub.drain({ spreadMs: wrong }), RangeError);
    await assertRejects(() => hub.drain({ flushMs: wrong }), RangeError);
  }
});
