/** Scenarios of the SDK: how a connection begins and ends. */

import { assertEquals, assertMatch } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { codeOf, nextEvent } from "../support/sdk.ts";
import { signToken } from "../support/token.ts";
import type { Scenario } from "./sdk_stage.ts";

/** Declares them. */
export function testSdkConnections(scenario: Scenario): void {
  scenario("a client connects and learns its id", async (stage) => {
    const token = await signToken({ sub: "alice" });
    const alice = stage.client({ token, data: { from: "test" } });
    const connected = nextEvent<{ client: string }>(alice.client, "connected");
    alice.client.connect();
    assertMatch((await connected).client, /^[0-9a-f-]{36}$/);
  }, { everyTransport: true });

  scenario(
    "who subscribes before it is connected is subscribed in the same breath",
    async (stage) => {
      const token = await signToken({ sub: "alice" });
      const alice = stage.client({ token });
      const news = alice.subscription("news");
      news.sub.subscribe();
      await alice.connect();
      await news.sub.ready();
      await news.sub.publish("hello");
      await news.count(1);
      assertEquals(news.data, ["hello"]);
    },
    { everyTransport: true },
  );

  scenario(
    "without a token or with an invalid one a client stays away for good",
    async (stage) => {
      for (const [token, code] of [["", 101], ["a.b.c", 3500]] as const) {
        const sdk = stage.client({ token });
        const end = nextEvent<{ code: number }>(sdk.client, "disconnected");
        sdk.client.connect();
        assertEquals((await end).code, code);
      }
    },
    { everyTransport: true },
  );

  scenario("a call without a handler is error 108", async (stage) => {
    const alice = await stage.user("alice");
    assertEquals(await codeOf(alice.client.rpc("sum", [1, 2])), 108);
  });

  scenario(
    "a message without a handler ends the connection for good",
    async (stage) => {
      const alice = await stage.user("alice");
      const end = nextEvent(alice.client, "disconnected");
      await alice.client.send({ hello: 1 });
      assertEquals(await end, { code: 3508, reason: "not available" });
    },
    { everyTransport: true },
  );

  scenario(
    "pings are answered, and a connection outlives many of them",
    async (stage) => {
      const alice = await stage.user("alice");
      // One that does not answer is gone after 1.4 s.
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      assertEquals(alice.client.state, "connected");
      await alice.client.presenceStats("news");
      assertEquals(alice.disconnects, []);
    },
    {
      env: { PING_INTERVAL: "200ms", PONG_TIMEOUT: "1200ms" },
      everyTransport: true,
    },
  );

  scenario(
    "a server that shuts down lets the client try again",
    async (stage) => {
      const alice = await stage.user("alice");
      const connecting = nextEvent<{ code: number }>(
        alice.client,
        "connecting",
      );
      stage.server.signal("SIGTERM");
      assertEquals((await connecting).code, 3001);
      assertEquals(alice.disconnects, []);
    },
    { everyTransport: true },
  );

  scenario(
    "a client that disconnects is at once in no channel",
    async (stage) => {
      const [alice, bob] = [await stage.user("alice"), await stage.user("bob")];
      const news = await alice.subscribe("news");
      await bob.subscribe("news");
      bob.client.disconnect();
      await eventually(async () => {
        const { numClients } = await news.sub.presenceStats();
        return numClients === 1;
      }, { awaited: "bob to be gone" });
    },
    { everyTransport: true },
  );

  scenario(
    "a cut connection comes back with its subscriptions",
    async (stage) => {
      const [alice, bob] = [await stage.user("alice"), await stage.user("bob")];
      const news = await alice.subscribe("bare:news");
      const connecting = nextEvent<{ code: number }>(
        alice.client,
        "connecting",
      );
      stage.network.cut();
      await connecting;
      stage.network.restore();
      await Promise.all([alice.client.ready(), bob.client.ready()]);
      await news.sub.ready();
      await bob.client.publish("bare:news", "still there?");
      await news.count(1);
      assertEquals(news.data, ["still there?"]);
    },
    { everyTransport: true },
  );

  scenario(
    "what the backend ends stays ended or comes back, as its code says",
    async (stage) => {
      const alice = await stage.user("alice");
      const news = await alice.subscribe("news");
      const off = nextEvent<{ code: number }>(news.sub, "unsubscribed");
      await stage.api("unsubscribe", { user: "alice", channel: "news" });
      assertEquals((await off).code, 2000);
      // A broker with several connections may be asked before it has forgotten her.
      await eventually(
        async () => (await alice.client.presenceStats("news")).numClients === 0,
        { awaited: "alice to be gone from the presence" },
      );

      const again = nextEvent<{ code: number }>(alice.client, "connecting");
      await stage.api("disconnect", {
        user: "alice",
        disconnect: { code: 4000, reason: "come again" },
      });
      assertEquals((await again).code, 4000);
      await alice.client.ready();
      const end = nextEvent(alice.client, "disconnected");
      await stage.api("disconnect", { user: "alice" });
      assertEquals(await end, { code: 3503, reason: "force disconnect" });
    },
    { everyTransport: true },
  );

  scenario(
    "what the backend subscribes and publishes arrives",
    async (stage) => {
      const alice = await stage.user("alice");
      const subscribed = nextEvent<{ channel: string }>(
        alice.client,
        "subscribed",
      );
      await stage.api("subscribe", { user: "alice", channel: "$jobs" });
      assertEquals((await subscribed).channel, "$jobs");
      const arrived = nextEvent<{ data: unknown; tags: unknown }>(
        alice.client,
        "publication",
      );
      await stage.api("publish", {
        channel: "$jobs",
        data: { done: 1 },
        tags: { a: "b" },
      });
      const { data, tags } = await arrived;
      assertEquals([data, tags], [{ done: 1 }, { a: "b" }]);
    },
  );
}
