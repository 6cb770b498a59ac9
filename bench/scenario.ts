/** What every scenario is made from. */

import type { Contest } from "./contest.ts";
import type { TurnLength } from "./loaded.ts";
import type { KnownScenario } from "./options.ts";
import type { PeerName } from "./peers/mod.ts";
import type { StartServer } from "./servers.ts";

/** The peers that run here, and those that do not. */
export interface Peers {
  readonly found: readonly {
    readonly name: PeerName;
    readonly version: string;
    readonly start: StartServer;
  }[];
  readonly absent: readonly {
    readonly name: PeerName;
    readonly reason: string;
  }[];
}

/** The size of all loads, and who takes part. */
export interface Setting extends TurnLength {
  /** The module that `deno serve` runs as Thrum. */
  readonly entry: string;
  /** Size of each payload. */
  readonly bytes: number;
  readonly peers: Peers;
  /** Whether the run has to be short: loads that do not last for a set time are smaller. */
  readonly isQuick: boolean;
}

/** Contests under one name of the command line. */
export interface Scenario extends KnownScenario {
  /** Whether it needs the load generator in C. */
  readonly needsGenerator: boolean;
  readonly usesPeers?: boolean;
  readonly contests: (setting: Setting) => readonly Contest[];
}
