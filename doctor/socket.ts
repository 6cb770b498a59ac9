/** Checks of a WebSocket through the public URL: it opens, publishes, is cut, and recovers. */

import { systemClock } from "../lib/base/clock.ts";
import { type Finding, reasonOf } from "./finding.ts";
import { CommandError, HandshakeError, type Message } from "./hub_socket.ts";
import { connect, type Visit } from "./visit.ts";

/** Position of a subscriber in its channel. */
interface Position {
  readonly epoch: unknown;
  readonly offset: unknown;
}

const UNAUTHORIZED = 101;
const PERMISSION_DENIED = 103;

/** Advice on a handshake, by the status that it was answered with. */
const HANDSHAKE_ADVICE: Readonly<Record<number, string>> = {
  403:
    "the proxy has to pass the header Host as it came, or ALLOWED_ORIGINS has to name this origin",
  404:
    "--url has to have the path below which the proxy has the hub, and the proxy has to lead there",
  426:
    "the proxy has to pass the headers Upgrade and Connection, over HTTP/1.1",
  429: "this address has made too many attempts: try again later",
  502: "the proxy does not reach the server",
  503: "the server is full, drains, or has no broker",
  504: "the server did not answer the proxy",
};

/** Opens, publishes, cuts and recovers; what follows on a failure is not tried. */
export async function* examineSocket(visit: Visit): AsyncGenerator<Finding> {
  let check = "websocket";
  try {
    const position = yield* publish(visit, (next) => check = next);
    check = "recovery";
    yield await recover(visit, position);
  } catch (error) {
    yield failureOf(check, error, visit);
  }
}

async function* publish(
  visit: Visit,
  enter: (check: string) => void,
): AsyncGenerator<Finding, Position | undefined> {
  const { url, channel } = visit;
  using socket = (await connect(visit)).socket;
  yield {
    status: "ok",
    check: "websocket",
    text: `it opens, for a page of ${url.origin} too`,
  };
  enter("publish");
  const subscribed = await socket.ask("subscribe", {
    channel,
    recoverable: true,
  });
  const begin = systemClock.now;
  const arrived = socket.nextPublication();
  await socket.ask("publish", { channel, data: "first" });
  const { offset } = await arrived;
  const ms = systemClock.now - begin;
  yield {
    status: "ok",
    check: "publish",
    text: `a publication comes back in ${ms.toFixed(1)} ms`,
  };
  if (subscribed.recoverable !== true) return undefined;
  return { epoch: subscribed.epoch, offset };
}

/** Misses a publication after a cut, and comes back for it. */
async function recover(
  visit: Visit,
  position: Position | undefined,
): Promise<Finding> {
  const check = "recovery";
  const { channel } = visit;
  if (position === undefined) {
    return {
      status: "skipped",
      check,
      text: `"${channel}" keeps no history to recover from`,
      advice: "name a channel that does with --channel",
    };
  }
  using socket = (await connect(visit)).socket;
  await socket.ask("publish", { channel, data: "missed" });
  const { recovered, publications } = await socket.ask("subscribe", {
    channel,
    ...position,
    recover: true,
  });
  const missed: readonly Message[] = Array.isArray(publications)
    ? publications
    : [];
  if (recovered === true && missed.at(-1)?.data === "missed") {
    return {
      status: "ok",
      check,
      text: "what was published during a cut comes back",
    };
  }
  return {
    status: "failed",
    check,
    text: "what was published during a cut did not come back",
    advice: "nodes behind one URL have to share a broker: set BROKER_URL",
  };
}

function failureOf(check: string, error: unknown, visit: Visit): Finding {
  const advice = adviceOf(error, visit);
  const text = reasonOf(error);
  return { status: "failed", check, text, ...advice && { advice } };
}

function adviceOf(error: unknown, { token }: Visit): string | undefined {
  if (error instanceof HandshakeError) {
    return HANDSHAKE_ADVICE[error.status] ??
      "something on the way closes WebSockets";
  }
  const wantsToken = error instanceof CommandError &&
    error.code === UNAUTHORIZED;
  if (wantsToken && token === undefined) {
    return "give a token in DOCTOR_TOKEN, or run this with the server's TOKEN_SECRET";
  }
  if (/\b3500\b/.test(reasonOf(error))) {
    return "the token is refused: TOKEN_SECRET, TOKEN_AUDIENCE and TOKEN_ISSUER have to be those of the server";
  }
  const isDenied = error instanceof CommandError &&
    error.code === PERMISSION_DENIED;
  return isDenied
    ? "name a channel with --channel where this token may publish"
    : undefined;
}
