/** What a command does: permission first, then the hub, then the reply. */

import { TokenError, type VerifyToken } from "./auth/jwt.ts";
import type { Connection } from "./connection.ts";
import { disconnects } from "./disconnect.ts";
import { errors, ProtocolError } from "./errors.ts";
import type { Hub } from "./hub.ts";
import type { Log } from "./log.ts";
import type { Command } from "./protocol/types.ts";
import type { Payload } from "./publication.ts";

/** What commands act upon, and who decides. */
export interface CommandsDeps {
  readonly hub: Hub;
  readonly log: Log;
  /** Verifies the tokens of clients; without it no token is accepted. */
  readonly verifyToken: VerifyToken | undefined;
  /** Whether a client without a token may claim a name by its first direct message. */
  readonly allowClaims: boolean;
  /** Takes the messages of clients that speak a protocol without commands. */
  readonly onMessage:
    | ((connection: Connection, payload: Payload) => void | Promise<void>)
    | undefined;
}

/** Makes the function that carries out commands; a promise means that later commands must wait. */
export function createCommands(
  deps: CommandsDeps,
): (connection: Connection, command: Command) => void | Promise<void> {
  const { hub } = deps;
  return (connection, command) => {
    if (!connection.authenticated) requireAuth(command);
    switch (command.type) {
      case "direct":
        return direct(deps, connection, command.uid, command.payload);
      case "publish":
        return observe(
          deps,
          connection,
          hub.publish(command.channel, command.payload, connection.uid),
        );
      case "broadcast":
        return observe(
          deps,
          connection,
          hub.broadcast(command.payload, connection.uid),
        );
      case "subscribe":
        return subscribe(deps, connection, command.channel);
      case "unsubscribe":
        hub.unsubscribe(connection, command.channel);
        return connection.reply({
          type: "unsubscribed",
          channel: command.channel,
        });
      case "ping":
        return connection.reply({ type: "pong" });
      case "pong":
        return;
      case "auth":
        return authenticate(deps, connection, command.token);
      case "message":
        return deps.onMessage?.(connection, command.payload);
    }
  };
}

function requireAuth({ type }: Command): void {
  if (type === "auth" || type === "ping" || type === "pong") return;
  throw new ProtocolError(errors.unauthorized, 'send "auth:<token>" first');
}

function direct(
  deps: CommandsDeps,
  connection: Connection,
  uid: string,
  payload: Payload,
): void {
  const { hub } = deps;
  if (connection.uid === undefined && deps.allowClaims) {
    hub.identify(connection, { uid, expiresAt: connection.expiresAt });
  }
  const published = hub.sendTo(uid, payload, connection.uid);
  if (!(published instanceof Promise)) {
    if (!published.heard) tellUnreachable(connection, uid);
    return;
  }
  observe(
    deps,
    connection,
    published.then(({ heard }) => heard || tellUnreachable(connection, uid)),
  );
}

function tellUnreachable(connection: Connection, uid: string): void {
  const message = `nobody is connected as "${uid}"`;
  connection.reply({ type: "error", ...errors.unreachable, message });
}

async function subscribe(
  { hub }: CommandsDeps,
  connection: Connection,
  channel: string,
): Promise<void> {
  await hub.subscribe(connection, channel);
  connection.reply({ type: "subscribed", channel });
}

/** Tells the client when its publication has failed; the next command does not wait for that. */
function observe(
  { log }: CommandsDeps,
  connection: Connection,
  published: unknown,
): void {
  if (!(published instanceof Promise)) return;
  published.catch((error) => {
    log.error("publish_failed", { connection: connection.id, error });
    connection.reply({ type: "error", ...errors.internal });
  });
}

async function authenticate(
  { hub, log, verifyToken }: CommandsDeps,
  connection: Connection,
  token: string,
): Promise<void> {
  try {
    if (verifyToken === undefined) {
      throw new TokenError("TOKEN_SECRET is unset");
    }
    const identity = await verifyToken(token);
    if (connection.uid !== undefined && connection.uid !== identity.uid) {
      throw new TokenError("the connection already has another uid");
    }
    if (!connection.closed) hub.identify(connection, identity);
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    log.info("token_refused", {
      connection: connection.id,
      reason: error.message,
    });
    connection.disconnect(disconnects.invalidToken);
  }
}
