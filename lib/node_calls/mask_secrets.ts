/** Removal of secrets from what is shown of a frame: tokens, sessions, and headers that authenticate. */

const MASK = "…";
/** A JWT, wherever it stands: its header is a JSON object in base64url. */
const JWT = /eyJ[\w-]*(?:\.[\w-]*){0,2}/g;
/** The frame of the text protocol that has a token. */
const AUTH = /^auth:[^]*/;
/** Values of JSON whose names say that they are secrets, complete or cut off. */
const NAMED =
  /("(?:[\w-]*(?:token|session|secret|password|authorization|cookie|api[-_]?key))"\s*:\s*")(?:[^"\\]|\\.)*/gi;

/** Replaces the secrets of a text. */
export function maskText(text: string): string {
  return text.replace(AUTH, `auth:${MASK}`)
    .replace(NAMED, `$1${MASK}`)
    .replace(JWT, MASK);
}

/** Makes text of bytes, one character each, with asterisks for the secrets: their number stays. */
export function maskBytes(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text.replace(JWT, (token) => "*".repeat(token.length));
}
