/** Finds out which of several channels a server refuses: it refuses all that are asked for at once. */

import {
  errorFrameOf,
  type HttpRefusal,
  isAboutChannels,
  readRefusal,
} from "./http_refusal.ts";
import { ask, type HttpParty } from "./http_request.ts";

/** The channels, and the refusal of all of them together. */
export interface RefusedTogether {
  /** The newest last. */
  readonly channels: readonly string[];
  readonly refusal: HttpRefusal;
  readonly signal: AbortSignal;
}

/** The frames in answer to the refused channels, by channel. There is at least one. */
export async function refusedChannels(
  party: HttpParty,
  together: RefusedTogether,
): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  await search(party, together, refused);
  const newest = together.channels.at(-1);
  // Each alone is granted: there are too many of them.
  if (refused.size === 0 && newest !== undefined) {
    refused.set(newest, frameOf(together.refusal));
  }
  return refused;
}

async function search(
  party: HttpParty,
  { channels, refusal, signal }: RefusedTogether,
  refused: Map<string, string>,
): Promise<void> {
  const [first] = channels;
  if (first !== undefined && channels.length === 1) {
    refused.set(first, frameOf(refusal));
    return;
  }
  const middle = Math.ceil(channels.length / 2);
  for (const half of [channels.slice(0, middle), channels.slice(middle)]) {
    const found = await refusalOf(party, half, signal);
    if (found === undefined) continue;
    await search(party, { channels: half, refusal: found, signal }, refused);
  }
}

/** A poll that does not wait costs the least of all ways to ask. */
async function refusalOf(
  party: HttpParty,
  channels: readonly string[],
  signal: AbortSignal,
): Promise<HttpRefusal | undefined> {
  const response = await ask(party, "/poll?timeout=0", { channels, signal });
  if (response.ok) {
    await response.body?.cancel();
    return undefined;
  }
  const refusal = await readRefusal(response);
  // What else stands in the way shows in the next attempt.
  return isAboutChannels(refusal) ? refusal : undefined;
}

function frameOf(refusal: HttpRefusal): string {
  return errorFrameOf(refusal) ?? `error:${refusal.status} ${refusal.text}`;
}
