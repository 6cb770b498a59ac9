/** Check of the broker: a hub of the doctor's own publishes to it, and reads what it keeps. */

import { systemClock } from "../lib/base/clock.ts";
import { ProtocolError } from "../lib/base/errors.ts";
import type { Log, LogFields } from "../lib/base/log.ts";
import { createHub } from "../lib/create_hub.ts";
import { hostsOf } from "../lib/embedding/broker_log.ts";
import { brokerAt } from "../lib/embedding/brokers.ts";
import type { EmbeddedHub } from "../lib/embedding/embedded_hub.ts";
import type { Config } from "../server/config.ts";
import { type Finding, reasonOf } from "./finding.ts";
import { PATIENCE_MS } from "./within.ts";

const check = "broker";
const RETRY_MS = 100;

/** The newest warning of a hub, which says why it has no broker. */
class LastWarning {
  text = "it did not answer";
  readonly log: Log;

  constructor() {
    const keep = (event: string, { error, problem }: LogFields = {}) => {
      const reason = error === undefined ? problem : reasonOf(error);
      this.text = String(reason ?? event);
    };
    const ignore = () => {};
    this.log = { debug: ignore, info: ignore, warn: keep, error: keep };
  }
}

/** Publishes to `channel` by the broker alone, and reads it back. */
export async function examineBroker(
  { brokerUrl }: Pick<Config, "brokerUrl">,
  channel: string,
): Promise<Finding> {
  if (brokerUrl === undefined) {
    return {
      status: "ok",
      check,
      text: "the isolates of one process share every channel, in memory",
    };
  }
  const warning = new LastWarning();
  // A channel of its own, whatever the settings say about others.
  await using hub = createHub({
    // No client connects to it.
    access: "onConnect",
    onConnect: () => {},
    broker: brokerAt(brokerUrl),
    log: warning.log,
  });
  const name = brokerNameOf(brokerUrl);
  try {
    const ms = await roundTrip(hub, channel);
    return {
      status: "ok",
      check,
      text: `${name} orders and keeps a publication in ${ms.toFixed(1)} ms`,
    };
  } catch (error) {
    const reason = error instanceof ProtocolError && error.temporary
      ? warning.text
      : reasonOf(error);
    return {
      status: "failed",
      check,
      text: `${name} cannot be used: ${reason}`,
      advice: "check BROKER_URL, and that this machine reaches it",
    };
  }
}

/** The URL without user and password, path and query; it may name several hosts. */
export function brokerNameOf(brokerUrl: string): string {
  const [scheme = ""] = brokerUrl.split("//");
  return `${scheme}//${hostsOf(brokerUrl)}`;
}

async function roundTrip(hub: EmbeddedHub, channel: string): Promise<number> {
  await ready(hub);
  const begin = systemClock.now;
  await hub.publish(channel, "doctor");
  const { publications } = await hub.history(channel);
  const ms = systemClock.now - begin;
  await hub.removeHistory(channel);
  if (publications.at(-1)?.data !== "doctor") {
    throw new Error("what was published is not in the history");
  }
  return ms;
}

/** Waits for the broker as long as anything that works may take; what follows says why it is not there. */
async function ready(hub: EmbeddedHub): Promise<void> {
  const end = systemClock.now + PATIENCE_MS;
  while (!hub.ready && systemClock.now < end) {
    await new Promise<void>((resolve) => systemClock.after(RETRY_MS, resolve));
  }
}
