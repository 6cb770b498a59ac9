/** Composition root: settings → hub → app; serves it, and drains it on a signal. */

import process from "node:process";
import { systemClock } from "./lib/base/clock.ts";
import {
  type Config,
  ConfigError,
  hubOptionsOf,
  isTelemetryOn,
  loadConfig,
  routeOptionsOf,
  variableNames,
} from "./server/config.ts";
import { openBridge } from "./server/bridge_file.ts";
import { isolatesOf, readFileLimit } from "./server/file_limit.ts";
import { Listener } from "./server/listener.ts";
import { brokerAt, isolates } from "./lib/embedding/brokers.ts";
import { coreOf, type EmbeddedHub } from "./lib/embedding/embedded_hub.ts";
import { readSnapshot } from "./lib/metrics/snapshot.ts";
import { makeHub } from "./lib/create_hub.ts";
import { createLog, type LogLevel, toLine } from "./lib/base/log.ts";
import { watchIsolates } from "./server/isolate_watch.ts";
import { observeMetrics } from "./server/telemetry.ts";
import { LogWriter } from "./server/log_writer.ts";
import { inTurns } from "./server/request_turns.ts";
import { fileRiskOf, type Risk, risksOf } from "./server/risks.ts";
import { onSignals } from "./server/signals.ts";
import { thrum } from "./routes/mod.ts";
import { navigationOf } from "./routes/pages/navigation.ts";

/** Less than the 5 s after which a platform kills the process that it has signalled. */
const EXIT_WITHIN_MS = 4000;

const stdout = new LogWriter({ sink: Deno.stdout, describeLoss });
const stderr = new LogWriter({ sink: Deno.stderr, describeLoss });
let isExiting = false;
/** True if another isolate drains; and the number of isolates of this process. */
let mustEnd = false;
let expected = 1;
const config = loadConfigOrExit();
const log = createLog({
  level: config.logLevel,
  clock: systemClock,
  write: writeLine,
});
// The settings warn of the access themselves, once for all isolates.
const hub = makeHub({
  ...hubOptionsOf(config),
  access: {
    tokens: {
      secret: config.tokenSecret,
      jwksUrl: config.jwksUrl,
      audience: config.tokenAudience,
      issuer: config.tokenIssuer,
      clockToleranceMs: config.tokenClockToleranceMs,
    },
    anonymous: config.insecureAnonymousAll,
  },
  broker: config.brokerUrl === undefined
    ? isolates({ maxHistoryBytes: config.maxHistoryBytes })
    : brokerAt(config.brokerUrl),
  bridge: config.bridgeFile && await openBridge(config.bridgeFile),
  memoryUse: Deno.memoryUsage,
  cpuUse: () => process.cpuUsage(),
  log,
});
const core = coreOf(hub);
const watch = import.meta.main
  ? watchIsolates({
    clock: systemClock,
    node: core.hub.broker.node,
    onLost,
    onDraining: () => {
      mustEnd = true;
      shutdown?.();
    },
    onError: (error) => log.warn("isolate_watch_failed", { error }),
  })
  : undefined;
const links = config.demos ? [{ label: "Demos", path: "demos" }] : [];
const app = thrum(hub, {
  ...routeOptionsOf(config),
  pages: { links },
  isolates: watch && (() => watch.count),
});
const demos = config.demos ? await addDemos() : undefined;
const handle = inTurns(
  systemClock,
  (request, info: Deno.ServeHandlerInfo) => app.fetch(request, info),
);

/** Entry point that `deno serve` and other hosts call with each request. */
const main: Deno.ServeDefaultExport = {
  fetch: handle,
};
export default main;

let shutdown: (() => Promise<void>) | undefined;
let stopping: Promise<void> | undefined;

if (import.meta.main) {
  logUncaught();
  risksOf(config).forEach(warn);
  if (isTelemetryOn()) exportMetrics();
  serve();
}

function loadConfigOrExit(): Config {
  try {
    return loadConfig(undefined, { names: variableNames() });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const log = createLog({
      level: "error",
      clock: systemClock,
      write: writeLine,
    });
    for (const problem of error.problems) log.error("bad_setting", { problem });
    return exit(1);
  }
}

/** Adds the demos to the app; returns their hub, which shares nothing with that of the server. */
async function addDemos(): Promise<EmbeddedHub> {
  const { MAX_HISTORY_BYTES, openDemos } = await import(
    "./examples/demos/mod.ts"
  );
  const { brokerUrl } = config;
  const demos = openDemos({
    ...config,
    broker: brokerUrl === undefined
      ? isolates({ cluster: "thrum-demos", maxHistoryBytes: MAX_HISTORY_BYTES })
      : brokerAt(brokerUrl, "thrum-demos"),
    links: navigationOf(links),
    log,
  });
  app.route("/demos", demos.app);
  app.get("/demos/", (c) => c.redirect("../demos"));
  return demos.hub;
}

