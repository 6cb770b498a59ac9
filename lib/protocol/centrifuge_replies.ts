/** Replies and pushes of the Centrifuge client protocol, as values of its messages; empty fields are absent. */

import type { Disconnect } from "../base/disconnect.ts";
import { isInbox } from "../base/names.ts";
import type { ClientInfo, Json, Publication } from "../base/publication.ts";
import { VERSION } from "../base/version.ts";
import {
  CLIENT_INFO,
  type ClientInfoValues,
  type ConnectValues,
  PUBLICATION,
  type PublicationValues,
  type ReplyValues,
  type SubscribeValues,
  type SubscriptionValues,
} from "./centrifuge_messages.ts";
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

/** Data of a publication for a subscriber that asked for deltas: the delta from `previous`, or all of it without one (client protocol §9). */
export type DeltaData = (
  publication: Publication,
  previous: Publication | undefined,
  search: DeltaSearch,
) => Pick<PublicationValues, "data" | "delta">;

/** A publication, a join or a leave; a direct message has no channel. */
export function publicationPush(publication: Publication): ReplyValues {
  const { type, channel, payload, info } = publication;
  if (type !== "publication") {
    return { push: { channel, [type]: { info: infoOf(info) } } };
  }
  if (isInbox(channel)) return { push: { message: { data: payload } } };
  return { push: { channel, pub: publicationValues(publication) } };
}

/** A publication for a subscriber that asked for deltas. */
export function deltaPush(
  publication: Publication,
  previous: Publication | undefined,
  dataOf: DeltaData,
): ReplyValues {
  const { type, channel } = publication;
  if (type !== "publication" || isInbox(channel)) {
    return publicationPush(publication);
  }
  const data = dataOf(publication, previous, new DeltaSearch());
  return { push: { channel, pub: { ...data, ...restOf(publication) } } };
}

/** A reply; an error without an id has none. */
export function replyValues(
  reply: Reply,
  dataOf: DeltaData,
): ReplyValues | undefined {
  const { id } = reply;
  switch (reply.type) {
    case "connected":
      return { id, connect: connectValues(reply.result, dataOf) };
    case "subscribed":
      return { id, subscribe: subscribeValues(reply.result, dataOf) };
    case "unsubscribed":
      return { id, unsubscribe: {} };
    case "published":
      return { id, publish: {} };
    case "presence": {
      const clients = [...reply.clients].map(([client, info]) =>
        [client, infoOf(info)] as const
      );
      return { id, presence: { presence: new Map(clients) } };
    }
    case "presenceStats": {
      const { clients, users } = reply;
      return { id, presence_stats: { num_clients: clients, num_users: users } };
    }
    case "history": {
      const { epoch, offset } = reply;
      const publications = reply.publications.map(publicationValues);
      return { id, history: { publications, epoch, offset } };
    }
    case "rpc":
      return { id, rpc: { data: reply.payload } };
    case "refreshed":
      if (reply.client === undefined) {
        return { id, sub_refresh: lifetime(reply) };
      }
      return { id, refresh: { ...client(reply.client), ...lifetime(reply) } };
    case "pong":
      return {};
    case "error": {
      const { code, message, temporary } = reply;
      return id === 0 ? undefined : { id, error: { code, message, temporary } };
    }
  }
}

/** A push that is no publication; a ping has no fields. */
export function pushValues(push: Push): ReplyValues {
  switch (push.type) {
    case "ping":
      return {};
    case "unsubscribed": {
      const { channel, code, reason } = push;
      return { push: { channel, unsubscribe: { code, reason } } };
    }
    case "subscribed": {
      const { channel, result } = push;
      return { push: { channel, subscribe: subscriptionValues(result) } };
    }
  }
}

/** The last push of a stream, which has no close frame (client protocol §6). */
export function disconnectPush(
  { code, reason, retryAfterMs }: Omit<Disconnect, "reconnect">,
): ReplyValues {
  return {
    push: { disconnect: { code, reason, retry_after_ms: retryAfterMs } },
  };
}

/** Writes a publication object (client protocol §3) as JSON. */
export function publicationObject(publication: Publication): string {
  return PUBLICATION.toJson(publicationValues(publication));
}

/** Writes a client info object (client protocol §3) as JSON. */
export function clientInfo(info: ClientInfo): string {
  return CLIENT_INFO.toJson(infoOf(info));
}

function publicationValues(
  { payload, offset, info, tags }: Publication,
): PublicationValues {
  // No spread: this is done for every publication.
  return {
    data: payload,
    offset: offset > 0 ? offset : undefined,
    info: info && infoOf(info),
    tags: tags && new Map(Object.entries(tags)),
  };
}

/** Fields of a publication besides its data. */
function restOf(publication: Publication): Omit<PublicationValues, "data"> {
  const { data: _, ...rest } = publicationValues(publication);
  return rest;
}

function infoOf(info: ClientInfo | undefined): ClientInfoValues {
  if (info === undefined) return {};
  const { user, client, connInfo, chanInfo } = info;
  return {
    user,
    client,
    conn_info: jsonOf(connInfo),
    chan_info: jsonOf(chanInfo),
  };
}

function jsonOf(json: string | undefined): Json | undefined {
  return json === undefined ? undefined : { json };
}

function client(id: string): Pick<ConnectValues, "client" | "version"> {
  return { client: id, version: SERVER };
}

function lifetime({ ttl }: Lifetime): Pick<ConnectValues, "expires" | "ttl"> {
  return ttl === undefined ? {} : { expires: true, ttl };
}

function connectValues(
  result: ConnectResult,
  dataOf: DeltaData,
): ConnectValues {
  const { session, node, data, subscriptions, ping, pong } = result;
  const subs = [...subscriptions].map(([name, subscription]) =>
    [name, subscribeValues(subscription, dataOf)] as const
  );
  return {
    ...client(result.client),
    ...lifetime(result),
    session,
    node,
    data,
    subs: subs.length > 0 ? new Map(subs) : undefined,
    ping: ping > 0 ? ping : undefined,
    pong: pong || undefined,
  };
}

/** Fields of a subscription that its push has too (client protocol §4). */
function subscriptionValues(
  { positioned, position, data }: SubscribeResult,
): SubscriptionValues {
  return {
    recoverable: positioned || undefined,
    positioned: positioned || undefined,
    epoch: position?.epoch,
    offset: position && position.offset > 0 ? position.offset : undefined,
    data,
  };
}

function subscribeValues(
  result: SubscribeResult,
  dataOf: DeltaData,
): SubscribeValues {
  const { recovered, publications, delta } = result;
  const { data, ...subscription } = subscriptionValues(result);
  const search = new DeltaSearch();
  const list = publications.map((publication, index) =>
    delta
      ? {
        ...dataOf(publication, publications[index - 1], search),
        ...restOf(publication),
      }
      : publicationValues(publication)
  );
  return {
    ...lifetime(result),
    ...subscription,
    was_recovering: recovered === undefined ? undefined : true,
    recovered: recovered || undefined,
    publications: list.length > 0 ? list : undefined,
    delta: delta || undefined,
    data,
  };
}
