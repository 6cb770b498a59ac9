/** Scenarios of the SDK: what it gets after an absence, and what it is told when that is not all. */

import { assert, assertEquals } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { nextEvent, Sdk, type SdkSubscription } from "../support/sdk.ts";
import { range } from "../support/stream_of.ts";
import { TextClient } from "../support/text_client.ts";
import { signToken } from "../support/token.ts";
import type { Scenario, SdkStage } from "./sdk_stage.ts";

/** The default size of a channel's history. */
const HISTORY_SIZE = 100;

/** A user whose clients the cut does not reach. */
async function writerBesides(stage: SdkStage): Promise<Sdk> {
  const token = await signToken({ sub: "writer" });
  const endpoint = `${stage.server.wsUrl}/connection/websocket`;
  const sdk = new Sdk([{ transport: "websocket", endpoint }], { token });
  return await sdk.connect();
}

async function publish(
  writer: Sdk,
  channel: string,
  numbers: readonly number[],
): Promise<void> {
  await Promise.all(
    numbers.map((number) => writer.client.publish(channel, number)),
  );
}

/** Cuts the network while something happens, and resolves when the subscription is back. */
export async function absence(
  stage: SdkStage,
  { sub }: SdkSubscription,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const subscribing = nextEvent(sub, "subscribing");
  stage.network.cut();
  await subscribing;
  await meanwhile();
  const subscribed = nextEvent(sub, "subscribed");
  stage.network.restore();
  await subscribed;
}

