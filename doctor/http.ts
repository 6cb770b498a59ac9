/** Checks of plain HTTP through the public URL: the hub, its clock, what a proxy adds and what it holds back. */

import { systemClock } from "../lib/base/clock.ts";
import { isLoopbackHost } from "../lib/auth/origin.ts";
import type { Config } from "../server/config.ts";
import { CLOCK_SLACK_MS, type Finding, reasonOf } from "./finding.ts";
import { PATIENCE_MS, within } from "./within.ts";

/** The hub, as plain HTTP shows it. */
export interface HttpResult {
  /** True if a hub is there. */
  readonly reached: boolean;
  /** Name of the proxy in front; `undefined` if none shows. */
  readonly proxy?: string | undefined;
  readonly findings: readonly Finding[];
}

function get(url: URL): Promise<Response> {
  return fetch(url, {
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
}

/** Looks for the hub at `url`, and at what its answers say. */
export async function examineHttp(
  url: URL,
  config: Config | undefined,
): Promise<HttpResult> {
  const begin = systemClock.wallTime;
  let response: Response;
  try {
    response = await get(new URL("healthz", url));
  } catch (error) {
    return missing(`${url} does not answer: ${reasonOf(error)}`);
  }
  const { status, headers } = response;
  const text = await response.text();
  if (status !== 200 || !/^\{"status":"(?:ok|degraded)"/.test(text)) {
    return missing(`${url}healthz answers ${status}, and is no hub`);
  }
  const wallTime = (begin + systemClock.wallTime) / 2;
  return {
    reached: true,
    proxy: proxyOf(url, headers),
    findings: [
      healthOf(url, text),
      await readinessOf(url),
      clockOf(headers.get("date"), { wallTime, config }),
      ...encryptionOf(url),
    ],
  };
}

function missing(text: string): HttpResult {
  const advice = "check that the server runs, the name and the port, and that" +
    " --url has the path below which the proxy has the hub";
  const finding = { status: "failed", check: "http", text, advice } as const;
  return { reached: false, findings: [finding] };
}

function healthOf(url: URL, text: string): Finding {
  const check = "http";
  if (text.startsWith('{"status":"ok"')) {
    return { status: "ok", check, text: `a hub answers at ${url}` };
  }
  return {
    status: "warning",
    check,
    text: "the hub is degraded: one of its isolates has ended by an error",
    advice: "look for uncaught in the log, and restart the server",
  };
}

async function readinessOf(url: URL): Promise<Finding> {
  const check = "readiness";
  const response = await get(new URL("readyz", url));
  const text = await response.text();
  if (response.ok) return { status: "ok", check, text: "it takes clients" };
  return {
    status: "failed",
    check,
    text: `it takes no clients: ${response.status} ${text}`,
    advice: "it drains, or does not reach its broker: the log says which",
  };
}

function clockOf(
  date: string | null,
  { wallTime, config }: {
    readonly wallTime: number;
    readonly config: Config | undefined;
  },
): Finding {
  const check = "clock";
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) {
    return { status: "skipped", check, text: "the answer has no date" };
  }
  const offMs = Math.max(Math.abs(wallTime - theirs) - CLOCK_SLACK_MS, 0);
  if (offMs === 0) {
    return { status: "ok", check, text: "it agrees with this machine's" };
  }
  const seconds = Math.round((offMs + CLOCK_SLACK_MS) / 1000);
  const tolerance = config?.tokenClockToleranceMs ?? CLOCK_SLACK_MS;
  return {
    status: offMs > tolerance ? "failed" : "warning",
    check,
    text: `it is ${seconds} s off this machine's`,
    advice:
      "synchronise both: tokens are refused before their nbf and after their exp",
  };
}

function encryptionOf(url: URL): readonly Finding[] {
  if (url.protocol === "https:" || isLoopbackHost(url.hostname)) return [];
  return [{
    status: "warning",
    check: "encryption",
    text: "tokens and messages travel in plain text",
    advice: "put a proxy with TLS in front; see docs/deploying.md",
  }];
}

/** Name of a proxy that has added its own headers, or ends TLS. */
function proxyOf(url: URL, headers: Headers): string | undefined {
  return headers.get("via") ?? headers.get("server") ??
    (url.protocol === "https:" ? "one that ends TLS" : undefined);
}

/** Opens a stream, and looks whether its first line comes while it is open. */
export async function examineStream(
  url: URL,
  token: string | undefined,
): Promise<Finding> {
  const check = "streams";
  const end = new AbortController();
  try {
    const answered = beginStream(url, { token, signal: end.signal });
    const status = await within(
      answered,
      "the first line of a stream",
      PATIENCE_MS / 2,
    );
    if (status === 200) {
      return { status: "ok", check, text: "they arrive line by line" };
    }
    return {
      status: "failed",
      check,
      text: `/connection/http_stream answers ${status}`,
      advice: "clients without WebSocket need it",
    };
  } catch (error) {
    return {
      status: "failed",
      check,
      text: reasonOf(error),
      advice: "the proxy holds answers back: switch its buffering off",
    };
  } finally {
    end.abort();
  }
}

/** Resolves with the status once the first line is there; the stream goes on until `signal`. */
async function beginStream(
  url: URL,
  { token, signal }: {
    readonly token: string | undefined;
    readonly signal: AbortSignal;
  },
): Promise<number> {
  const { status, body } = await fetch(new URL("connection/http_stream", url), {
    method: "POST",
    headers: { origin: url.origin },
    body: JSON.stringify({ id: 1, connect: { token } }),
    signal,
  });
  const reader = body?.getReader();
  await reader?.read();
  // Its end comes with the signal, as an error of which nothing is to be learnt.
  reader?.closed.catch(() => {});
  return status;
}
