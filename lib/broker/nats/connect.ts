/** The npm package `@nats-io/transport-node` behind a link: loaded when a link first connects. */

import type { NatsLike, TakeMessage } from "./client.ts";
import { NatsLink, type NatsLinkOptions } from "./link.ts";
import type { MsgHdrs, NatsConnection } from "@nats-io/transport-node";
import { requireSize } from "./message_size.ts";
import { type NatsUrl, parseNatsUrl } from "./url.ts";

/** Time that a TCP or TLS connection may take, in milliseconds. */
const CONNECT_TIMEOUT_MS = 2_000;
/** A connection on which the server leaves two pings unanswered has ended. */
const PING_INTERVAL_MS = 2_000;

/**
 * Makes a link to the NATS (2.9 or newer, with JetStream) at `url`. It begins to
 * connect when it is opened.
 *
 * @throws {TypeError} If the URL is not one of NATS.
 */
export function connectNats(
  url: string,
  options: Omit<NatsLinkOptions, "connect">,
): NatsLink {
  const parts = parseNatsUrl(url);
  return new NatsLink({
    ...options,
    connect: (onError) => connect(parts, onError),
  });
}

/** Connects to the first server of a URL that answers in time; later errors of the connection go to `onError`. */
export async function connect(
  url: NatsUrl,
  onError: (error: unknown) => void,
): Promise<NatsLike> {
  const [{ connect }, { credsAuthenticator, headers: makeHeaders }] =
    await Promise.all([
      import("./transport.ts"),
      import("@nats-io/transport-node"),
    ]);
  const { servers, user, password, tls, ca, creds } = url;
  const authenticator = creds === undefined
    ? undefined
    : credsAuthenticator(await readFile(creds));
  const login = password === undefined
    ? { token: user }
    : { user, pass: password };
  const connection = await connect({
    servers: [...servers],
    ...(user === undefined ? {} : login),
    ...(authenticator === undefined ? {} : { authenticator }),
    ...(tls || ca !== undefined ? { tls: { caFile: ca } } : {}),
    // The link connects again itself, and says to its users what to renew.
    reconnect: false,
    timeout: CONNECT_TIMEOUT_MS,
    pingInterval: PING_INTERVAL_MS,
    maxPingOut: 2,
    ignoreClusterUpdates: true,
  });
  return likeOf(connection, makeHeaders, onError);
}

/** Puts a connection of the package behind its port. */
function likeOf(
  connection: NatsConnection,
  makeHeaders: () => MsgHdrs,
  onError: (error: unknown) => void,
): NatsLike {
  const subscribe = (subject: string, take: TakeMessage) =>
    connection.subscribe(subject, {
      callback: (error, message) => {
        if (error === null) take(message);
        else onError(error);
      },
    });
  return {
    publish(subject, data, { reply, headers } = {}) {
      // The client's own error does not say that another attempt is in vain.
      requireSize(data, headers, connection.info?.max_payload ?? Infinity);
      if (headers === undefined) {
        return connection.publish(subject, data, { reply });
      }
      const found = makeHeaders();
      for (const [name, value] of Object.entries(headers)) {
        found.set(name, value);
      }
      connection.publish(subject, data, { reply, headers: found });
    },
    subscribe(subject, take) {
      const subscription = subscribe(subject, take);
      return () => subscription.unsubscribe();
    },
    subscribeToEnd(subject, take) {
      const subscription = subscribe(subject, take);
      return () => subscription.drain();
    },
    flush: () => connection.flush(),
    closed: () => connection.closed(),
    close: () => connection.drain().catch(() => connection.close()),
    abort: () => connection.close(),
  };
}

async function readFile(path: string): Promise<Uint8Array> {
  const { readFile } = await import("node:fs/promises");
  return new Uint8Array(await readFile(path));
}
