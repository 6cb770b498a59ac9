/** The library's connection through TCP or TLS, whose errors cannot end the process. */

import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import {
  type ConnectionOptions,
  type NatsConnection,
  NatsConnectionImpl,
  setTransportFactory,
} from "@nats-io/transport-node";
import {
  nodeResolveHost,
  NodeTransport,
} from "@nats-io/transport-node/lib/node_transport.js";

/**
 * The transport takes all listeners from a socket: between two steps of a connection,
 * and when it gives it up, as after a refused password. An error of the socket then has
 * no listener, and such an error ends the process.
 */
class GuardedTransport extends NodeTransport {
  override async dial(
    host: Parameters<NodeTransport["dial"]>[0],
  ): Promise<Socket> {
    return guarded(await super.dial(host));
  }

  override async startTLS(): Promise<TLSSocket> {
    return guarded(await super.startTLS());
  }
}

/** Connects as `connect` of the library does, but for that. */
export function connect(
  options: ConnectionOptions & { readonly tls?: { readonly caFile?: string } },
): Promise<NatsConnection> {
  setTransportFactory({
    factory: () => new GuardedTransport(),
    dnsResolveFn: nodeResolveHost,
  });
  return NatsConnectionImpl.connect(options);
}

/** Gives a socket a listener for errors that stays. */
function guarded<S extends Socket>(socket: S): S {
  const removeAll = socket.removeAllListeners.bind(socket);
  // Without an event it means all of them, which is not the same as `undefined`.
  socket.removeAllListeners = (...events: [event?: string | symbol]) => {
    removeAll(...events);
    // Its end is what the transport goes by.
    return socket.on("error", () => {});
  };
  return socket.on("error", () => {});
}
