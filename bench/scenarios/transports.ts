/** Transports side by side: one publication at a time to all subscribers, over each of them. */

import { ByteListener, MARK, MARK_BYTES } from "../byte_listener.ts";
import { clientFrame } from "../client_frame.ts";
import { Histogram } from "../histogram.ts";
import { RawConnection } from "../raw_connection.ts";
import { figure, table } from "../report.ts";
import type { ServerProcess } from "../server_process.ts";
import { median } from "../statistics.ts";
import type { Target } from "../targets.ts";

/** How large the load is, and how long it lasts. */
export interface TransportsOptions {
  readonly target: Target;
  readonly subscribers: number;
  /** Size of each payload. */
  readonly bytes: number;
  readonly rounds: number;
  readonly warmupMs: number;
  readonly durationMs: number;
}

/** How a subscriber of one transport comes. */
type Listen = Pick<
  Parameters<typeof ByteListener.open>[0],
  "request" | "then" | "next"
>;

const OPENING_AT_ONCE = 64;
const COMMANDS = JSON.stringify({ id: 1, connect: {} }) + "\n" +
  JSON.stringify({ id: 2, subscribe: { channel: "room" } });

/** The same commands in protobuf, each behind its length. */
const MESSAGES = "\x04\x08\x01\x22\x00" + "\x0a\x08\x02\x2a\x06\x0a\x04room";

const LISTENERS: Readonly<Record<string, Listen>> = {
  "WebSocket, text": { ...upgrade("/ws"), then: clientFrame("+#room") },
  "WebSocket, SDK": {
    ...upgrade("/connection/websocket"),
    then: clientFrame(COMMANDS),
  },
  "WebSocket, SDK in protobuf": {
    ...upgrade("/connection/websocket?cf_protocol=protobuf"),
    then: clientFrame(new TextEncoder().encode(MESSAGES)),
  },
  "HTTP stream": {
    request: `POST /connection/http_stream HTTP/1.1\r\nHost: bench\r\n` +
      `Content-Length: ${COMMANDS.length}\r\n\r\n${COMMANDS}`,
  },
  "HTTP stream in protobuf": {
    request: `POST /connection/http_stream HTTP/1.1\r\nHost: bench\r\n` +
      "Content-Type: application/octet-stream\r\n" +
      `Content-Length: ${MESSAGES.length}\r\n\r\n${MESSAGES}`,
  },
  "SSE of the SDK": {
    request: get(`/connection/sse?cf_connect=${encodeURIComponent(COMMANDS)}`),
  },
  "/sse": { request: get("/sse?channel=room") },
  "/poll": {
    request: get("/poll?channel=room"),
    next: (answer) => {
      const [, cursor] = /"cursor":"([^"]+)"/.exec(answer) ?? [];
      return get(`/poll?channel=room&timeout=60s&since=${cursor}`);
    },
  },
};

function get(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: bench\r\n\r\n`;
}

function upgrade(path: string): Listen {
  return {
    request: `GET ${path} HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\n` +
      "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  };
}

/** What one transport did in one round. */
interface Result {
  readonly rate: number;
  readonly cpuMicros: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Measures each transport in turn, in the same server, and reports the medians of all rounds. */
export async function measureTransports(
  options: TransportsOptions,
): Promise<string> {
  await using server = await options.target.start({
    CHANNEL_HISTORY_SIZE: "100",
  });
  const results = new Map<string, Result[]>();
  for (let round = 0; round < options.rounds; round++) {
    for (const [name, listen] of Object.entries(LISTENERS)) {
      const result = await measure(server, listen, options);
      results.set(name, [...results.get(name) ?? [], result]);
      console.error(
        `  ${name}: ${figure(result.cpuMicros, 2)} µs, p99 ${
          figure(result.p99Ms, 1)
        } ms`,
      );
    }
  }
  return report(results);
}

async function measure(
  server: ServerProcess,
  listen: Listen,
  options: TransportsOptions,
): Promise<Result> {
  const { subscribers, bytes, warmupMs, durationMs } = options;
  using room = await Room.open(server.port, listen, subscribers);
  await room.load(bytes);
  await room.publishFor(warmupMs);
  const { delivered } = room;
  const cpu = server.cpuSeconds();
  const start = performance.now();
  room.latency.reset();
  await room.publishFor(durationMs);
  const seconds = (performance.now() - start) / 1000;
  const deliveries = room.delivered - delivered;
  return {
    rate: deliveries / seconds,
    cpuMicros: (server.cpuSeconds() - cpu) * 1e6 / deliveries,
    p50Ms: room.latency.quantileMs(0.5),
    p99Ms: room.latency.quantileMs(0.99),
  };
}

/** Subscribers of one channel, and its publisher. */
class Room implements Disposable {
  readonly latency = new Histogram();
  delivered = 0;
  readonly #size: number;
  readonly #publisher: RawConnection;
  readonly #listeners: ByteListener[] = [];
  readonly #failure = Promise.withResolvers<never>();
  #arrived = Promise.withResolvers<void>();
  #missing = 0;
  #sentMs = 0;

  private constructor(publisher: RawConnection, size: number) {
    this.#publisher = publisher;
    this.#size = size;
    this.#failure.promise.catch(() => {});
  }

  /** Opens all connections. */
  static async open(port: number, listen: Listen, size: number): Promise<Room> {
    const publisher = await RawConnection.open({ port, path: "/ws" });
    const room = new Room(publisher, size);
    let left = size;
    const openSome = async () => {
      while (left-- > 0) {
        room.#listeners.push(
          await ByteListener.open({
            ...listen,
            port,
            onMarks: (marks) => room.#onMarks(marks),
            onFailure: (error) => room.#failure.reject(error),
          }),
        );
      }
    };
    await Promise.all(Array.from({ length: OPENING_AT_ONCE }, openSome));
    return room;
  }

  /** Publishes once; all subscriptions were asked for long before. */
  async load(bytes: number): Promise<void> {
    this.#publisher.load(`#room:${MARK}${"x".repeat(bytes - MARK_BYTES)}`, 1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await this.#publish();
  }

  /** Publishes one after the other, each when all have the one before. */
  async publishFor(durationMs: number): Promise<void> {
    const end = performance.now() + durationMs;
    while (performance.now() < end) await this.#publish();
  }

  [Symbol.dispose](): void {
    this.#publisher.close();
    for (const listener of this.#listeners) listener.close();
  }

  async #publish(): Promise<void> {
    this.#missing = this.#size;
    this.#arrived = Promise.withResolvers();
    this.#sentMs = performance.now();
    this.#publisher.repeat(1);
    await Promise.race([this.#arrived.promise, this.#failure.promise]);
  }

  #onMarks(marks: number): void {
    this.latency.record(performance.now() - this.#sentMs);
    this.delivered += marks;
    this.#missing -= marks;
    if (this.#missing === 0) this.#arrived.resolve();
  }
}

function report(results: ReadonlyMap<string, readonly Result[]>): string {
  const head = ["transport", "deliveries/s", "CPU µs each", "p50 ms", "p99 ms"];
  const rows = [...results].map(([name, rounds]) => {
    const of = (key: keyof Result) => median(rounds.map((each) => each[key]));
    return [
      name,
      figure(of("rate")),
      figure(of("cpuMicros"), 2),
      figure(of("p50Ms"), 2),
      figure(of("p99Ms"), 2),
    ];
  });
  return table([head, ...rows]);
}
