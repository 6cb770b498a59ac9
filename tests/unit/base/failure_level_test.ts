/** Levels of the failures of a broker that is away, and of one that is ready. */

import { assert, assertEquals } from "@std/assert";
import { BrokerAwayError } from "../../../lib/base/errors.ts";
import { fakeTokens } from "../../support/fake_tokens.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import { Scene } from "../../support/scene.ts";
import { SdkClient } from "../../support/sdk_client.ts";

const EVENTS = [
  "broker_subscribe_failed",
  "connect_failed",
  "publish_failed",
  "subscribe_failed",
];

for (
  const [what, ready, error, level] of [
    ["that is ready", true, new Error("x"), "error"],
    ["that is away", false, new Error("x"), "debug"],
    ["of whose servers one is away", true, new BrokerAwayError("x"), "debug"],
  ] as const
) {
  Deno.test(`Failures of a broker ${what} are logged at the level "${level}"`, async () => {
    const fail = () => Promise.reject(error);
    const broker = { ...memoryBroker(), ready };
    const scene = new Scene({ broker, tokens: fakeTokens });
    const client = await SdkClient.connect(scene);
    Object.assign(broker, { publish: fail, subscribe: fail, position: fail });
    await client.ask(
      { id: 2, publish: { channel: "news", data: 1 } },
      { id: 3, subscribe: { channel: "news" } },
    );
    const claims = { sub: "alice", channels: ["news"] };
    const other = await SdkClient.connect(scene, { claims });
    assert(other.connection.closed);
    const lines = scene.logs.filter(({ event }) =>
      String(event).endsWith("_failed")
    );
    const events = new Set(lines.map(({ event }) => event));
    assertEquals([...events].toSorted(), EVENTS);
    assertEquals(lines.filter((line) => line.level !== level), []);
  });
}
