/** Permission of clients to send messages without a channel: to a uid, or to all. */

/**
 * Recipients that a client may send to: any uid and all connections together (`"all"`),
 * any uid (`"users"`), or none of them (`"none"`).
 */
export type DirectMessages = "all" | "users" | "none";

/** Every {@linkcode DirectMessages}. */
export const DIRECT_MESSAGES: readonly DirectMessages[] = Object.freeze(
  ["all", "users", "none"],
);

/**
 * The permission that a hub gives. Without a choice, all where every client may do
 * everything; else a client reaches users, and needs more than a token to reach all.
 *
 * @throws {TypeError} If there is no such choice.
 */
export function directMessagesOf(
  choice: DirectMessages | undefined,
  { insecure }: { readonly insecure: boolean },
): DirectMessages {
  if (choice === undefined) return insecure ? "all" : "users";
  // Of a program without types.
  if (DIRECT_MESSAGES.includes(choice)) return choice;
  throw new TypeError(
    `Cannot create a hub with directMessages ${
      JSON.stringify(choice)
    }: expected one of ${DIRECT_MESSAGES.join(", ")}`,
  );
}
