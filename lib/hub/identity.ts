/** Who a client has shown to be. */

import type { Caps } from "../auth/caps.ts";
import type { ClientInfo } from "../base/publication.ts";

/** What the hub believes of a client, from its token or because it believes everybody. */
export interface Identity {
  /** `undefined` for somebody without a name. */
  readonly uid: string | undefined;
  /** When this ends, in milliseconds since 1970; `Infinity` for never. */
  readonly expiresAt: number;
  /** What others see beside the uid, as JSON text. */
  readonly info?: string;
  /** What it may do beyond what the channels allow. */
  readonly caps?: Caps;
  /** What the application keeps with the connection; no client is told. */
  readonly meta?: unknown;
}

/** How others see the connection `client` of somebody. */
export function toClientInfo(
  client: string,
  { uid: user = "", info }: Identity,
): ClientInfo {
  return info === undefined
    ? { client, user }
    : { client, user, connInfo: info };
}

/** Somebody without a name, let in without a token. */
export const ANYBODY: Identity = { uid: undefined, expiresAt: Infinity };
