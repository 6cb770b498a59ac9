/** Joins a WebSocket to a hub: its messages go to a connection, and its end is noticed once. */

import type { Connection } from "../hub/connection.ts";
import { disconnects, writeCloseReason } from "../base/disconnect.ts";
import type { Hub } from "../hub/hub.ts";
import type { Identity } from "../hub/identity.ts";
import type { Protocol } from "../protocol/types.ts";

/** Options of {@linkcode acceptWebSocket}. */
export interface AcceptOptions {
  /** Protocol of the client. */
  readonly protocol: Protocol;
  /** Identity that the client has shown; without it the client has to authenticate in time. */
  readonly identity?: Identity;
  /** Called when the connection is open and registered. */
  readonly onConnect?: (connection: Connection) => void;
}

/**
 * Registers `socket` with `hub` as soon as it opens, unless the hub is full (3504)
 * or draining (3001); the socket takes a slot of `hub.admission` until its end.
 *
 * Every handler is guarded, for a throw in one would end the process.
 */
export function acceptWebSocket(
  hub: Hub,
  socket: WebSocket,
  { protocol, identity, onConnect }: AcceptOptions,
): void {
  let connection: Connection | undefined;
  let entered = hub.admission.enter();

  function fail(error: unknown): void {
    try {
      hub.log.error("handler_failed", { connection: connection?.id, error });
      connection?.disconnect(disconnects.internal);
    } catch {
      // Neither a log that fails nor a socket that cannot be closed can be reported.
    }
  }

  /** Deno may report one end twice. */
  function leave(): void {
    if (entered) hub.admission.leave();
    entered = false;
  }

  // Deno does not report a client that has gone before the upgrade.
  const stopWaiting = hub.clock.after(hub.limits.authenticateWithinMs, leave);

  socket.binaryType = "arraybuffer";
  socket.onopen = () => {
    stopWaiting();
    try {
      // A socket that opens late has given its slot back.
      entered ||= hub.admission.enter();
      const { shutdown, connectionLimit } = disconnects;
      const reject = hub.draining ? shutdown : !entered && connectionLimit;
      const notice = reject && hub.returns.appoint(reject);
      if (notice) return socket.close(notice.code, writeCloseReason(notice));
      connection = hub.connect(socket, protocol, identity);
      onConnect?.(connection);
    } catch (error) {
      fail(error);
    }
  };
  socket.onmessage = (event) => {
    try {
      connection?.receive(event.data);
    } catch (error) {
      fail(error);
    }
  };
  socket.onclose = () => {
    stopWaiting();
    leave();
    try {
      connection?.ended();
    } catch (error) {
      fail(error);
    }
  };
}
