/** Idle: memory of connections that say nothing. */

import type { Contender, Contest } from "../contest.ts";
import { sdkSubscriber } from "../dialects.ts";
import { IdleCrowd, type Script } from "../generator.ts";
import type { Setting } from "../scenario.ts";
import { bare, type StartServer, thrum } from "../servers.ts";

/** How long the connections have been open when they count as just connected. */
const JUST_CONNECTED_MS = 500;
/** Silence after which V8 has collected the garbage of the handshakes: it does so 20 to 30 s later. */
const IDLE_MS = 35_000;

/** Resident memory of a connection, beside bare Deno. */
export function idleContests({ entry, isQuick }: Setting): Contest[] {
  const connections = isQuick ? 2_000 : 10_000;
  const idleMs = isQuick ? 2_000 : IDLE_MS;
  const contender = (name: string, start: StartServer, subscriber: Script) =>
    idle(name, { start, connections, subscriber, idleMs });
  return [{
    title: `Memory of ${connections} idle connections`,
    load: "Resident memory that the process has gained: once all are open, " +
      `and when nothing has happened for ${idleMs / 1_000} s.`,
    contenders: [
      contender("Thrum", thrum(entry), { path: "/ws" }),
      contender("Thrum, SDKs subscribed", thrum(entry), sdkSubscriber()),
      contender("bare Deno", bare("server.ts"), { path: "/fanout" }),
    ],
    figures: ["kibibytes", "freshKibibytes"],
    marks: [{
      title: "memory per idle connection, against bare Deno",
      above: { of: "Thrum", figure: "kibibytes" },
      below: [{ of: "bare Deno", figure: "kibibytes" }],
      must: 1.15,
      goal: 1.05,
      isCeiling: true,
    }],
    turnMs: idleMs + 3_000,
  }];
}

function idle(
  name: string,
  { start, connections, subscriber, idleMs }: {
    readonly start: StartServer;
    readonly connections: number;
    readonly subscriber: Script;
    readonly idleMs: number;
  },
): Contender {
  return {
    name,
    async measure() {
      await using server = await start();
      const before = server.rssBytes();
      const load = {
        mode: "connect",
        connections,
        window: 64,
        subscriber,
      } as const;
      await using _crowd = await IdleCrowd.open(load, server);
      const gained = async (waitMs: number) => {
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        return (server.rssBytes() - before) / connections / 1024;
      };
      const freshKibibytes = await gained(JUST_CONNECTED_MS);
      const kibibytes = await gained(idleMs);
      return { values: { kibibytes, freshKibibytes } };
    },
  };
}