/** Declares them. */
export function testSdkRecovery(scenario: Scenario): void {
  for (const missed of [0, 1, HISTORY_SIZE]) {
    scenario(
      `after a cut ${missed} missed publications are recovered, in order, each once`,
      async (stage) => {
        const alice = await stage.user("alice");
        using writer = await writerBesides(stage);
        const news = await alice.subscribe("news");
        await publish(writer, "news", range(1, 3));
        await news.count(3);
        await absence(
          stage,
          news,
          () => publish(writer, "news", range(4, 3 + missed)),
        );
        await publish(writer, "news", [4 + missed]);
        await news.count(4 + missed);
        assertEquals(news.data, range(1, 4 + missed));
        const all = await writer.client.history("news", { limit: -1 });
        assertEquals(
          news.publications.slice(-all.publications.length)
            .map(({ offset }) => offset),
          all.publications.map(({ offset }) => offset),
        );
        const { wasRecovering, recovered, hasRecoveredPublications } = news
          .subscribed[1]!;
        assertEquals({ wasRecovering, recovered, hasRecoveredPublications }, {
          wasRecovering: true,
          recovered: true,
          hasRecoveredPublications: missed > 0,
        });
      },
      { everyTransport: true },
    );
  }

  scenario(
    "one publication more than the history keeps is not recovered, and the client is told",
    async (stage) => {
      const alice = await stage.user("alice");
      using writer = await writerBesides(stage);
      const news = await alice.subscribe("news");
      await absence(
        stage,
        news,
        () => publish(writer, "news", range(1, HISTORY_SIZE + 1)),
      );
      const top = await writer.client.history("news", { limit: 0 });
      await publish(writer, "news", [0]);
      await news.count(1);
      assertEquals(news.data, [0]);
      const { wasRecovering, recovered, streamPosition } = news.subscribed[1]!;
      assertEquals([wasRecovering, recovered], [true, false]);
      assertEquals(streamPosition?.offset, top.offset);
    },
  );

  scenario(
    "in cache mode the newest publication comes at once, and after a cut",
    async (stage) => {
      const alice = await stage.user("alice");
      using writer = await writerBesides(stage);
      await publish(writer, "cache:price", range(1, 3));
      const price = await alice.subscribe("cache:price", {
        since: { offset: 0, epoch: "" },
      });
      await price.count(1);
      assertEquals(price.data, [3]);
      await absence(
        stage,
        price,
        () => publish(writer, "cache:price", range(4, 200)),
      );
      await price.count(2);
      await absence(stage, price, async () => {});
      await publish(writer, "cache:price", [201]);
      await price.count(3);
      assertEquals(price.data, [3, 200, 201]);
      assertEquals(price.subscribed.map(({ recovered }) => recovered), [
        true,
        true,
        true,
      ]);
    },
  );

  scenario(
    "where the channel says so, the newest publication comes to clients that do not ask for it",
    async (stage) => {
      const alice = await stage.user("alice");
      await publish(alice, "auto:price", range(1, 3));
      const price = await alice.subscribe("auto:price");
      await price.count(1);
      assertEquals(price.data, [3]);
      assertEquals(price.subscribed[0]?.recovered, true);
      const bob = await stage.user("bob", { channels: ["auto:price"] });
      await eventually(() => bob.publications.length === 1, {
        awaited: "the server's own subscription to bring it",
      });
      assertEquals(bob.publications[0]?.data, 3);
      const empty = await alice.subscribe("auto:empty");
      assertEquals(empty.subscribed[0]?.recovered, false);
    },
  );

  scenario(
    "a client that loads its state from elsewhere does so again when its position is gone",
    async (stage) => {
      const alice = await stage.user("alice");
      using writer = await writerBesides(stage);
      await publish(writer, "news", range(1, 2));
      const loaded: number[] = [];
      const topOf = async () =>
        (await writer.client.history("news", { limit: 0 })).offset;
      const begun = await topOf();
      const news = alice.subscription("news", {
        getState: async () => {
          const state = await writer.client.history("news", { limit: 0 });
          loaded.push(state.offset);
          return state;
        },
      });
      await news.start();
      assertEquals(loaded, [begun]);
      await absence(stage, news, () => publish(writer, "news", [3]));
      await news.count(1);
      assertEquals([loaded, news.data], [[begun], [3]]);
      await absence(
        stage,
        news,
        () => publish(writer, "news", range(4, HISTORY_SIZE + 10)),
      );
      await eventually(() => loaded.length === 2, {
        awaited: "the state to be loaded again",
      });
      assertEquals(loaded, [begun, await topOf()]);
      await news.sub.ready();
      await publish(writer, "news", [0]);
      await news.count(2);
      assertEquals(news.data, [3, 0]);
    },
  );

  scenario(
    "a client that starts from a position gets what came after it",
    async (stage) => {
      const alice = await stage.user("alice");
      await publish(alice, "news", range(1, 5));
      const { epoch, publications } = await alice.client.history("news", {
        limit: -1,
      });
      const offset = publications[1]?.offset ?? 0;
      const news = await alice.subscribe("news", { since: { offset, epoch } });
      await news.count(3);
      assertEquals(news.data, [3, 4, 5]);
      const gone = await stage.user("bob");
      const late = await gone.subscribe("news", {
        since: { offset, epoch: "gone" },
      });
      assertEquals(late.subscribed[0]?.recovered, false);
    },
  );

  scenario("a restarted stream is told as not recovered", async (stage) => {
    const alice = await stage.user("alice");
    const news = await alice.subscribe("news", {
      since: { offset: 7, epoch: "_" },
    });
    const { wasRecovering, recovered } = news.subscribed[0]!;
    assertEquals([wasRecovering, recovered], [true, false]);
  });

  scenario(
    "the server's own subscriptions recover after a cut too",
    async (stage) => {
      const alice = await stage.user("alice", { channels: ["news"] });
      using writer = await writerBesides(stage);
      await publish(writer, "news", [1]);
      const connecting = nextEvent(alice.client, "connecting");
      stage.network.cut();
      await connecting;
      await publish(writer, "news", [2, 3]);
      const subscribed = nextEvent<{ recovered: boolean }>(
        alice.client,
        "subscribed",
      );
      stage.network.restore();
      assert((await subscribed).recovered);
      const last = nextEvent(alice.client, "publication");
      await publish(writer, "news", [4]);
      await last;
      while (alice.publications.length < 4) {
        await nextEvent(
          alice.client,
          "publication",
        );
      }
      assertEquals(alice.publications.map(({ data }) => data), [1, 2, 3, 4]);
    },
  );

  scenario(
    "deltas become what was published, before and after a cut",
    async (stage) => {
      const alice = await stage.user("alice");
      using writer = await writerBesides(stage);
      const doc = await alice.subscribe("fossil:doc", { delta: "fossil" });
      const version = (number: number) => ({
        title: "the same words in every version ".repeat(4),
        number,
        text: `äöü ${"b".repeat(number)}`,
      });
      const write = async (first: number, last: number) => {
        for (const number of range(first, last)) {
          await writer.client.publish("fossil:doc", version(number));
        }
      };
      await write(1, 5);
      await absence(stage, doc, () => write(6, 9));
      await write(10, 12);
      await doc.count(12);
      assertEquals(doc.data, range(1, 12).map(version));
      await using raw = await TextClient.open(
        `${stage.server.wsUrl}/connection/websocket`,
      );
      const token = await signToken({ sub: "raw" });
      raw.send(
        `{"id":1,"connect":{"token":"${token}"}}\n{"id":2,"subscribe":{"channel":"fossil:doc","delta":"fossil"}}`,
      );
      // Its reply may share a frame with that of connect.
      while (!String(await raw.next()).includes('"id":2'));
      await write(13, 15);
      const top = await writer.client.history("fossil:doc", { limit: 0 });
      const frames: string[] = [];
      while (!frames.join().includes(`"offset":${top.offset}`)) {
        frames.push(
          String(await raw.next()),
        );
      }
      assert(frames.join().includes('"delta":true'), "deltas on the wire");
    },
  );
}
