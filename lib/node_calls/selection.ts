/** Which of this node's connections a question is about. */

import type { Connection } from "../hub/connection.ts";
import type { Hub } from "../hub/hub.ts";
import { inboxOf } from "../base/names.ts";

/** What is said of the connections that are meant; they fit all of it. */
export interface Selection {
  /** Their uid. */
  readonly user?: string;
  /** The id of the only one. */
  readonly client?: string;
  /** The session of the only one. */
  readonly session?: string;
}

/** The connections that are meant, as they are now: what is done to them may end them. */
export function select(hub: Hub, selection: Selection): Connection[] {
  const { user, client } = selection;
  const found: Connection[] = [];
  for (const connection of candidates(hub, selection)) {
    const isMeant = !connection.closed &&
      (user === undefined || connection.uid === user) &&
      (client === undefined || connection.id === client);
    if (isMeant) found.push(connection);
  }
  return found;
}

function candidates(
  hub: Hub,
  { user, client, session }: Selection,
): Iterable<Connection> {
  if (session !== undefined) {
    const connection = hub.sessions.find(session);
    return connection === undefined ? [] : [connection];
  }
  if (user !== undefined) return connectionsOf(hub, user);
  return client === undefined ? [] : hub.connections;
}

/** Every connection of a uid listens to its inbox. */
function* connectionsOf(hub: Hub, uid: string): Iterable<Connection> {
  const inbox = hub.channels.get(inboxOf(uid));
  for (const { connection } of inbox?.subscriptions ?? []) yield connection;
}
