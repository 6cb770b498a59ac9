/** Replies and pushes of the Centrifuge client protocol in JSON; empty fields are omitted. */

import type { Disconnect } from "../base/disconnect.ts";
import { isInbox } from "../base/names.ts";
import {
  type ClientInfo,
  type Publication,
  toJson,
} from "../base/publication.ts";
import { VERSION } from "../base/version.ts";
import { DeltaSearch } from "./delta.ts";
import type {
  ConnectResult,
  Lifetime,
  Push,
  Reply,
  SubscribeResult,
} from "./types.ts";

/** Name and version of the server in the connect reply. */
const SERVER = `thrum ${VERSION}`;

/** Writes the line of a publication, a join or a leave; a direct message has no channel. */
export function encodePublication(publication: Publication): string {
  const { type, channel, info } = publication;
  if (type !== "publication") {
    return push(channel, `"${type}":{"info":${clientInfo(info)}}`);
  }
  if (isInbox(channel)) {
    return `{"push":{"message":{"data":${toJson(publication.payload)}}}}`;
  }
  return push(channel, `"pub":${publicationObject(publication)}`);
}

/**
 * Writes the line of a publication for a subscriber that asked for deltas: the data
 * are a JSON string with the delta or the full payload (client protocol §9).
 */
export function encodeDelta(
  publication: Publication,
  previous: Publication | undefined,
): string {
  if (publication.type !== "publication" || isInbox(publication.channel)) {
    return encodePublication(publication);
  }
  const object = deltaObject(publication, previous, new DeltaSearch());
  return push(publication.channel, `"pub":${object}`);
}

/** Writes the line of a reply; an error without an id has none. */
export function encodeReply(reply: Reply): string | undefined {
  const { id } = reply;
  switch (reply.type) {
    case "connected":
      return `{"id":${id},"connect":${connectResult(reply.result)}}`;
    case "subscribed":
      return `{"id":${id},"subscribe":${subscribeResult(reply.result)}}`;
    case "unsubscribed":
      return `{"id":${id},"unsubscribe":{}}`;
    case "published":
      return `{"id":${id},"publish":{}}`;
    case "presence": {
      const clients = [...reply.clients].map(([client, info]) =>
        `${JSON.stringify(client)}:${clientInfo(info)}`
      );
      return `{"id":${id},"presence":{"presence":{${clients.join(",")}}}}`;
    }
    case "presenceStats":
      return `{"id":${id},"presence_stats":{"num_clients":${reply.clients},"num_users":${reply.users}}}`;
    case "history": {
      const publications = reply.publications.map(publicationObject);
      return `{"id":${id},"history":{"publications":[${
        publications.join(",")
      }],"epoch":${JSON.stringify(reply.epoch)},"offset":${reply.offset}}}`;
    }
    case "rpc":
      return `{"id":${id},"rpc":{"data":${reply.payload.json}}}`;
    case "refreshed": {
      const method = reply.client === undefined ? "sub_refresh" : "refresh";
      const fields = reply.client === undefined
        ? lifetime(reply)
        : [client(reply.client), ...lifetime(reply)];
      return `{"id":${id},"${method}":${object(fields)}}`;
    }
    case "pong":
      return "{}";
    case "error": {
      if (id === 0) return undefined;
      const { code, message, temporary } = reply;
      const error = JSON.stringify({ code, message, temporary });
      return `{"id":${id},"error":${error}}`;
    }
  }
}

/** Writes the line of a push. */
export function encodePush(message: Push): string {
  switch (message.type) {
    case "ping":
      return "{}";
    case "unsubscribed": {
      const { code, reason } = message;
      const fields = JSON.stringify({ code, reason });
      return push(message.channel, `"unsubscribe":${fields}`);
    }
    case "subscribed": {
      const fields = subscribeResult(message.result);
      return push(message.channel, `"subscribe":${fields}`);
    }
  }
}

