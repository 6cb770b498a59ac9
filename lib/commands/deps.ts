/** What commands are carried out with. */

import type { PresenceLeases } from "../hub/presence_leases.ts";
import type { TokenVerifier } from "../auth/token_verifier.ts";
import type { Hub } from "../hub/hub.ts";
import type { Log } from "../base/log.ts";
import type { HubHooks } from "../hub/hooks.ts";
import type { Presence } from "../presence/types.ts";

/** What commands act upon, and who decides. */
export interface CommandsDeps {
  readonly hub: Hub;
  readonly log: Log;
  readonly presence: Presence;
  readonly presenceLeases: PresenceLeases;
  /** Verifies the tokens of clients. */
  readonly tokens: TokenVerifier;
  /** The application's own rules. */
  readonly policy: HubHooks;
  /** Whether anybody may do everything, under any name. */
  readonly insecure: boolean;
}
