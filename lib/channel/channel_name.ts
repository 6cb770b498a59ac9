/** Names of channels: their namespaces, and the marks of private and personal channels. Centrifuge, §11. */

/** True if the name starts with `$`: clients enter such a channel only with a token for it. */
export function isPrivate(channel: string): boolean {
  return channel.startsWith("$");
}

/** Index of the colon that ends the namespace: the first one, unless it belongs to a uid behind a `#`; -1 without a namespace. */
function namespaceEnd(channel: string): number {
  const colon = channel.indexOf(":");
  const hash = channel.indexOf("#");
  return hash >= 0 && hash < colon ? -1 : colon;
}

/** The namespace of `ns:rest` and `$ns:rest`; `undefined` if the name has none. */
export function namespaceOf(channel: string): string | undefined {
  const end = namespaceEnd(channel);
  if (end < 0) return undefined;
  return channel.slice(isPrivate(channel) ? 1 : 0, end);
}

/**
 * The uids that the name lets in; `undefined` if it does not say.
 *
 * - `chat#1,2` is for the users `1` and `2`. A second `#` could be read in two
 *   ways, and lets no user in.
 * - `#user` and `ns:#user` are personal: all that follows is one uid, whatever
 *   characters it has, so that no uid can be made to look like a list.
 */
export function usersOf(channel: string): readonly string[] | undefined {
  const hash = channel.indexOf("#");
  if (hash < 0) return undefined;
  const end = namespaceEnd(channel);
  const start = end < 0 && isPrivate(channel) ? 1 : end + 1;
  const users = channel.slice(hash + 1);
  // An empty uid must never match a client that has none.
  if (users === "") return [];
  if (hash === start) return [users];
  if (users.includes("#")) return [];
  return users.split(",").filter((uid) => uid !== "");
}
