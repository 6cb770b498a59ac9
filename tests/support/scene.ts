/** A hub with its commands, in which time, chance and transports are the test's own. */

import type { Connection } from "../../lib/hub/connection.ts";
import type { HubParts } from "../../lib/embedding/assemble_hub.ts";
import { memoryHub } from "./memory_hub.ts";
import type { CommandsDeps } from "../../lib/commands/deps.ts";
import type { Hub } from "../../lib/hub/hub.ts";
import type { Identity } from "../../lib/hub/identity.ts";
import type { HubLimits } from "../../lib/limits/hub_limits.ts";
import type {
  Subscription,
  SubscriptionOptions,
} from "../../lib/hub/subscription.ts";
import { createLog } from "../../lib/base/log.ts";
import { textProtocol } from "../../lib/protocol/text.ts";
import type { Protocol } from "../../lib/protocol/types.ts";
import { FakeClock, fakeRandom } from "./fake_clock.ts";
import { FakeTransport } from "./fake_transport.ts";

/** What a test wants to be different; anybody may do everything unless it says otherwise. */
export interface SceneOptions
  extends Partial<Omit<HubParts, "clock" | "random" | "log">> {
  readonly limits?: Partial<HubLimits>;
}

/** A client of the scene: its connection, and what it was sent. */
export interface SceneClient {
  readonly connection: Connection;
  readonly transport: FakeTransport;
}

/** Everything a unit test of the hub needs. */
export class Scene {
  readonly clock = new FakeClock();
  readonly hub: Hub;
  /** The hub with what acts upon it. */
  readonly core: CommandsDeps;
  /** Lines that were logged, parsed. */
  readonly logs: Record<string, unknown>[] = [];

  constructor({ limits, ...options }: SceneOptions = {}) {
    const { clock, logs } = this;
    this.core = memoryHub({
      insecureAnonymousAll: true,
      ...options,
      ...limits,
      clock,
      random: fakeRandom(),
      log: createLog({
        level: "debug",
        clock,
        write: (_, line) => logs.push(JSON.parse(line)),
      }),
    });
    this.hub = this.core.hub;
  }

  /** Connects a client: with a uid, without (`undefined`), or not authenticated (`null`). */
  connect(
    uid?: string | null,
    protocol: Protocol = textProtocol,
  ): SceneClient {
    const transport = new FakeTransport();
    const identity: Identity | undefined = uid === null
      ? undefined
      : { uid, expiresAt: Infinity };
    const connection = this.hub.connect(transport, protocol, identity);
    return { connection, transport };
  }

  /** Subscribes a client and lets publications through. */
  async join({ connection }: SceneClient, channel: string): Promise<void> {
    const subscription = await this.subscribe(connection, channel);
    if (subscription === undefined) return;
    this.hub.channels.get(channel)?.begin(subscription);
  }

  /** Subscribes a client that is not notified of it yet; `undefined` if it was ended meanwhile. */
  async subscribe(
    connection: Connection,
    channel: string,
    options?: SubscriptionOptions,
  ): Promise<Subscription | undefined> {
    const { subscriptions } = this.hub;
    const subscription = subscriptions.reserve(connection, channel, options);
    const recovery = await subscriptions.subscribe(subscription);
    return recovery && subscription;
  }

  /** Lets all promises that are ready settle. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 100; turn++) await Promise.resolve();
  }
}
