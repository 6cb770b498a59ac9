/** Scenarios of the SDK: what goes on in channels. */

import { assertEquals } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { codeOf, nextEvent, type SdkSubscription } from "../support/sdk.ts";
import { TextClient } from "../support/text_client.ts";
import type { Scenario } from "./sdk_stage.ts";

/** Waits for the figures of a presence; a broker with several connections may be asked before it has forgotten a client. */
function hasStats(
  { sub }: SdkSubscription,
  expected: { readonly numClients: number; readonly numUsers: number },
): Promise<void> {
  return eventually(async () => {
    const { numClients, numUsers } = await sub.presenceStats();
    return numClients === expected.numClients && numUsers === expected.numUsers;
  }, { awaited: `a presence of ${JSON.stringify(expected)}` });
}

/** Declares them. */
export function testSdkChannels(scenario: Scenario): void {
  scenario(
    "a publication reaches every subscriber, with its publisher and its place",
    async (stage) => {
      const alice = await stage.user("alice", { info: { name: "Alice" } });
      const bob = await stage.user("bob");
      const subs = [await alice.subscribe("news"), await bob.subscribe("news")];
      assertEquals(
        await subs[0]!.sub.publish({ text: "hi", list: [1, null] }),
        {},
      );
      for (const sub of subs) {
        await sub.count(1);
        const { data, info, offset, channel } = sub.publications[0]!;
        const top = await sub.sub.history({ limit: 0 });
        assertEquals([data, offset, channel], [
          { text: "hi", list: [1, null] },
          top.offset,
          "news",
        ]);
        assertEquals([info?.user, info?.connInfo], ["alice", {
          name: "Alice",
        }]);
      }
    },
    { everyTransport: true },
  );

  scenario(
    "presence tells who is there, and joins and leaves who comes and goes",
    async (stage) => {
      const alice = await stage.user("alice");
      const news = await alice.subscribe("news", { joinLeave: true });
      const [bob, bobsPhone] = [
        await stage.user("bob"),
        await stage.user("bob"),
      ];
      const bobs = await bob.subscribe("news");
      await bobsPhone.subscribe("news");
      const { clients } = await news.sub.presence();
      assertEquals(Object.values(clients).map(({ user }) => user).sort(), [
        "alice",
        "bob",
        "bob",
      ]);
      assertEquals(await news.sub.presenceStats(), {
        numClients: 3,
        numUsers: 2,
      });

      bobs.sub.unsubscribe();
      await eventually(() => news.comings.includes("-bob"), {
        awaited: "bob's leave",
      });
      await hasStats(news, { numClients: 2, numUsers: 2 });
      bobsPhone.client.disconnect();
      await eventually(() => news.comings.length === 5, {
        awaited: "the second leave",
      });
      await hasStats(news, { numClients: 1, numUsers: 1 });
      assertEquals(news.comings, ["+alice", "+bob", "+bob", "-bob", "-bob"]);
    },
  );

  scenario(
    "commands of a batch are carried out in their order, and each is answered",
    async (stage) => {
      const alice = await stage.user("alice");
      const news = await alice.subscribe("news");
      const { client } = alice;
      client.startBatching();
      const answers = [
        news.sub.publish("first"),
        codeOf(client.rpc("sum", [1, 2])),
        news.sub.publish("second"),
        news.sub.presenceStats().then(({ numClients }) => numClients),
      ];
      client.stopBatching();
      assertEquals(await Promise.all(answers), [{}, 108, {}, 1]);
      await news.count(2);
      assertEquals(news.data, ["first", "second"]);
    },
    { everyTransport: true },
  );

  scenario(
    "history is read forward, in reverse and from a position",
    async (stage) => {
      const alice = await stage.user("alice");
      const news = await alice.subscribe("news");
      for (let index = 1; index <= 5; index++) await news.sub.publish(index);
      const { epoch, offset: top, publications: all } = await news.sub.history({
        limit: -1,
      });
      const third = all[2]?.offset ?? 0;
      const read = async (options: Parameters<typeof news.sub.history>[0]) => {
        const result = await news.sub.history(options);
        assertEquals([result.epoch, result.offset], [epoch, top]);
        return result.publications.map(({ data }) => data);
      };
      assertEquals(await read({ limit: 0 }), []);
      assertEquals(await read({ limit: -1 }), [1, 2, 3, 4, 5]);
      assertEquals(await read({ limit: 2 }), [1, 2]);
      assertEquals(await read({ limit: 2, reverse: true }), [5, 4]);
      const since = { offset: third, epoch };
      assertEquals(await read({ limit: 10, since }), [4, 5]);
      assertEquals(await read({ limit: 10, since, reverse: true }), [2, 1]);
      const lost = { since: { offset: third, epoch: "lost" }, limit: 1 };
      assertEquals(await codeOf(news.sub.history(lost)), 112);
    },
  );

  scenario(
    "five clients in several channels hear what is theirs, in order, each once",
    async (stage) => {
      const channels = ["a", "b", "c"];
      const subs: SdkSubscription[] = [];
      for (let index = 0; index < 5; index++) {
        const user = await stage.user(`user${index}`);
        for (const channel of channels.slice(0, 1 + index % 3)) {
          subs.push(await user.subscribe(channel));
        }
      }
      const writer = await stage.user("writer");
      const count = 50;
      // Each waits for the last: requests of their own may overtake each other.
      await Promise.all(channels.map(async (channel) => {
        for (let index = 0; index < count; index++) {
          await writer.client.publish(channel, `${channel}${index}`);
        }
      }));
      for (const sub of subs) {
        await sub.count(count);
        const { channel } = sub.sub;
        assertEquals(
          sub.data,
          Array.from({ length: count }, (_, index) => `${channel}${index}`),
        );
        const top = await sub.sub.history({ limit: 0 });
        assertEquals(sub.publications.at(-1)?.offset, top.offset);
      }
    },
    { everyTransport: true },
  );

  scenario(
    "what a namespace does not allow is refused by its code, and the connection goes on",
    async (stage) => {
      const alice = await stage.user("alice");
      for (
        const [channel, code] of [
          ["nowhere:news", 102],
          ["locked:news", 103],
          ["$secret", 103],
          ["#bob", 103],
          ["chat#bob,carol", 103],
        ] as const
      ) {
        const { sub } = alice.subscription(channel);
        const end = nextEvent<{ code: number }>(sub, "unsubscribed");
        sub.subscribe();
        assertEquals([channel, (await end).code], [channel, code]);
      }
      const { client } = alice;
      await alice.subscribe("#alice");
      await alice.subscribe("chat#alice,bob");
      const { sub } = await alice.subscribe("read:news");
      assertEquals(await codeOf(sub.publish("hi")), 103);
      assertEquals(
        await codeOf(client.history("read:news", { limit: 1 })),
        103,
      );
      assertEquals(await codeOf(client.presence("read:news")), 103);
      assertEquals(await codeOf(client.presence("bare:news")), 108);
      assertEquals(
        await codeOf(client.history("bare:news", { limit: 1 })),
        108,
      );
      assertEquals(await codeOf(client.publish("nowhere:news", 1)), 102);
      assertEquals(alice.disconnects, []);
    },
  );

  scenario(
    "uids that mean something to JavaScript are plain names",
    async (stage) => {
      // The SDK itself stumbles over channels of such names.
      const names = ["__proto__", "constructor", "toString"];
      for (const [index, name] of names.entries()) {
        const user = await stage.user(name);
        const sub = await user.subscribe("news");
        await sub.sub.publish({ name });
        await sub.count(1);
        assertEquals(sub.publications[0]?.info?.user, name);
        const stats = await sub.sub.presenceStats();
        assertEquals(stats, { numClients: index + 1, numUsers: index + 1 });
      }
    },
  );

  scenario(
    "a text client and an SDK in one channel see each other",
    async (stage) => {
      const sdk = await stage.client().connect();
      const news = await sdk.subscribe("news");
      const url = `${stage.server.wsUrl}/ws?uid=bob`;
      await using bob = await TextClient.open(url);
      bob.send("+#news");
      assertEquals(await bob.next(), "+#news");
      bob.send("#news:plain text");
      bob.send('#news:{"not":"parsed"}');
      await news.count(2);
      assertEquals(news.data, ["plain text", '{"not":"parsed"}']);
      assertEquals(await bob.next(), "#news:plain text");
      assertEquals(await bob.next(), '#news:{"not":"parsed"}');
      for (const data of ['a "string"', { a: [1, null] }, 7, null]) {
        await news.sub.publish(data);
      }
      assertEquals(await bob.next(), '#news:a "string"');
      assertEquals(await bob.next(), '#news:{"a":[1,null]}');
      assertEquals(await bob.next(), "#news:7");
      assertEquals(await bob.next(), "#news:null");
      const said = nextEvent(sdk.client, "message");
      bob.send("all:hear, hear");
      assertEquals(await said, { data: "hear, hear" });
    },
    { env: { INSECURE_ANONYMOUS_ALL: "true" } },
  );
}
