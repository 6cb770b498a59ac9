/** While Redis was away, the methods of a hub rejected with a plain Error: a program could not tell it from a fault of its own. */

import { assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import { createHub } from "../../lib/create_hub.ts";
import { redis } from "../../lib/embedding/brokers.ts";
import { ProtocolError } from "../../lib/base/errors.ts";
import type { EmbeddedHub } from "../../lib/embedding/embedded_hub.ts";
import { freePort } from "../support/free_port.ts";

const bob = { user: "bob" };

for (
  const [name, call] of Object.entries(
    {
      publish: (hub) => hub.publish("news", 1),
      sendTo: (hub) => hub.sendTo("bob", 1),
      broadcast: (hub) => hub.broadcast(1),
      subscribe: (hub) => hub.subscribe(bob, "news"),
      unsubscribe: (hub) => hub.unsubscribe(bob, "news"),
      disconnect: (hub) => hub.disconnect(bob),
      refresh: (hub) => hub.refresh(bob, 0),
      presence: (hub) => hub.presence("news"),
      presenceStats: (hub) => hub.presenceStats("news"),
      history: (hub) => hub.history("news"),
      removeHistory: (hub) => hub.removeHistory("news"),
      channels: (hub) => hub.channels(),
      nodes: (hub) => hub.nodes(),
    } satisfies Record<string, (hub: EmbeddedHub) => Promise<unknown>>,
  )
) {
  Deno.test(`${name} rejects with the temporary error 100 while Redis is away`, async () => {
    await using hub = createHub({
      access: "anonymous",
      broker: redis(`redis://127.0.0.1:${freePort()}`),
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
    const error = await assertRejects(() => call(hub), ProtocolError);
    assertEquals([error.code, error.temporary], [100, true]);
    assertInstanceOf(error.cause, Error);
  });
}
