/** Client of the text protocol that survives restarts, dead connections and lost networks. */

import { disconnects, shouldReconnect } from "../base/disconnect.ts";
import { backoff } from "./backoff.ts";
import { ClientHeartbeat } from "./heartbeat.ts";
import {
  type FrameData,
  requireWebSocket,
  socketUrl,
  type TextClientOptions,
  type TextClientSettings,
  withDefaults,
} from "./options.ts";
import { ReconnectingSocket, type SocketClose } from "./reconnecting_socket.ts";
import { TokenKeeper } from "./token_keeper.ts";

/** Ends of a connection that the client itself decides; the server receives code and reason. */
const closes = {
  normal: { code: 1000, reason: "", wasClean: true },
  silent: { code: 3012, reason: "no answer to ping", wasClean: false },
  offline: { code: 4000, reason: "offline", wasClean: false },
} as const satisfies Record<string, SocketClose>;

/** `readyState` of a socket that is opening, and of one that is open. */
const CONNECTING = 0;
const OPEN = 1;
/** Beginning of the frame that brings a token. */
const AUTH = "auth:";

/** State of a frame after `send`: on its way, queued for the next connection, or lost. */
export type SendResult = "sent" | "queued" | "dropped";

/**
 * Speaks the text protocol over a connection that opens again by itself, unless
 * the server closed it with 1009, 3500–3999 or 4500–4999.
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
  readonly #socket: ReconnectingSocket;
  readonly #heartbeat: ClientHeartbeat;
  readonly #tokens: TokenKeeper;
  readonly #channels = new Set<string>();
  readonly #queue: string[] = [];
  /** The server has accepted the client: channels and queued frames may be sent. */
  #open = false;
  /** True while `onOpen` is called. */
  #isOpening = false;
  /** The token was sent, and the answer to a ping behind it will show that it was accepted. */
  #isAuthenticating = false;
  /** The device reports that it has no network, and nothing has come since. */
  #isDoubtful = false;
  #unwatch: (() => void) | undefined;
  #lastClose: SocketClose | undefined;
  #pingedAt: number | undefined;
  #roundTripMs: number | undefined;

  /**
   * Makes a client that does not connect yet.
   *
   * @throws {TypeError} If `url` is not an absolute ws: or wss: URL, or there is no such option.
   */
  constructor(url: string | URL, options: TextClientOptions = {}) {
    const settings = withDefaults(options);
    const { clock, heartbeatMs, answerMs, random, onChange } = settings;
    this.#settings = settings;
    this.#tokens = new TokenKeeper(settings);
    this.#useToken(settings);
    this.#heartbeat = new ClientHeartbeat({
      clock,
      periodMs: heartbeatMs,
      answerMs,
      onBeat: () => this.#ping(),
      onSilence: () => this.#fallSilent(),
    });
    this.#socket = new ReconnectingSocket(socketUrl(url, options), {
      WebSocket: settings.WebSocket,
      clock,
      connectTimeoutMs: settings.connectTimeoutMs,
      delayMs: (attempt) =>
        backoff(attempt, {
          minMs: settings.minDelayMs,
          maxMs: settings.maxDelayMs,
          random: random.number(),
        }),
      prepare: this.#tokens.hasSource ? () => this.#tokens.ask() : undefined,
      mayReconnect: ({ code }) =>
        shouldReconnect(code) ||
        code === disconnects.invalidToken.code && this.#tokens.refused(),
      onAttempt: () => onChange?.(),
      onOpen: () => this.#opened(),
      onFrame: (data) => this.#received(data),
      onClose: (close, details) => this.#closed(close, details),
    });
  }

  /** 0 connecting, 1 open, 2 closing, 3 closed; 3 also between two attempts. */
  get readyState(): number {
    return this.#socket.readyState;
  }

  /** True from `connect()` to `close()` or a final close code: the client connects again by itself. */
  get active(): boolean {
    return this.#unwatch !== undefined;
  }

  /** Bytes handed to the socket that the network has not taken yet. */
  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  /** Number of frames that wait for the next connection. */
  get queuedFrames(): number {
    return this.#queue.length;
  }

  /** Attempts to connect again since the connection was last open for five seconds. */
  get retryCount(): number {
    return this.#socket.retryCount;
  }

  /** Time of the next attempt, in milliseconds since 1970; undefined if none is scheduled. */
  get nextAttemptAt(): number | undefined {
    return this.#socket.nextAttemptAt;
  }

  /** Time of the next heartbeat, in milliseconds since 1970; undefined unless open. */
  get nextHeartbeatAt(): number | undefined {
    return this.#heartbeat.nextAt;
  }

  /** The end of the last connection, or of the last attempt at one. */
  get lastClose(): SocketClose | undefined {
    return this.#lastClose;
  }

  /** Milliseconds from the last `ping` that was answered to its answer; undefined before the first. */
  get roundTripMs(): number | undefined {
    return this.#roundTripMs;
  }

  /** False while the device reports that it has no network. */
  get online(): boolean {
    return this.#settings.network.online;
  }

  /** Channels that the client joins again after every reconnect, without their `#`. */
  get channels(): ReadonlySet<string> {
    return this.#channels;
  }

  /**
   * Connects now, even if an attempt is scheduled for later, and stays connected from now on.
   *
   * @throws {TypeError} If there is neither a global `WebSocket` nor the option.
   */
  connect(): void {
    requireWebSocket(this.#settings);
    this.#unwatch ??= this.#settings.network.watch((online) =>
      this.#networkChanged(online)
    );
    this.#socket.open();
    this.#settings.onChange?.();
  }

  /** Disconnects, drops the queued frames, and stays disconnected until `connect()`. */
  close(): void {
    this.#deactivate();
    this.#socket.close(closes.normal);
    this.#settings.onChange?.();
  }

  /** Disconnects, at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Sends a frame as it is: `uid:message`, `all:message` or `#channel:message`.
   * While there is no connection up to `maxQueuedFrames` of them wait for the next one.
   * `auth:token` replaces the token, for this connection and the next ones.
   */
  send(frame: string): SendResult {
    if (frame.startsWith(AUTH)) return this.#authenticate(frame);
    if (this.#write(frame)) return "sent";
    const full = !this.#isOpening &&
      this.#queue.length >= this.#settings.maxQueuedFrames;
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

  /** Leaves `channel`, now and after every reconnect. */
  leave(channel: string): void {
    this.#channels.delete(channel);
    this.#write(`-#${channel}`);
  }

  #write(frame: string): boolean {
    const sent = this.#open && this.#socket.send(frame);
    if (sent && frame === "ping") this.#pingedAt = this.#settings.clock.now;
    if (sent) this.#settings.onFrame?.("out", frame);
    return sent;
  }

  #useToken(options: Pick<TextClientSettings, "token" | "onTokenError">): void {
    const { WebSocket } = this.#settings;
    if (options.token === undefined) return;
    if (WebSocket?.authenticate) WebSocket.authenticate(options);
    else this.#tokens.use(options);
  }

  /** A program's own token counts for later connections, too. */
  #authenticate(frame: string): SendResult {
    this.#useToken({ token: frame.slice(AUTH.length) });
    if (this.#isAuthenticating) this.#socket.send(frame);
    if (this.readyState === OPEN) return "sent";
    return this.active ? "queued" : "dropped";
  }

  #opened(): void {
    const { token } = this.#tokens;
    if (token === undefined) return this.#accepted();
    this.#isAuthenticating = true;
    this.#socket.send(`${AUTH}${token}`);
    // Frames are carried out in order: its answer shows that the token was accepted.
    this.#heartbeat.probe();
  }

  #accepted(): void {
    const { onOpen, onChange } = this.#settings;
    this.#isAuthenticating = false;
    this.#heartbeat.start();
    this.#tokens.accepted((token) => this.#socket.send(`${AUTH}${token}`));
    // What the program sends and joins now comes after what waits.
    this.#isOpening = true;
    onOpen?.();
    this.#isOpening = false;
    this.#open = this.readyState === OPEN;
    for (const channel of this.#channels) this.#write(`+#${channel}`);
    while (this.#queue[0] !== undefined && this.#write(this.#queue[0])) {
      this.#queue.shift();
    }
    onChange?.();
  }

  #ping(): void {
    if (!this.#isAuthenticating) this.#write("ping");
    else if (this.#socket.send("ping")) {
      this.#pingedAt = this.#settings.clock.now;
    }
  }

  #received(data: FrameData): void {
    this.#isDoubtful = false;
    this.#heartbeat.received();
    const isAcceptance = this.#isAuthenticating && data === "pong";
    if (!isAcceptance) this.#settings.onFrame?.("in", data);
    if (data === "pong" && this.#pingedAt !== undefined) {
      this.#roundTripMs = this.#settings.clock.now - this.#pingedAt;
      this.#pingedAt = undefined;
    }
    if (isAcceptance) return this.#accepted();
    if (data === "ping") this.#write("pong");
    else if (data !== "pong") this.#settings.onMessage?.(data);
  }

  #closed(
    close: SocketClose,
    { undelivered, isFinal }: {
      readonly undelivered: readonly string[];
      readonly isFinal: boolean;
    },
  ): void {
    this.#open = this.#isAuthenticating = false;
    this.#heartbeat.stop();
    this.#tokens.stop();
    this.#lastClose = close;
    if (isFinal) this.#deactivate();
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

  /** A device may be wrong about its network: an open connection is asked. */
  #networkChanged(online: boolean): void {
    const isStale = this.#isDoubtful && this.readyState === CONNECTING;
    this.#isDoubtful = !online;
    // An attempt from before has gone to a network that was not there.
    if (online && isStale) this.#socket.reopen(closes.offline);
    else if (this.readyState === OPEN) this.#heartbeat.probe();
    else if (online) this.#socket.open();
    this.#settings.onChange?.();
  }

  #fallSilent(): void {
    if (this.#isDoubtful) this.#socket.close(closes.offline);
    else this.#socket.reopen(closes.silent);
  }

  #deactivate(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#queue.length = 0;
  }
}
