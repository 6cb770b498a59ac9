/** The commands `publish`, `uid:message` and `all:message`. */

import type { Published, Publishing, PublishRequest } from "../broker/types.ts";
import { type ChannelOptions, historyOf } from "../channel/channel_options.ts";
import { checkData } from "../channel/data_schema.ts";
import type { Connection } from "../hub/connection.ts";
import { decisionOf } from "../hub/hooks.ts";
import { errors } from "../base/errors.ts";
import { logFailure } from "../base/log.ts";
import { EVERYONE, inboxOf } from "../base/names.ts";
import type {
  DirectCommand,
  PayloadCommand,
  PublishCommand,
} from "../protocol/types.ts";
import { toClientValue, toPayload } from "../base/publication.ts";
import { claim } from "./connect.ts";
import type { CommandsDeps } from "./deps.ts";
import { knownOptions, notPermitted, requirePermission } from "./permission.ts";

/** Publishes to a channel; the next command does not wait for the broker. */
export function publish(
  deps: CommandsDeps,
  connection: Connection,
  command: PublishCommand,
): void | Promise<void> {
  const { hub, hooks } = deps;
  const { id, channel, payload } = command;
  const options = knownOptions(hub, channel);
  connection.rates.requireCommand("publish", options);
  const intent = { action: "publish", channel, options } as const;
  requirePermission(deps, connection, intent);
  if (hooks.onPublish !== undefined) {
    return publishByHook(deps, connection, { command, options });
  }
  const request: PublishRequest = {
    channel,
    payload: checkData(options.data, payload),
    info: senderOf(deps, connection, channel),
    history: historyOf(options),
  };
  const published = hub.publishChecked(request);
  return acknowledge(deps, connection, { id, channel, published });
}

async function publishByHook(
  deps: CommandsDeps,
  connection: Connection,
  { command, options }: {
    readonly command: PublishCommand;
    readonly options: ChannelOptions;
  },
): Promise<void> {
  const { id, channel, payload } = command;
  const answer = await deps.hooks.onPublish?.({
    connection,
    headers: connection.headers,
    channel,
    data: toClientValue(payload),
  });
  const { data, skipHistory } = decisionOf("onPublish", answer) ?? {};
  const request: PublishRequest = {
    channel,
    payload: checkData(
      options.data,
      data === undefined
        ? payload
        : toPayload(data, "publish the data of onPublish"),
    ),
    info: senderOf(deps, connection, channel),
    history: historyOf(options),
    skipHistory,
  };
  const published = deps.hub.publishChecked(request);
  await acknowledge(deps, connection, { id, channel, published });
}

/** The publisher as its subscription to the channel shows it, if it has one. */
function senderOf(
  { hub }: CommandsDeps,
  connection: Connection,
  channel: string,
): Connection["info"] {
  return (hub.subscriptions.find(connection, channel) ?? connection).info;
}

/** Sends to every connection of a uid; the first one gives an anonymous client its name, where that is allowed. */
export function direct(
  deps: CommandsDeps,
  connection: Connection,
  command: DirectCommand,
): void | Promise<void> {
  connection.rates.requireCommand("publish");
  if (deps.directMessages === "none") {
    throw notPermitted(`send to "${command.uid}"`);
  }
  const { subject, protocol, expireBy } = connection;
  // The program may have left a client without a name that has claimed one already.
  const mayClaim = subject === undefined && protocol.oneWay === undefined;
  if (mayClaim && deps.insecure) {
    const { now, wallTime } = deps.hub.clock;
    const expiresAt = wallTime + expireBy - now;
    const identity = { uid: command.uid, claimed: true, expiresAt };
    const pending = claim(deps, connection, identity);
    if (pending) return pending.then(() => sendTo(deps, connection, command));
  }
  return sendTo(deps, connection, command);
}

function sendTo(
  deps: CommandsDeps,
  connection: Connection,
  { id, uid, payload }: DirectCommand,
): void | Promise<void> {
  // Made once: each new string is hashed when a map looks for it.
  const channel = inboxOf(uid);
  const { info } = connection;
  const published = deps.hub.publishChecked({ channel, payload, info });
  return acknowledge(deps, connection, { id, channel, published, uid });
}

/** Sends to every connection. */
export function broadcast(
  deps: CommandsDeps,
  connection: Connection,
  { id, payload }: PayloadCommand,
): void | Promise<void> {
  connection.rates.requireCommand("publish");
  if (deps.directMessages !== "all") throw notPermitted("send to all");
  const published = deps.hub.broadcast(payload, connection.info);
  return acknowledge(deps, connection, { id, channel: EVERYONE, published });
}

/** A publication on its way, and the command that it belongs to. */
interface Acknowledgement {
  readonly id: number;
  /** The channel or inbox that it goes to. */
  readonly channel: string;
  readonly published: Publishing;
  /** The uid that has to be connected, if it is for one. */
  readonly uid?: string;
}

/**
 * Replies once the broker has taken a publication, or has failed to. The next command
 * waits for a returned promise: most recipients here have much to read before.
 */
function acknowledge(
  { hub }: CommandsDeps,
  connection: Connection,
  publication: Acknowledgement,
): void | Promise<void> {
  const { channel, published } = publication;
  if (published instanceof Promise) replyLater(hub, connection, publication);
  else reply(connection, publication, published);
  return hub.backpressure.wait(connection, channel);
}

/** Replies once a promise settles. A function of its own, for closures take memory also where none is called. */
function replyLater(
  hub: CommandsDeps["hub"],
  connection: Connection,
  publication: Acknowledgement,
): void {
  const { id, published } = publication;
  Promise.resolve(published)
    .then((published) => reply(connection, publication, published))
    .catch((error) => {
      logFailure(hub, "publish_failed", { connection: connection.id, error });
      connection.reply({ type: "error", id, ...errors.internal });
    });
}

function reply(
  connection: Connection,
  { id, uid }: Acknowledgement,
  { delivered }: Published,
): void {
  if (delivered || uid === undefined) {
    return connection.reply({ type: "published", id });
  }
  const message = `no client is connected as "${uid}"`;
  connection.reply({ type: "error", id, ...errors.unreachable, message });
}
