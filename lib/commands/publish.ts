/** The commands `publish`, `uid:message` and `all:message`. */

import type { Connection } from "../hub/connection.ts";
import { errors } from "../base/errors.ts";
import type { PublishOptions } from "../hub/hub_deps.ts";
import { levelOfFailure } from "../base/log.ts";
import type {
  DirectCommand,
  PayloadCommand,
  PublishCommand,
} from "../protocol/types.ts";
import { toPayload, toValue } from "../base/publication.ts";
import type { CommandsDeps } from "./deps.ts";
import { permit } from "./permission.ts";

/** Publishes to a channel; the next command does not wait for the broker. */
export function publish(
  deps: CommandsDeps,
  connection: Connection,
  command: PublishCommand,
): void | Promise<void> {
  permit(deps, connection, { action: "publish", channel: command.channel });
  if (deps.policy.onPublish !== undefined) {
    return publishByPolicy(deps, connection, command);
  }
  publishAs(deps, connection, command);
}

/** Sends to every connection of a uid; the first one says who a client without a name is, where it may. */
export function direct(
  deps: CommandsDeps,
  connection: Connection,
  command: DirectCommand,
): void | Promise<void> {
  const { uid, protocol, expiresAt } = connection;
  const isNameless = uid === undefined && protocol.oneWay === undefined;
  if (isNameless && deps.insecure) {
    const identity = { uid: command.uid, expiresAt };
    const pending = deps.hub.identify(connection, identity);
    if (pending) return pending.then(() => sendTo(deps, connection, command));
  }
  sendTo(deps, connection, command);
}

function sendTo(
  deps: CommandsDeps,
  connection: Connection,
  { id, uid, payload }: DirectCommand,
): void {
  const { hub } = deps;
  const published = hub.sendTo(uid, payload, connection.info);
  if (!(published instanceof Promise)) {
    return answer(connection, id, published.delivered ? undefined : uid);
  }
  const told = published.then(({ delivered }) =>
    answer(connection, id, delivered ? undefined : uid)
  );
  observe(deps, connection, id, told);
}

/** Says that a message was taken, or that nobody is there to take it. */
function answer(
  connection: Connection,
  id: number,
  missing: string | undefined,
): void {
  if (missing === undefined) return connection.reply({ type: "published", id });
  const message = `nobody is connected as "${missing}"`;
  connection.reply({ type: "error", id, ...errors.unreachable, message });
}

/** Sends to every connection. */
export function broadcast(
  deps: CommandsDeps,
  connection: Connection,
  { id, payload }: PayloadCommand,
): void {
  const published = deps.hub.broadcast(payload, connection.info);
  const tell = () => connection.reply({ type: "published", id });
  if (published instanceof Promise) {
    observe(deps, connection, id, published.then(tell));
  } else tell();
}

async function publishByPolicy(
  deps: CommandsDeps,
  connection: Connection,
  command: PublishCommand,
): Promise<void> {
  const { channel, payload } = command;
  const decision = await deps.policy.onPublish?.({
    connection,
    headers: connection.headers,
    channel,
    data: toValue(payload),
  });
  const { data, skipHistory } = decision ?? {};
  publishAs(deps, connection, {
    ...command,
    payload: data === undefined ? payload : toPayload(data),
  }, { skipHistory });
}

function publishAs(
  deps: CommandsDeps,
  connection: Connection,
  { id, channel, payload }: PublishCommand,
  options: PublishOptions = {},
): void {
  const { hub } = deps;
  const { info } = hub.subscription(connection, channel) ?? connection;
  const published = hub.publish(channel, payload, { ...options, info });
  if (!(published instanceof Promise)) {
    return connection.reply({ type: "published", id });
  }
  const told = published.then(() =>
    connection.reply({ type: "published", id })
  );
  observe(deps, connection, id, told);
}

/** Tells the client when its publication has failed. */
function observe(
  { hub, log }: CommandsDeps,
  connection: Connection,
  id: number,
  published: Promise<unknown>,
): void {
  published.catch((error) => {
    const level = levelOfFailure(hub.broker);
    log[level]("publish_failed", { connection: connection.id, error });
    connection.reply({ type: "error", id, ...errors.internal });
  });
}
