/** Log lines about the broker of a hub: sentences for operators, and the driver's stack for debugging. */

import type { Log } from "../base/log.ts";

/** Stage of the work in which a broker has failed. */
interface Failure {
  readonly stage: string;
  /** The server of a Redis Cluster. */
  readonly server?: string | undefined;
}

/** Makes the function that logs failures of a broker, such as `redis`, at a place. */
export function brokerFailures(
  log: Log,
  name: string,
  place: string,
): (error: unknown, failure: Failure) => void {
  const event = `${name}_failed`;
  return (error, failure) => {
    const problem = error instanceof Error ? error.message : String(error);
    log.warn(event, {
      ...failure,
      place,
      problem,
      meaning: "calls are refused with error 100 while it is away, and it is " +
        "tried again until it is back: see BROKER_URL, or the option broker",
    });
    log.debug("broker_error", { ...failure, error });
  };
}

/** The hosts of a broker's URL, without a user, a password and options. */
export function hostsOf(url: string): string {
  const [address = ""] = url.slice(url.indexOf("//") + 2).split("?");
  const [hosts = ""] = address.slice(address.lastIndexOf("@") + 1).split("/");
  return hosts;
}
