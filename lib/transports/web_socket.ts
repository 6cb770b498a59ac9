/** Joins a WebSocket to a hub: what the socket says goes to the connection, and its end is noticed once. */

import type { Connection } from "../connection.ts";
import { disconnects } from "../disconnect.ts";
import type { Hub, Identity } from "../hub.ts";
import type { Protocol } from "../protocol/types.ts";

/** Who connects, in which protocol, and who wants to know. */
export interface AcceptOptions {
  readonly protocol: Protocol;
  /** Who the client has shown to be; without it the client has to authenticate in time. */
  readonly identity?: Identity;
  /** Called when the connection is open and registered. */
  readonly onConnect?: (connection: Connection) => void;
  /** Called when a handler of the socket threw. */
  readonly onError: (error: unknown) => void;
}

/**
 * Registers `socket` with `hub` as soon as it opens. The caller has taken a place
 * of `hub.admission` for it; the socket's end gives it back.
 *
 * Every handler is guarded, for a throw in one would end the process.
 */
export function acceptWebSocket(
  hub: Hub,
  socket: WebSocket,
  options: AcceptOptions,
): void {
  const { protocol, identity, onConnect, onError } = options;
  let connection: Connection | undefined;
  let entered = true;

  function fail(error: unknown): void {
    onError(error);
    connection?.disconnect(disconnects.internal);
  }

  socket.binaryType = "arraybuffer";
  socket.onopen = () => {
    try {
      if (hub.draining) {
        const { code, reason } = disconnects.shutdown;
        return socket.close(code, reason);
      }
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
    // Deno may report one end twice.
    if (!entered) return;
    entered = false;
    hub.admission.leave();
    try {
      connection?.ended();
    } catch (error) {
      fail(error);
    }
  };
}
