/** Search for the channels that a server refuses: it refuses the whole request for several channels. */

import {
  errorFrameOf,
  type HttpRefusal,
  isAboutChannels,
  readRefusal,
} from "./http_refusal.ts";
import { getFeed, type HttpServer } from "./http_request.ts";

/** Channels that were refused in one request. */
export interface RefusedRequest {
  /** The newest last. */
  readonly channels: readonly string[];
  readonly refusal: HttpRefusal;
  readonly signal: AbortSignal;
}

/** Finds the refused channels, each with its error frame. There is at least one. */
export async function findRefusedChannels(
  server: HttpServer,
  request: RefusedRequest,
): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  await search(server, request, refused);
  const newest = request.channels.at(-1);
  // Each half is accepted: there are too many channels.
  if (refused.size === 0 && newest !== undefined) {
    refused.set(newest, frameOf(request.refusal));
  }
  return refused;
}

async function search(
  server: HttpServer,
  { channels, refusal, signal }: RefusedRequest,
  refused: Map<string, string>,
): Promise<void> {
  const [first] = channels;
  if (first !== undefined && channels.length === 1) {
    refused.set(first, frameOf(refusal));
    return;
  }
  const middle = Math.ceil(channels.length / 2);
  for (const half of [channels.slice(0, middle), channels.slice(middle)]) {
    const found = await refusalOf(server, half, signal);
    if (found === undefined) continue;
    await search(server, { channels: half, refusal: found, signal }, refused);
  }
}

/** A poll that does not wait is the cheapest request. */
async function refusalOf(
  server: HttpServer,
  channels: readonly string[],
  signal: AbortSignal,
): Promise<HttpRefusal | undefined> {
  const path = "/poll?timeout=0";
  const response = await getFeed(server, path, { channels, signal });
  if (response.ok) {
    await response.body?.cancel();
    return undefined;
  }
  const refusal = await readRefusal(response, server);
  // Any other refusal shows in the next attempt.
  return isAboutChannels(refusal) ? refusal : undefined;
}

function frameOf(refusal: HttpRefusal): string {
  return errorFrameOf(refusal) ?? `error:${refusal.status} ${refusal.text}`;
}
