/** A client of the text protocol that survives restarts, dead links and lost networks. */

import { shouldReconnect } from "../base/disconnect.ts";
import { backoff } from "./backoff.ts";
import { ClientHeartbeat } from "./heartbeat.ts";
import { Link, type LinkClose } from "./reconnecting_socket.ts";
import {
  type FrameData,
  socketUrl,
  type TextClientOptions,
  type TextClientSettings,
  withDefaults,
} from "./options.ts";

/** Why the client itself ends a connection; as much as the server gets to see. */
const closes = {
  called: { code: 1000, reason: "", wasClean: true },
  silent: { code: 3012, reason: "no answer to ping", wasClean: false },
  offline: { code: 4000, reason: "offline", wasClean: false },
} as const satisfies Record<string, LinkClose>;

/** What became of a frame: on its way, waiting for the next connection, or lost. */
export type SendResult = "sent" | "queued" | "dropped";

/**
 * Speaks the text protocol over a link that comes back by itself, unless the
 * server closed it with 1009, 3500–3999 or 4500–4999.
 *
 * ```ts
 * const client = new TextClient("wss://example.org/ws", {
 *   uid: "alice",
 *   onMessage: (data) => console.log(data),
 * });
 * client.connect();
 * client.join("room");
 * client.send("#room:hello");
 * ```
 */
export class TextClient implements Disposable {
  readonly #settings: TextClientSettings;
  readonly #link: Link;
  readonly #heartbeat: ClientHeartbeat;
  readonly #channels = new Set<string>();
  readonly #queue: string[] = [];
  #open = false;
  #unwatch: (() => void) | undefined;
  #lastClose: LinkClose | undefined;
  #pingedAt: number | undefined;
  #roundTripMs: number | undefined;

  /**
   * Makes a client that does not connect yet.
   *
   * @throws {TypeError} If `url` is not an absolute ws: or wss: URL.
   */
  constructor(url: string | URL, options: TextClientOptions = {}) {
    const settings = withDefaults(options);
    const { clock, heartbeatMs, answerMs, random, onChange } = settings;
    this.#settings = settings;
    this.#heartbeat = new ClientHeartbeat({
      clock,
      periodMs: heartbeatMs,
      answerMs,
      onBeat: () => this.#write("ping"),
      onSilence: () =>
        this.#link.drop(closes.silent.code, closes.silent.reason),
    });
    this.#link = new Link(socketUrl(url, options), {
      WebSocket: settings.WebSocket,
      clock,
      connectTimeoutMs: settings.connectTimeoutMs,
      delayMs: (attempt) =>
        backoff(attempt, {
          minMs: settings.minDelayMs,
          maxMs: settings.maxDelayMs,
          random: random.number(),
        }),
      onAttempt: () => onChange?.(),
      onOpen: () => this.#opened(),
      onFrame: (data) => this.#received(data),
      onClose: (close) => this.#closed(close),
    });
  }

  /** 0 connecting, 1 open, 2 closing, 3 closed; 3 also between two attempts. */
  get readyState(): number {
    return this.#link.readyState;
  }

  /** Whether the client is to be connected: from `connect()` to `close()` or a final close code. */
  get active(): boolean {
    return this.#unwatch !== undefined;
  }

  /** Bytes handed to the socket that the network has not taken yet. */
  get bufferedAmount(): number {
    return this.#link.bufferedAmount;
  }

  /** Frames that wait for the next connection. */
  get queuedFrames(): number {
    return this.#queue.length;
  }

  /** Attempts to come back since the link was last open for five seconds. */
  get retryCount(): number {
    return this.#link.retryCount;
  }

  /** When the next attempt is due, in milliseconds since 1970; undefined if none waits. */
  get nextAttemptAt(): number | undefined {
    return this.#link.nextAttemptAt;
  }

  /** When the next heartbeat is due, in milliseconds since 1970; undefined unless open. */
  get nextHeartbeatAt(): number | undefined {
    return this.#heartbeat.nextAt;
  }

  /** How the last connection, or attempt at one, ended. */
  get lastClose(): LinkClose | undefined {
    return this.#lastClose;
  }

  /** Milliseconds from the last `ping` that was answered to its answer; undefined before the first. */
  get roundTripMs(): number | undefined {
    return this.#roundTripMs;
  }

  /** False while the device says that it has no network. */
  get online(): boolean {
    return this.#settings.network.online;
  }

  /** The channels that the client joins again after every reconnect, without their `#`. */
  get channels(): ReadonlySet<string> {
    return this.#channels;
  }

  /** Connects, at once if an attempt was waiting, and stays connected from now on. */
  connect(): void {
    this.#unwatch ??= this.#settings.network.watch((online) =>
      this.#networkChanged(online)
    );
    this.#link.open();
    this.#settings.onChange?.();
  }

  /** Disconnects, forgets what was queued, and stays so until `connect()`. */
  close(): void {
    this.#rest();
    this.#link.close(closes.called);
    this.#settings.onChange?.();
  }

  /** Disconnects, at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Sends a frame as it is: `uid:message`, `all:message` or `#channel:message`.
   * While the link is down up to `maxQueuedFrames` of them wait for the next one.
   */
  send(frame: string): SendResult {
    if (this.#write(frame)) return "sent";
    const full = this.#queue.length >= this.#settings.maxQueuedFrames;
    if (!this.active || full) return "dropped";
    this.#queue.push(frame);
    this.#settings.onChange?.();
    return "queued";
  }

  /** Joins `channel`, now and after every reconnect. */
  join(channel: string): void {
    this.#channels.add(channel);
    this.#write(`+#${channel}`);
  }

  /** Leaves `channel` for good. */
  leave(channel: string): void {
    this.#channels.delete(channel);
    this.#write(`-#${channel}`);
  }

  #write(frame: string): boolean {
    const sent = this.#open && this.#link.send(frame);
    if (sent && frame === "ping") this.#pingedAt = this.#settings.clock.now;
    if (sent) this.#settings.onFrame?.("out", frame);
    return sent;
  }

  #opened(): void {
    const { token, onOpen, onChange } = this.#settings;
    this.#open = true;
    this.#heartbeat.start();
    if (token) this.#link.send(`auth:${token}`);
    onOpen?.();
    for (const channel of this.#channels) this.#write(`+#${channel}`);
    for (const frame of this.#queue.splice(0)) this.#write(frame);
    onChange?.();
  }

  #received(data: FrameData): void {
    this.#heartbeat.heard();
    this.#settings.onFrame?.("in", data);
    if (data === "pong" && this.#pingedAt !== undefined) {
      this.#roundTripMs = this.#settings.clock.now - this.#pingedAt;
      this.#pingedAt = undefined;
    }
    if (data === "ping") this.#write("pong");
    else if (data !== "pong") this.#settings.onMessage?.(data);
  }

  #closed(close: LinkClose): void {
    this.#open = false;
    this.#heartbeat.stop();
    this.#lastClose = close;
    if (!shouldReconnect(close.code)) this.#rest();
    const undelivered = this.#link.takeUndelivered();
    if (this.active) {
      this.#queue.unshift(...undelivered);
      this.#queue.length = Math.min(
        this.#queue.length,
        this.#settings.maxQueuedFrames,
      );
    }
    this.#settings.onClose?.(close);
    this.#settings.onChange?.();
  }

  #networkChanged(online: boolean): void {
    if (online) this.#link.open();
    else this.#link.close(closes.offline);
    this.#settings.onChange?.();
  }

  #rest(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#queue.length = 0;
  }
}
