/** Joins a WebSocket to a hub: what the socket says goes to the connection, and its end is noticed once. */

import type { Connection } from "../hub/connection.ts";
import { disconnects } from "../base/disconnect.ts";
import type { Hub } from "../hub/hub.ts";
import type { Identity } from "../hub/identity.ts";
import type { Protocol } from "../protocol/types.ts";

/** Who connects, and in which protocol. */
export interface AcceptOptions {
  /** What the client speaks. */
  readonly protocol: Protocol;
  /** Who the client has shown to be; without it the client has to authenticate in time. */
  readonly identity?: Identity;
  /** Called when the connection is open and registered. */
  readonly onConnect?: (connection: Connection) => void;
}

/**
 * Registers `socket` with `hub` as soon as it opens, unless the hub is full (3504)
 * or draining (3001); the socket takes a place of `hub.admission` until its end.
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
      // A log that fails has nobody to tell, nor has a socket that cannot be closed.
    }
  }

  /** Deno may report one end twice. */
  function leave(): void {
    if (entered) hub.admission.leave();
    entered = false;
  }

  // Deno says nothing of a client that has gone before the upgrade.
  const stopWaiting = hub.clock.after(hub.limits.authenticateWithinMs, leave);

  socket.binaryType = "arraybuffer";
  socket.onopen = () => {
    stopWaiting();
    try {
      // One that was waited for too long has given its place back.
      entered ||= hub.admission.enter();
      const { shutdown, connectionLimit } = disconnects;
      const reject = hub.draining ? shutdown : !entered && connectionLimit;
      if (reject) return socket.close(reject.code, reject.reason);
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
