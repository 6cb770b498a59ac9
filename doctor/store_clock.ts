/** Check of the clock of the Redis, PostgreSQL or NATS behind the broker. */

import { type Clock, systemClock } from "../lib/base/clock.ts";
import { systemRandom } from "../lib/base/random.ts";
import { readStoreTime } from "../lib/embedding/store_time.ts";
import type { Config } from "../server/config.ts";
import { brokerNameOf } from "./broker.ts";
import { CLOCK_SLACK_MS, type Finding, reasonOf } from "./finding.ts";
import { within } from "./within.ts";

const check = "store clock";

/** Compares the time of the store with this machine's; `undefined` without a store. */
export async function examineStoreClock(
  { brokerUrl }: Pick<Config, "brokerUrl">,
  clock: Clock = systemClock,
): Promise<Finding | undefined> {
  if (brokerUrl === undefined) return undefined;
  const name = brokerNameOf(brokerUrl);
  try {
    const offMs = await within(
      measure(brokerUrl, clock),
      `the time of ${name}`,
    );
    const amount = `${Math.abs(offMs / 1_000).toFixed(1)} s`;
    if (Math.abs(offMs) <= CLOCK_SLACK_MS) {
      return {
        status: "ok",
        check,
        text: `that of ${name} agrees with this machine's`,
      };
    }
    return {
      status: "warning",
      check,
      text: `that of ${name} is ${amount} ${
        offMs > 0 ? "ahead of" : "behind"
      } this machine's`,
      advice: "synchronise both: presence and histories expire by the clock " +
        "of the store, tokens by those of the nodes",
    };
  } catch (error) {
    return {
      status: "warning",
      check,
      text: `that of ${name} cannot be read: ${reasonOf(error)}`,
    };
  }
}

/** Milliseconds by which the clock of the store is ahead. */
async function measure(brokerUrl: string, clock: Clock): Promise<number> {
  const time = await readStoreTime(brokerUrl, { clock, random: systemRandom });
  if (!Number.isFinite(time)) throw new Error("it is no number");
  return time - clock.wallTime;
}
