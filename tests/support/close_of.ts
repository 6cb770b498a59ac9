/** How a connection was closed, awaited no longer than a test should. */

import { readCloseReason } from "../../lib/base/disconnect.ts";
import { deadline } from "./deadline.ts";
import type { TextClient } from "./text_client.ts";

/** Resolves with the code and the text of the reason once `client` is closed. */
export async function closeOf(
  client: TextClient,
): Promise<{ code: number; reason: string }> {
  const { code, reason } = await deadline(client.closed, {
    awaited: "the connection to be closed",
  });
  return { code, reason: readCloseReason(reason).reason };
}
