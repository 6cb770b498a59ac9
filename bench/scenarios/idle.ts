/** Idle: memory of connections that say nothing. */

import type { Contender, Contest } from "../contest.ts";
import { sdkSubscriber } from "../dialects.ts";
import { IdleCrowd, type Script } from "../generator.ts";
import type { Setting } from "../scenario.ts";
import { bare, type StartServer, thrum } from "../servers.ts";

// Until the server has cleaned up after the handshakes.
const SETTLE_MS = 500;

/** Resident memory of a connection, beside bare Deno. */
export function idleContests({ entry, isQuick }: Setting): Contest[] {
  const connections = isQuick ? 2_000 : 10_000;
  const contender = (name: string, start: StartServer, subscriber: Script) =>
    idle(name, { start, connections, subscriber });
  return [{
    title: `Memory of ${connections} idle connections`,
    load: "Resident memory that the process has gained once all are open.",
    contenders: [
      contender("Thrum", thrum(entry), { path: "/ws" }),
      contender("Thrum, SDKs subscribed", thrum(entry), sdkSubscriber()),
      contender("bare Deno", bare("server.ts"), { path: "/fanout" }),
    ],
    figures: ["kibibytes"],
    marks: [{
      title: "memory per idle connection, against bare Deno",
      above: { of: "Thrum", figure: "kibibytes" },
      below: [{ of: "bare Deno", figure: "kibibytes" }],
      must: 1.15,
      goal: 1.05,
      isCeiling: true,
    }],
    turnMs: isQuick ? 2_000 : 5_000,
  }];
}

function idle(
  name: string,
  { start, connections, subscriber }: {
    readonly start: StartServer;
    readonly connections: number;
    readonly subscriber: Script;
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
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      const bytes = server.rssBytes() - before;
      return { values: { kibibytes: bytes / connections / 1024 } };
    },
  };
}
