/** Idle: what many connections cost that say nothing, or little. */

import { Crowd } from "../crowd.ts";
import { figure, table } from "../report.ts";
import type { ServerProcess } from "../server_process.ts";
import type { Target } from "../targets.ts";

const LONG_TIMEOUT_S = 60;
const SHORT_TIMEOUT_S = 6;
// Shorter than the short timeout, and no divisor of it: a look that is due one
// timeout after a heartbeat falls into the silence before another one.
const BEAT_EVERY_MS = 4_000;
const BEAT_TAKES_MS = 1_000;
// The answer to the handshake is the longest thing to be read.
const READ_BUFFER_BYTES = 1_024;
const QUIET_CHECK_MS = 200;
const QUIET_CHECKS = 25;
const QUIET_CPU_MS = 10;

/** Options of {@linkcode measureIdle}. */
export interface IdleOptions {
  readonly bare: Target;
  readonly thrum: Target;
  readonly connections: number;
  readonly durationMs: number;
}

interface Phase {
  readonly target: Target;
  /** Seconds of silence after which the server evicts. */
  readonly timeoutS: number;
  /** Whether clients send heartbeats. */
  readonly beats: boolean;
}

interface Outcome {
  /** CPU milliseconds per second, heartbeats excluded. */
  readonly silence: number;
  /** CPU microseconds for each heartbeat. */
  readonly beat: number;
  readonly bytesPerConnection: number;
  readonly evicted: number;
}

function delay(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}

/** CPU milliseconds that `server` uses during `durationMs`. */
async function cpuDuring(
  server: ServerProcess,
  durationMs: number,
): Promise<number> {
  const before = server.cpuSeconds();
  await delay(durationMs);
  // A thread that ended meanwhile took its share of the sum with it.
  return Math.max(0, server.cpuSeconds() - before) * 1000;
}

/** Resolves once `server` has hardly anything left to do, or after five seconds. */
async function untilQuiet(server: ServerProcess): Promise<void> {
  for (let check = 0; check < QUIET_CHECKS; check++) {
    if (await cpuDuring(server, QUIET_CHECK_MS) < QUIET_CPU_MS) return;
  }
}

async function silent(server: ServerProcess, durationMs: number) {
  const cpuMs = await cpuDuring(server, durationMs);
  return { silence: cpuMs * 1000 / durationMs, beat: NaN };
}

/** All clients send an empty frame, the smallest heartbeat, at once; then silence; and again. */
async function beating(
  server: ServerProcess,
  crowd: Crowd,
  durationMs: number,
) {
  const cycles = Math.ceil(durationMs / BEAT_EVERY_MS);
  const silenceMs = BEAT_EVERY_MS - BEAT_TAKES_MS;
  let [beatCpuMs, silenceCpuMs] = [0, 0];
  for (const connection of crowd.connections) connection.load("", 1);
  for (let cycle = 0; cycle < cycles; cycle++) {
    for (const connection of crowd.connections) connection.repeat(1);
    beatCpuMs += await cpuDuring(server, BEAT_TAKES_MS);
    silenceCpuMs += await cpuDuring(server, silenceMs);
  }
  return {
    silence: silenceCpuMs * 1000 / (cycles * silenceMs),
    beat: beatCpuMs * 1000 / (cycles * crowd.connections.length),
  };
}

async function runPhase(phase: Phase, options: IdleOptions): Promise<Outcome> {
  const { target, timeoutS, beats } = phase;
  const { connections: size, durationMs } = options;
  await using server = await target.start({
    HEARTBEAT_TIMEOUT: `${timeoutS}s`,
  });
  const emptyBytes = server.rssBytes();
  using crowd = await Crowd.open({
    size,
    port: server.port,
    path: target.fanout.path,
    readBufferBytes: READ_BUFFER_BYTES,
  });
  const bytesPerConnection = (server.rssBytes() - emptyBytes) / size;
  await untilQuiet(server);
  const cpu = beats
    ? await beating(server, crowd, durationMs)
    : await silent(server, durationMs);
  return { ...cpu, bytesPerConnection, evicted: crowd.failures };
}

function row({ target, timeoutS, beats }: Phase, outcome: Outcome): string[] {
  return [
    target.name,
    target.name === "bare" ? "–" : `${timeoutS} s`,
    beats ? `every ${BEAT_EVERY_MS / 1000} s` : "never",
    figure(outcome.silence, 2),
    beats ? figure(outcome.beat, 1) : "–",
    figure(outcome.bytesPerConnection / 1024, 1),
    figure(outcome.evicted),
  ];
}

/** Runs all phases, each on a fresh server, and reports them in Markdown. */
export async function measureIdle(options: IdleOptions): Promise<string> {
  const { bare, thrum } = options;
  const long = { target: thrum, timeoutS: LONG_TIMEOUT_S, beats: true };
  const short = { target: thrum, timeoutS: SHORT_TIMEOUT_S, beats: true };
  const rows = [[
    "server",
    "timeout",
    "heartbeats",
    "CPU ms/s in silence",
    "CPU µs per heartbeat",
    "RSS KiB per connection",
    "evicted",
  ]];
  const run = async (phase: Phase) => {
    const outcome = await runPhase(phase, options);
    rows.push(row(phase, outcome));
    return outcome;
  };
  await run({ target: bare, timeoutS: LONG_TIMEOUT_S, beats: false });
  await run({ ...long, beats: false });
  const rarely = await run(long);
  const often = await run(short);
  const sweepMs = (often.silence - rarely.silence) *
    (BEAT_EVERY_MS - BEAT_TAKES_MS) / 1000;
  return `${table(rows)}\n\n` +
    `One sweep, a look at each of the ${figure(options.connections)} ` +
    `connections, took ${figure(sweepMs, 1)} ms of CPU: what silence costs ` +
    `more with ${SHORT_TIMEOUT_S} s than with ${LONG_TIMEOUT_S} s.`;
}
