/** End of an operator's session on all nodes. */

import * as v from "valibot";
import type { AdminSession } from "../auth/ended_sessions.ts";
import type { Hub } from "../hub/hub.ts";
import { askAll } from "./ask.ts";

/** Ends a session on all nodes that run; one that starts later does not know of it. */
export async function endSession(
  hub: Hub,
  { id, expiresAt }: AdminSession,
): Promise<void> {
  const call = { type: "endSession", session: id, expiresAt } as const;
  await askAll(hub, call, v.literal(true));
}
