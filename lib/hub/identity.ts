/** Identity of a client. */

import type { Caps } from "../auth/caps.ts";
import type { ClientInfo } from "../base/publication.ts";

/** Identity of a client, from its token, from the program, or as it claims where anybody may. */
export interface Identity {
  /** `undefined` for an anonymous client. */
  readonly uid: string | undefined;
  /**
   * True if the client has given itself the uid: neither a token nor the program vouches for it.
   * @default {false}
   */
  readonly claimed?: boolean;
  /** Its expiry, in milliseconds since 1970; `Infinity` for never. */
  readonly expiresAt: number;
  /** Data that others see beside the uid, as JSON text. */
  readonly info?: string;
  /** Capabilities beyond what the channels allow. */
  readonly caps?: Caps;
  /** Data of the program about the connection; not sent to clients. */
  readonly meta?: unknown;
}

/** The connection `client` as others see it. */
export function toClientInfo(
  client: string,
  { uid: user = "", info }: Identity,
): ClientInfo {
  return info === undefined
    ? { client, user }
    : { client, user, connInfo: info };
}

/** Identity of a client without a token. */
export const ANYBODY: Identity = { uid: undefined, expiresAt: Infinity };
