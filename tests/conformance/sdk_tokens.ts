/** Scenarios of the SDK: what tokens let it do, and how it comes by newer ones. */

import { assert, assertEquals } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { codeOf, nextEvent } from "../support/sdk.ts";
import { inSeconds, signToken } from "../support/token.ts";
import type { Scenario } from "./sdk_stage.ts";

/** Declares them. */
export function testSdkTokens(scenario: Scenario): void {
  scenario(
    "a token that ends is refreshed in time, and the connection stays",
    async (stage) => {
      let tokens = 0;
      const sdk = stage.client({
        getToken: () => {
          tokens++;
          return signToken({
            sub: "alice",
            exp: inSeconds(tokens < 3 ? 2 : 60),
          });
        },
      });
      await sdk.connect();
      await eventually(() => tokens === 3, {
        awaited: "two refreshes",
        timeoutMs: 10_000,
      });
      assertEquals(await codeOf(sdk.client.presenceStats("news")), 0);
      assertEquals(sdk.disconnects, []);
      assertEquals(sdk.client.state, "connected");
    },
  );

  scenario("an expired token makes the client fetch another", async (stage) => {
    const token = await signToken({ sub: "alice", exp: inSeconds(-60) });
    const sdk = stage.client({
      token,
      getToken: () => signToken({ sub: "alice" }),
    });
    const news = sdk.subscription("news");
    news.sub.subscribe();
    await sdk.connect();
    await news.sub.ready();
    await news.sub.publish(1);
    await news.count(1);
    assertEquals(news.publications[0]?.info?.user, "alice");
  }, { everyTransport: true });

  scenario(
    "a private channel opens to its token, which is refreshed in time",
    async (stage) => {
      const alice = await stage.user("alice");
      let tokens = 0;
      const secret = await alice.subscribe("$secret", {
        getToken: ({ channel }) => {
          tokens++;
          return signToken({
            sub: "alice",
            channel,
            info: { role: "editor" },
            exp: inSeconds(tokens < 3 ? 2 : 60),
          });
        },
      });
      await eventually(() => tokens === 3, {
        awaited: "two refreshes",
        timeoutMs: 10_000,
      });
      await secret.sub.publish("hush");
      await secret.count(1);
      assertEquals(secret.publications[0]?.info?.chanInfo, { role: "editor" });
      assertEquals(secret.subscribed.length, 1);
    },
  );

  scenario(
    "an expired token of a channel makes the client fetch another",
    async (stage) => {
      const alice = await stage.user("alice");
      const claims = { sub: "alice", channel: "$secret" };
      const token = await signToken({ ...claims, exp: inSeconds(-60) });
      const secret = alice.subscription("$secret", {
        token,
        getToken: () => signToken(claims),
      });
      await secret.start();
      assertEquals(secret.subscribed.length, 1);
    },
  );

  scenario(
    "another channel's token ends the connection for good",
    async (stage) => {
      const alice = await stage.user("alice");
      const token = await signToken({ sub: "alice", channel: "$other" });
      const end = nextEvent(alice.client, "disconnected");
      alice.subscription("$secret", { token }).sub.subscribe();
      assertEquals(await end, { code: 3500, reason: "invalid token" });
      const { reason } = await stage.server.waitForLog("token_refused");
      assertEquals(reason, "for another channel or client");
    },
  );

  scenario(
    "a token's channels and subs are subscribed by the server",
    async (stage) => {
      const token = await signToken({
        sub: "alice",
        channels: ["news"],
        subs: { "bare:chat": { data: { hello: 1 }, info: { a: 1 } } },
      });
      const alice = stage.client({ token });
      const subscribed: unknown[] = [];
      alice.client.on(
        "subscribed",
        ({ channel, positioned, data }) =>
          subscribed.push([channel, positioned, data]),
      );
      await alice.connect();
      assertEquals(subscribed, [
        ["news", true, undefined],
        ["bare:chat", false, { hello: 1 }],
      ]);
      const bob = await stage.user("bob");
      await bob.client.publish("news", "one");
      await bob.client.publish("bare:chat", "two");
      await eventually(() => alice.publications.length === 2, {
        awaited: "both",
      });
      assertEquals(
        alice.publications.map(({ channel, data }) => [channel, data]),
        [["news", "one"], ["bare:chat", "two"]],
      );
    },
  );

  scenario(
    "a token's capabilities allow beyond what namespaces do, and nothing else",
    async (stage) => {
      const alice = await stage.user("alice", {
        caps: [{
          channels: ["locked:a*"],
          match: "wildcard",
          allow: ["sub", "pub"],
        }],
      });
      const open = await alice.subscribe("locked:abc");
      await open.sub.publish(1);
      await open.count(1);
      assertEquals(await codeOf(open.sub.history({ limit: 1 })), 103);
      assertEquals(await codeOf(alice.client.publish("locked:b", 1)), 103);
      assert(alice.disconnects.length === 0);
    },
  );
}
