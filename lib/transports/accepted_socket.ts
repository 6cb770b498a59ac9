/** Socket that the hub has accepted, from its handshake to its very end. */

import type { Clock } from "../base/clock.ts";
import type { Connection } from "../hub/connection.ts";
import {
  type Disconnect,
  disconnects,
  writeCloseReason,
} from "../base/disconnect.ts";
import type { Transport } from "../base/transport.ts";
import type { Deadline } from "../heartbeat/deadlines.ts";
import type { Hub } from "../hub/hub.ts";
import type { ConnectionSlot } from "../hub/admission.ts";
import type { Identity } from "../hub/identity.ts";
import type { Frame, Protocol } from "../protocol/types.ts";
import { type HandedSocket, OPEN } from "./handed_socket.ts";
import { SocketTransport } from "./socket_transport.ts";

/** Options of {@linkcode acceptWebSocket}. */
export interface AcceptOptions {
  /** Protocol of the client. */
  readonly protocol: Protocol;
  /** Identity that the client has shown; without it the client has to authenticate in time. */
  readonly identity?: Identity;
  /** Headers of its request, where they are kept. */
  readonly headers?: Headers;
  /**
   * True if the socket pings the client by itself.
   * @default {false}
   */
  readonly pingedByFrames?: boolean;
  /** Address that its limits are counted by; `undefined` if it is not known. */
  readonly address?: string;
}

/**
 * Registers `socket` with `hub` as soon as it opens, unless there is no slot for it
 * (3013) or the hub drains (3001), both by appointment; the socket takes a slot of `hub.admission` until its end.
 */
export function acceptWebSocket(
  hub: Hub,
  socket: HandedSocket,
  options: AcceptOptions,
): void {
  socket.binaryType = "arraybuffer";
  const accepted = new AcceptedSocket(hub, socket, options);
  listen(socket, accepted);
  if (socket.readyState === OPEN) accepted.opened();
}

/** Closes a socket that the hub does not take. */
export function refuseSocket(
  hub: Hub,
  socket: HandedSocket,
  disconnect: Disconnect,
): void {
  // Without a handler, an error of the package `ws` would end the process.
  socket.onerror = () => {};
  const transport = new SocketTransport(socket, {
    clock: hub.clock,
    onError: (error) => hub.log.error("handler_failed", { error }),
  });
  transport.close(disconnect.code, writeCloseReason(disconnect));
}

/** Event of a socket. */
interface SocketEvent {
  readonly type: string;
  readonly data?: Frame;
}

/**
 * Handlers of a socket's events, and what its connection needs as long as it is open:
 * one object, for closures would take more of the memory of each client. Every handler
 * is guarded, for a throw in one would end the process.
 */
class AcceptedSocket {
  readonly #hub: Hub;
  readonly #transport: SocketTransport;
  #slot: ConnectionSlot | undefined;
  #connection: Connection | undefined;
  /** Given up when the socket opens. */
  #options: AcceptOptions | undefined;
  #deadline: Deadline | undefined;

  constructor(hub: Hub, socket: HandedSocket, options: AcceptOptions) {
    this.#hub = hub;
    this.#options = options;
    this.#transport = new SocketTransport(socket, this);
    this.#slot = hub.admission.enter(options.address);
    // Deno says nothing of a client that has gone before the upgrade.
    const { authenticateWithinMs } = hub.limits;
    this.#deadline = hub.deadlines.after(
      authenticateWithinMs,
      () => this.#leave(),
    );
  }

  /** Time of its transport. */
  get clock(): Clock {
    return this.#hub.clock;
  }

  /** Called by a `WebSocket`, with each of its events. */
  handleEvent({ type, data }: SocketEvent): void {
    if (type === "message") this.received(data ?? "");
    else if (type === "open") this.opened();
    else this.closed();
  }

  opened(): void {
    const options = this.#options;
    if (options === undefined) return;
    this.#options = undefined;
    this.#stopWaiting();
    try {
      this.#connect(options);
    } catch (error) {
      this.onError(error);
    }
  }

  received(frame: Frame): void {
    this.#transport.received(frame);
    try {
      this.#connection?.receive(frame);
    } catch (error) {
      this.onError(error);
    }
  }

  closed(): void {
    this.#stopWaiting();
    this.#transport.ended();
    this.#leave();
    try {
      this.#connection?.ended();
    } catch (error) {
      this.onError(error);
    }
  }

  #connect(
    { protocol, identity, headers, address, pingedByFrames }: AcceptOptions,
  ): void {
    const hub = this.#hub;
    const transport = this.#transport;
    // One that was waited for too long has given its slot back.
    this.#slot ??= hub.admission.enter(address);
    const { shutdown, tooManyRequests } = disconnects;
    const reject = hub.draining ? shutdown : !this.#slot && tooManyRequests;
    if (reject === tooManyRequests) hub.admission.countRefusal();
    const notice = reject && hub.returns.appoint(reject);
    if (notice) return transport.close(notice.code, writeCloseReason(notice));
    const way = pingedByFrames ? new PingedSocket(transport) : transport;
    const connection = hub.connect(way, protocol, identity, headers);
    this.#connection = connection;
    connection.countFor(this.#slot?.group);
  }

  #stopWaiting(): void {
    if (this.#deadline !== undefined) {
      this.#hub.deadlines.cancel(this.#deadline);
    }
    this.#deadline = undefined;
  }

  #leave(): void {
    this.#slot?.leave();
    this.#slot = undefined;
  }

  /** Logs an error that has no caller, and ends the connection. */
  onError(error: unknown): void {
    try {
      const connection = this.#connection?.id;
      this.#hub.log.error("handler_failed", { connection, error });
      this.#connection?.disconnect(disconnects.internal);
    } catch {
      // Neither a log that fails nor a socket that cannot be closed can be reported.
    }
  }
}

/** Sets the handlers. One that is a property takes twice the memory of a listener. */
function listen(socket: HandedSocket, accepted: AcceptedSocket): void {
  const { WebSocket } = globalThis;
  // Node 20 has none of its own.
  if (WebSocket !== undefined && socket instanceof WebSocket) {
    socket.addEventListener("open", accepted, { once: true });
    socket.addEventListener("message", accepted);
    socket.addEventListener("close", accepted);
    return;
  }
  socket.onopen = () => accepted.opened();
  socket.onmessage = ({ data }: { readonly data: Frame }) =>
    accepted.received(data);
  socket.onclose = () => accepted.closed();
  // `onclose` follows. Without a handler, the package `ws` would throw.
  socket.onerror = () => {};
}

/** Socket that pings its client by itself. */
class PingedSocket implements Transport {
  readonly pinged = true;
  readonly #socket: Transport;

  constructor(socket: Transport) {
    this.#socket = socket;
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  send(frame: Frame): void {
    this.#socket.send(frame);
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }
}
