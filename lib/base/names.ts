/** Names of users and channels, and the channels that clients cannot name. */

const MAX_NAME_BYTES = 255;

/** Rule of {@linkcode isName}, for error messages. */
export const NAME_RULE =
  "1 to 255 bytes of well-formed Unicode without control characters";

/** Rule of {@linkcode isUid}, for error messages. */
export const UID_RULE = `${NAME_RULE}, not all, auth, error, ping or pong`;

/**
 * Checks whether `name` may be a uid or a channel: 1 to 255 bytes of UTF-8 without
 * control characters. A lone surrogate has no UTF-8: two names with one would be the
 * same name to a broker.
 */
export function isName(name: string): boolean {
  let bytes = name.length;
  if (bytes === 0 || bytes > MAX_NAME_BYTES) return false;
  let hasSurrogates = false;
  for (let index = 0; index < name.length; index++) {
    const unit = name.charCodeAt(index);
    if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f)) return false;
    if (unit >= 0xd800 && unit <= 0xdfff) {
      hasSurrogates = true;
      bytes += 1;
    } else if (unit > 0x7ff) bytes += 2;
    else if (unit > 0x7f) bytes += 1;
  }
  if (hasSurrogates && !name.isWellFormed()) return false;
  return bytes <= MAX_NAME_BYTES;
}

/** Checks whether `name` may be a uid: a name that is not a keyword of the text protocol. */
export function isUid(name: string): boolean {
  return isName(name) && !isReserved(name);
}

/** Checks for the keywords of the text protocol. Comparisons are faster than a lookup, which hashes every uid. */
function isReserved(name: string): boolean {
  return name === "all" || name === "auth" || name === "error" ||
    name === "ping" || name === "pong";
}

/**
 * Name of the channel to which every connection of `uid` is subscribed. It starts
 * with a control character, so that no client can subscribe or publish to it by name.
 */
export function inboxOf(uid: string): string {
  return `\0${uid}`;
}

/** Name of the channel to which every connection is subscribed. No inbox has it, because no uid is empty. */
export const EVERYONE = "\0";

/** Inboxes of a client: it receives what is sent to them without a subscription of its own. */
export function inboxesOf(uid: string | undefined): readonly string[] {
  return uid === undefined ? [EVERYONE] : [EVERYONE, inboxOf(uid)];
}

/** Checks whether `channel` is an inbox or {@linkcode EVERYONE}, whose publications reach clients without a channel. */
export function isInbox(channel: string): boolean {
  return channel.charCodeAt(0) === 0;
}
