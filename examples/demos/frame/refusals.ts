/** Refusals that the rules of several demos have in common. */

import { errors, ProtocolError } from "@thrum/thrum";

/** Makes the error for data that are not what was expected. */
export function invalid(expected: string): ProtocolError {
  return new ProtocolError(errors.badRequest, expected);
}

/** Makes the error for what this client may not do, or not now. */
export function denied(reason: string): ProtocolError {
  return new ProtocolError(errors.permissionDenied, reason);
}

/**
 * Takes what a person wrote.
 *
 * @throws {ProtocolError} 107 if it is no text, empty, or longer than `maxLength` characters.
 */
export function requireText(
  value: unknown,
  { name, maxLength }: { readonly name: string; readonly maxLength: number },
): string {
  const isText = typeof value === "string" && value.trim() !== "" &&
    value.length <= maxLength;
  if (isText) return value;
  throw invalid(`${name} is a text of 1 to ${maxLength} characters`);
}
