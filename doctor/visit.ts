/** A connection of the doctor, as a client makes it. */

import { HubSocket } from "./hub_socket.ts";

/** Address and token of the doctor's connections. */
export interface Visit {
  readonly url: URL;
  readonly channel: string;
  readonly token: string | undefined;
  /** Headers of the handshake, besides the origin. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A socket that the hub has let in, and the id of its connection. */
export interface Connected {
  readonly socket: HubSocket;
  readonly client: unknown;
}

/** Opens a socket and shows the token. */
export async function connect(
  { url, token, headers }: Visit,
): Promise<Connected> {
  const socket = await HubSocket.open({
    url,
    headers: { ...headers, origin: url.origin },
  });
  try {
    const parameters = token === undefined ? {} : { token };
    const { client } = await socket.ask("connect", parameters);
    return { socket, client };
  } catch (error) {
    socket[Symbol.dispose]();
    throw error;
  }
}