/** Writes without the console, which waits for its reader and puts the name of the isolate before the JSON. */
function writeLine(level: LogLevel, line: string): void {
  const isTrouble = level === "warn" || level === "error";
  (isTrouble ? stderr : stdout).write(line);
}

function describeLoss(lines: number): string {
  const event = { clock: systemClock, event: "log_lost", fields: { lines } };
  return toLine({ level: "warn", ...event });
}

/** Ends the process after its log is written. */
function exit(code: number): never {
  isExiting = true;
  stdout.flushSync();
  stderr.flushSync();
  Deno.exit(code);
}

/** Ends all isolates in peace: each of them notices that another one is lost. */
function onLost(): void {
  if (stopping !== undefined) return;
  const exits = config.exitOnIsolateFailure;
  log.error("isolate_lost", { ...watch?.count, exits });
  if (!exits) return;
  if (shutdown === undefined) return exit(1);
  Deno.exitCode = 1;
  shutdown();
}

/** Logs the error that ends this isolate: Deno itself reports only those of its first one. */
function logUncaught(): void {
  addEventListener("error", ({ error }) => onUncaught(error));
  addEventListener("unhandledrejection", ({ reason }) => onUncaught(reason));
}

function onUncaught(error: unknown): void {
  // Under --watch, the exit is an error that ends the program alone.
  if (isExiting) return;
  log.error("uncaught", { error });
  stderr.flushSync();
}

function warn({ event, fields }: Risk): void {
  log.warn(event, fields);
}

function warnOfFileLimit(isolates: number): void {
  const limit = readFileLimit();
  if (limit.type === "unknown") {
    log.debug("file_limit_unknown", { reason: limit.reason });
  }
  const risk = fileRiskOf(config, { limit, isolates });
  if (risk !== undefined) warn(risk);
}

/** Hands the metrics of this isolate to OpenTelemetry; each isolate does so. */
async function exportMetrics(): Promise<void> {
  try {
    await observeMetrics(() => readSnapshot(core));
  } catch (error) {
    log.warn("telemetry_failed", { error });
  }
}

/**
 * Serves the app under `deno serve` and `deno run`.
 *
 * `deno serve` calls `Deno.serve` once this module is evaluated, with the port
 * of its command line, and shuts that server down on a signal, which closes every
 * socket with 1001 at once. So that call is replaced: it takes the port of the
 * settings, and ends with a drain. Under `deno run` there is no such call.
 */
function serve(): void {
  const denoServe = Deno.serve;
  let served = false;
  const listen = (options: Deno.ServeTcpOptions) => {
    served = true;
    Deno.serve = denoServe;
    expected = isolatesOf(options, config.denoJobs);
    warnOfFileLimit(expected);
    // Before any client can connect.
    shutdown = () => server.shutdown();
    onSignals({
      clock: systemClock,
      log,
      onFirst: shutdown,
      onAgain: () => Deno.exit(1),
    });
    const listener = listenOrExit(denoServe, options);
    const server = listener.first;
    server.shutdown = () => stop(() => listener.close());
    // It began after the signal to end.
    if (mustEnd) shutdown();
    return server;
  };
  Object.assign(Deno, { serve: listen });
  systemClock.after(0, () => served || listen({}));
}

/** Listens on the address of the settings; the port that a 0 has taken first is kept. */
function listenOrExit(
  denoServe: typeof Deno.serve,
  options: Deno.ServeTcpOptions,
): Listener<Deno.HttpServer<Deno.NetAddr>> {
  const { host: hostname } = config;
  let { port } = config;
  let onFirst = onListen;
  try {
    return new Listener({
      clock: systemClock,
      log,
      listen() {
        const server = denoServe(
          { ...options, port, hostname, onListen: onFirst },
          handle,
        );
        port = server.addr.port;
        onFirst = () => {};
        return server;
      },
    });
  } catch (error) {
    // The port is taken or forbidden, or the address is not this machine's.
    if (!(error instanceof Error)) throw error;
    log.error("listen_failed", {
      hostname,
      port,
      problem: error.message,
      meaning: "expected a free port and an address of this machine: " +
        "set PORT, or HOST",
    });
    return exit(1);
  }
}

function onListen({ hostname, port }: Deno.NetAddr): void {
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  log.info("listening", { url: `http://${host}:${port}/`, hostname, port });
}

/** Drains the hub, then closes the server; a second call waits for the first. */
function stop(close: () => Promise<void>): Promise<void> {
  return stopping ??= (async () => {
    log.info("draining", { connections: hub.size });
    // Normally the process ends by itself; a client that never closes must not prevent it.
    Deno.unrefTimer(setTimeout(() => Deno.exit(), EXIT_WITHIN_MS));
    await Promise.all([hub.drain(), demos?.drain(), watch?.drain(expected)]);
    watch?.close();
    await close();
    log.info("stopped");
  })();
}
