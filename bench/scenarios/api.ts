/** Server API: publications over HTTP connections that are kept alive. */

import type { Contest } from "../contest.ts";
import { payloadOf } from "../dialects.ts";
import { loaded, turnMsOf } from "../loaded.ts";
import type { Setting } from "../scenario.ts";
import { API_KEY, bare, thrum } from "../servers.ts";

const CONNECTIONS = 16;

/** The whole request; the generator puts in the number, eight digits for five characters. */
function requestOf(bytes: number): string {
  const body = JSON.stringify({ channel: "room", data: payloadOf(bytes) });
  const length = body.replace("{seq}", "00000000").length;
  return `POST /api/publish HTTP/1.1\r\nHost: 127.0.0.1\r\n` +
    `X-API-Key: ${API_KEY}\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${length}\r\n\r\n${body}`;
}

/** Requests per second, beside a route that parses the same JSON. */
export function apiContests(setting: Setting): Contest[] {
  const load = {
    mode: "http",
    connections: CONNECTIONS,
    message: requestOf(setting.bytes),
  } as const;
  return [{
    title: "Server API",
    load: `${CONNECTIONS} connections that are kept alive publish ` +
      `${setting.bytes} bytes, each one request at a time. The bare Hono ` +
      "route parses the same JSON and answers.",
    contenders: [
      loaded("Thrum", { start: thrum(setting.entry), load }, setting),
      loaded("bare Hono", { start: bare("api.ts"), load }, setting),
    ],
    figures: ["rate", "cpuMicros", "p50Ms", "p99Ms"],
    marks: [{
      title: "server API publish, against a bare Hono route",
      above: { of: "Thrum", figure: "rate" },
      below: [{ of: "bare Hono", figure: "rate" }],
      must: 0.7,
      goal: 0.9,
    }],
    turnMs: turnMsOf(setting),
  }];
}
