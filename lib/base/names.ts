/** The names that clients choose, and the two kinds of channel whose names no client can spell. */

const MAX_NAME_BYTES = 255;

/** What {@linkcode isName} wants, for the sentences that refuse a name. */
export const NAME_RULE = "1 to 255 bytes without control characters";

/** What {@linkcode isUid} wants. */
export const UID_RULE = `${NAME_RULE}, not all, auth, error, ping or pong`;

/** Whether `name` may be a uid or a channel: 1 to 255 bytes of UTF-8 without control characters. */
export function isName(name: string): boolean {
  let bytes = name.length;
  if (bytes === 0 || bytes > MAX_NAME_BYTES) return false;
  for (let index = 0; index < name.length; index++) {
    const unit = name.charCodeAt(index);
    if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f)) return false;
    if (unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff)) bytes += 2;
    else if (unit > 0x7f) bytes += 1;
  }
  return bytes <= MAX_NAME_BYTES;
}

/** Whether `name` may be a uid: a name that is not a word of the text protocol. */
export function isUid(name: string): boolean {
  return isName(name) && !isReserved(name);
}

/** Words with a meaning of their own in front of a colon. Compared, for a lookup would hash every uid. */
function isReserved(name: string): boolean {
  return name === "all" || name === "auth" || name === "error" ||
    name === "ping" || name === "pong";
}

/**
 * The channel that every connection of `uid` listens to. It starts with a
 * control character, so that no client can join or publish to it by name.
 */
export function inboxOf(uid: string): string {
  return `\0${uid}`;
}

/** The channel that every connection listens to; no inbox has this name, for no uid is empty. */
export const EVERYONE = "\0";

/** Whether `channel` is an inbox or {@linkcode EVERYONE}, whose publications arrive bare. */
export function isInbox(channel: string): boolean {
  return channel.charCodeAt(0) === 0;
}
