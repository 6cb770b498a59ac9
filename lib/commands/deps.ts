/** Parts that commands are carried out with. */

import type { EndedSessions } from "../auth/ended_sessions.ts";
import type { Namespaces } from "../channel/channel_options.ts";
import type { PresenceLeases } from "../hub/presence_leases.ts";
import type { DirectMessages } from "../auth/direct_messages.ts";
import type { TokenVerifier } from "../auth/token_verifier.ts";
import type { Hub } from "../hub/hub.ts";
import type { CpuUse } from "../base/cpu_use.ts";
import type { MemoryUse } from "../base/memory_use.ts";
import type { Log } from "../base/log.ts";
import type { HubHooks } from "../hub/hooks.ts";
import type { Presence } from "../presence/types.ts";

/** The hub that commands act on, and the rules that they follow. */
export interface CommandsDeps {
  readonly hub: Hub;
  readonly log: Log;
  readonly presence: Presence;
  readonly presenceLeases: PresenceLeases;
  /** Options of each channel, and where they come from. */
  readonly namespaces: Namespaces;
  /** Verifies the tokens of clients. */
  readonly tokens: TokenVerifier;
  /** Sessions of operators that were ended. */
  readonly endedSessions: EndedSessions;
  /** Rules of the program. */
  readonly hooks: HubHooks;
  /** True if any client may do everything, under any name. */
  readonly insecure: boolean;
  /** Recipients of clients' messages without a channel. */
  readonly directMessages: DirectMessages;
  /** Names of headers that an SDK may emulate, in lower case. */
  readonly emulatedHeaders: ReadonlySet<string>;
  /** Reads the memory of this isolate for the metrics, where the platform can. */
  readonly memoryUse?: () => MemoryUse;
  /** Reads the CPU time of the process for the metrics, where the platform can. */
  readonly cpuUse?: () => CpuUse;
}