/** Writes the last line of a stream, which has no close frame (client protocol §6). */
export function encodeDisconnect(
  { code, reason, retryAfterMs }: Omit<Disconnect, "reconnect">,
): string {
  const fields = { code, reason, retry_after_ms: retryAfterMs };
  return `{"push":{"disconnect":${JSON.stringify(fields)}}}`;
}

function push(channel: string, body: string): string {
  return `{"push":{"channel":${JSON.stringify(channel)},${body}}}`;
}

function object(fields: readonly string[]): string {
  return `{${fields.join(",")}}`;
}

function client(id: string): string {
  return `"client":"${id}","version":"${SERVER}"`;
}

function lifetime({ ttl }: Lifetime): string[] {
  return ttl === undefined ? [] : [`"expires":true,"ttl":${ttl}`];
}

/** Writes a publication object (client protocol §3). */
export function publicationObject(publication: Publication): string {
  return object([
    `"data":${toJson(publication.payload)}`,
    ...rest(publication),
  ]);
}

function deltaObject(
  publication: Publication,
  previous: Publication | undefined,
  search: DeltaSearch,
): string {
  const delta = previous && search.find(previous, publication);
  const whole = () => toJson(publication.payload);
  const fields = [`"data":${JSON.stringify(delta ?? whole())}`];
  if (delta !== undefined) fields.push('"delta":true');
  return object([...fields, ...rest(publication)]);
}

/** Fields of a publication besides its data. */
function rest({ offset, info, tags }: Publication): string[] {
  const fields = [];
  if (offset > 0) fields.push(`"offset":${offset}`);
  if (info !== undefined) fields.push(`"info":${clientInfo(info)}`);
  if (tags !== undefined) fields.push(`"tags":${JSON.stringify(tags)}`);
  return fields;
}

/** Writes a client info object (client protocol §3). */
export function clientInfo(info: ClientInfo | undefined): string {
  if (info === undefined) return "{}";
  const { user, client, connInfo, chanInfo } = info;
  const fields = [
    `"user":${JSON.stringify(user)},"client":${JSON.stringify(client)}`,
  ];
  if (connInfo !== undefined) fields.push(`"conn_info":${connInfo}`);
  if (chanInfo !== undefined) fields.push(`"chan_info":${chanInfo}`);
  return object(fields);
}

function connectResult(result: ConnectResult): string {
  const fields = [client(result.client), ...lifetime(result)];
  const { session, node } = result;
  if (session !== undefined) fields.push(`"session":"${session}"`);
  if (node !== undefined) fields.push(`"node":${JSON.stringify(node)}`);
  if (result.data !== undefined) fields.push(`"data":${result.data.json}`);
  if (result.subscriptions.size > 0) {
    const subs = [...result.subscriptions].map(([name, subscription]) =>
      `${JSON.stringify(name)}:${subscribeResult(subscription)}`
    );
    fields.push(`"subs":${object(subs)}`);
  }
  if (result.ping > 0) fields.push(`"ping":${result.ping}`);
  if (result.pong) fields.push('"pong":true');
  return object(fields);
}

function subscribeResult(result: SubscribeResult): string {
  const { position, recovered, publications, data } = result;
  const fields = lifetime(result);
  if (result.positioned) fields.push('"recoverable":true,"positioned":true');
  if (position !== undefined) {
    fields.push(`"epoch":${JSON.stringify(position.epoch)}`);
    if (position.offset > 0) fields.push(`"offset":${position.offset}`);
  }
  if (recovered !== undefined) fields.push('"was_recovering":true');
  if (recovered) fields.push('"recovered":true');
  if (publications.length > 0) {
    const search = new DeltaSearch();
    const list = publications.map((publication, index) =>
      result.delta
        ? deltaObject(publication, publications[index - 1], search)
        : publicationObject(publication)
    );
    fields.push(`"publications":[${list.join(",")}]`);
  }
  if (result.delta) fields.push('"delta":true');
  if (data !== undefined) fields.push(`"data":${data.json}`);
  return object(fields);
}
