/** Contenders whose turn is one run of the load generator on a new server. */

import type { Contender } from "./contest.ts";
import { type Load, runLoad } from "./generator.ts";
import type { StartServer } from "./servers.ts";

/** A server and the load that it gets. */
export interface Loaded {
  readonly start: StartServer;
  readonly env?: Readonly<Record<string, string>>;
  /** The load, or what finds it out before the first turn. */
  readonly load: Load | (() => Promise<Load>);
  /** A load before it, so that a server that does little has been used before. */
  readonly before?: Load;
}

/** How long a turn is. */
export interface TurnLength {
  readonly warmupMs: number;
  readonly measureMs: number;
}

/** Starts the server for each turn, because one process is some per cent faster than the next. */
export function loaded(
  name: string,
  { start, env, load, before }: Loaded,
  { warmupMs, measureMs }: TurnLength,
): Contender {
  return {
    name,
    async measure() {
      const known = typeof load === "function" ? await load() : load;
      await using server = await start(env);
      if (before !== undefined) await runLoad(before, server);
      return await runLoad({ warmupMs, measureMs, ...known }, server);
    },
  };
}

/** About how long a turn lasts: servers start, and connections open. */
export function turnMsOf({ warmupMs, measureMs }: TurnLength): number {
  return warmupMs + measureMs + 1_000;
}
