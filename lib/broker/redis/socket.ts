/** TCP or TLS connection to a server of Redis. */

import type { Socket } from "node:net";
import type { RedisServerUrl } from "./url.ts";

/** Time that a connection may take, in milliseconds. */
const CONNECT_TIMEOUT_MS = 2_000;
/** Silence after which the system asks for a sign of life, in milliseconds. */
const KEEP_ALIVE_MS = 5_000;

/** Connects; rejects if the server cannot be reached in time. */
export async function openSocket(url: RedisServerUrl): Promise<Socket> {
  const { hostname: host, port, tls } = url;
  const { connect, isIP } = await import("node:net");
  const options = {
    ...{ host, port, noDelay: true, timeout: CONNECT_TIMEOUT_MS },
    ...{ keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS },
  };
  if (!tls) return await isOpen(connect(options), "connect");
  const { connect: connectTls } = await import("node:tls");
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const socket = connectTls({ ...options, ...servername });
  return await isOpen(socket, "secureConnect");
}

function isOpen<S extends Socket>(socket: S, event: string): Promise<S> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    const giveUp = () =>
      fail(new Error(`no connection within ${CONNECT_TIMEOUT_MS} ms`));
    socket.once("error", fail);
    socket.once("timeout", giveUp);
    socket.once(event, () => {
      socket.setTimeout(0);
      socket.off("error", fail);
      socket.off("timeout", giveUp);
      resolve(socket);
    });
  });
}
