/** Selection of this node's connections for a node call. */

import type { Connection } from "../hub/connection.ts";
import type { Hub } from "../hub/hub.ts";
import { inboxOf } from "../base/names.ts";

/** Properties of the selected connections; they fit every one that is given. */
export interface Selection {
  /** Their uid. */
  readonly user?: string;
  /** The id of the only one. */
  readonly client?: string;
  /** The session of the only one. */
  readonly session?: string;
}

/** The selected connections, as a copy: what is done to them may end them. */
export function select(hub: Hub, selection: Selection): Connection[] {
  const { user, client } = selection;
  const found: Connection[] = [];
  for (const connection of candidates(hub, selection)) {
    const fits = !connection.closed &&
      (user === undefined || connection.uid === user) &&
      (client === undefined || connection.id === client);
    if (fits) found.push(connection);
  }
  return found;
}

function candidates(
  hub: Hub,
  { user, client, session }: Selection,
): Iterable<Connection> {
  if (session !== undefined) {
    const connection = hub.findSession(session);
    return connection === undefined ? [] : [connection];
  }
  if (user !== undefined) return connectionsOf(hub, user);
  const connection = client === undefined ? undefined : hub.find(client);
  return connection === undefined ? [] : [connection];
}

/** Connections of a uid: each is subscribed to its inbox. */
function* connectionsOf(hub: Hub, uid: string): Iterable<Connection> {
  const inbox = hub.channels.get(inboxOf(uid));
  for (const { connection } of inbox?.subscriptions ?? []) yield connection;
}
