/** A hub whose channels allow filters by tags, and numbers with their parity as a tag. */

import { assert, assertEquals } from "@std/assert";
import {
  type ChannelOptions,
  DEFAULT_CHANNEL_OPTIONS,
  Namespaces,
} from "../../lib/channel/channel_options.ts";
import type { Subscription } from "../../lib/hub/subscription.ts";
import { fakeTokens } from "./fake_tokens.ts";
import { Scene, type SceneOptions } from "./scene.ts";
import { type Message, SdkClient } from "./sdk_client.ts";

/** The even ones of what {@linkcode publish} publishes. */
export const EVEN = { key: "parity", cmp: "eq", val: "even" };
/** The odd ones. */
export const ODD = { key: "parity", cmp: "eq", val: "odd" };
/** None of them. */
export const NONE = { key: "parity", cmp: "nex" };

/** Begins with such a hub. */
export function begin(
  channel: Partial<ChannelOptions> = {},
  options: SceneOptions = {},
): Scene {
  const namespaces = new Namespaces({
    ...DEFAULT_CHANNEL_OPTIONS,
    tagsFilter: true,
    ...channel,
  });
  return new Scene({ namespaces, tokens: fakeTokens, ...options });
}

/** Subscribes to `news`, and returns the reply. */
export async function subscribe(
  client: SdkClient,
  fields: Message = {},
): Promise<Message> {
  const command = { id: 9, subscribe: { channel: "news", ...fields } };
  const [reply] = await client.ask(command);
  assert(reply !== undefined);
  return reply;
}

/** A client with a subscription to `news`. */
export async function reader(
  scene: Scene,
  fields: Message = {},
): Promise<SdkClient> {
  const client = await SdkClient.connect(scene, { claims: { sub: "alice" } });
  const reply = await subscribe(client, fields);
  assertEquals(reply.error, undefined);
  return client;
}

/** Publishes numbers with their parity as a tag. */
export async function publish(
  scene: Scene,
  numbers: readonly number[],
): Promise<void> {
  for (const number of numbers) {
    const tags = { parity: number % 2 === 0 ? "even" : "odd" };
    await scene.hub.publish("news", `${number}`, { tags });
  }
}

/** The subscription of a client to `news`. */
export function subscriptionOf(scene: Scene, client: SdkClient): Subscription {
  const found = scene.hub.subscriptions.find(client.connection, "news");
  assert(found !== undefined);
  return found;
}
