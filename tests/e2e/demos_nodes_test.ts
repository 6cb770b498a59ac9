/** The demos whose rules keep a state, on several isolates and on several machines that share a Redis. */

import { assert, assertEquals } from "@std/assert";
import { Centrifuge } from "centrifuge";
import type { PublicationContext, Subscription } from "centrifuge";
import { BrokerNodes } from "../support/broker_nodes.ts";
import { eventually } from "../support/eventually.ts";
import { IsolateDoors } from "../support/isolate_doors.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";

const redis = requireTool("redis-server");
const DEMOS = { DEMOS: "true", HOST: "127.0.0.1" };

/** Nodes with the demos, each under an address of its own. */
interface Places extends AsyncDisposable {
  readonly wsUrls: readonly string[];
}

async function startRedisNodes(): Promise<Places> {
  const stage = await BrokerNodes.start(2, {
    broker: () => RedisServer.start(),
    env: DEMOS,
  });
  return {
    wsUrls: stage.nodes.map(({ wsUrl }) => wsUrl),
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
}

const PLACES: Readonly<
  Record<string, readonly [missing: boolean, start: () => Promise<Places>]>
> = {
  "three isolates": [false, () => IsolateDoors.start(3, DEMOS)],
  "two nodes with a Redis": [redis.missing, startRedisNodes],
};

/** A person on one of the nodes. */
class Person implements Disposable {
  readonly client: Centrifuge;
  readonly publications: PublicationContext[] = [];

  constructor({ wsUrls }: Places, at: number, name: string) {
    const url = wsUrls[at % wsUrls.length];
    this.client = new Centrifuge(`${url}/demos/hub/connection/websocket`, {
      websocket: WebSocket,
      data: { name },
    });
    this.client.connect();
  }

  /** Subscribes; resolves with the subscription and what the server says of it. */
  async join(
    channel: string,
    options: object = {},
  ): Promise<readonly [Subscription, Record<string, unknown>]> {
    const subscription = this.client.newSubscription(channel, options);
    subscription.on("publication", (publication) => {
      this.publications.push(publication);
    });
    const data = new Promise<Record<string, unknown>>((resolve, reject) => {
      subscription.on("subscribed", ({ data }) => resolve(data));
      subscription.on("error", ({ error }) => reject(new Error(error.message)));
    });
    subscription.subscribe();
    return [subscription, await data];
  }

  /** Message with which the server refuses what is done. */
  async refusal(act: () => Promise<unknown>): Promise<string> {
    try {
      await act();
      return "";
    } catch (error) {
      return Object(error).message;
    }
  }

  [Symbol.dispose](): void {
    this.client.disconnect();
  }
}

function nodesTest(
  name: string,
  fn: (places: Places) => Promise<void>,
): void {
  for (const [where, [missing, start]] of Object.entries(PLACES)) {
    Deno.test({
      name: `${name}, on ${where}`,
      ignore: missing,
      async fn() {
        await using places = await start();
        await fn(places);
      },
    });
  }
}

nodesTest(
  "The classroom has one teacher, one pen and one board",
  async (places) => {
    using ada = new Person(places, 0, "ada");
    using ben = new Person(places, 1, "ben");
    using cid = new Person(places, 2, "cid");
    const channel = "classroom:lobby";
    const teach = { data: { role: "teacher" }, joinLeave: true };
    const [teaching, first] = await ada.join(channel, teach);
    assertEquals(first, { role: "teacher" });
    // The chair is taken, whichever node is asked.
    const [learning, second] = await ben.join(channel, teach);
    const [watching, third] = await cid.join(channel, teach);
    assertEquals([second, third], [{ role: "student" }, { role: "student" }]);
    const { clients } = await watching.presence();
    const roles = Object.values(clients).map(({ user, chanInfo }) => [
      user,
      Object(chanInfo).role,
    ]);
    assertEquals(roles.toSorted(), [
      ["ada", "teacher"],
      ["ben", "student"],
      ["cid", "student"],
    ]);

    const stroke = [1, 2, 3, 4];
    const draw = () => learning.publish({ stroke });
    const lend = (user: string) =>
      ada.client.rpc("classroom:pen", { room: "lobby", user });
    const refused = "only the teacher draws, and who has the pen";
    await teaching.publish({ stroke });
    assertEquals(await ben.refusal(draw), refused);
    await lend("ben");
    assertEquals(await ben.refusal(draw), "");
    await lend("");
    assertEquals(await ben.refusal(draw), refused);
    await eventually(() => cid.publications.length === 2, {
      awaited: "both strokes",
    });
    const { publications } = await watching.history({ limit: 10 });
    assertEquals(
      publications.map(({ data, info }) => [info?.user, data.stroke]),
      [["ada", stroke], ["ben", stroke]],
    );
  },
);

nodesTest(
  "An answer grows for readers of every node, and no second one begins meanwhile",
  async (places) => {
    using ada = new Person(places, 0, "ada");
    using ben = new Person(places, 1, "ben");
    using cid = new Person(places, 2, "cid");
    const channel = "answer:lobby";
    const ask = ({ client }: Person, question: string) =>
      client.rpc("answer:ask", { room: "lobby", question });
    const newest = (
      { publications }: Person,
    ): { text: string; closed: boolean } =>
      publications.at(-1)?.data ?? { text: "", closed: false };
    await ben.join(channel, { delta: "fossil" });
    await ask(ada, "Who are you?");
    await eventually(() => newest(ben).text.includes("a list of words"), {
      awaited: "the first words",
      timeoutMs: 20_000,
    });
    for (const person of [ada, ben, cid]) {
      const refusal = await person.refusal(() => ask(person, "And now?"));
      assertEquals(refusal, "let me finish first");
    }
    // One who comes late begins with the whole.
    await cid.join(channel, { delta: "fossil" });
    await eventually(() => cid.publications.length > 0, {
      awaited: "the text so far",
    });
    assert(cid.publications[0]?.data.text.startsWith("You asked: “Who are"));
    for (const reader of [ben, cid]) {
      await eventually(() => newest(reader).closed, {
        awaited: "the end of the answer",
        timeoutMs: 30_000,
      });
    }
    assertEquals(newest(ben).text, newest(cid).text);
    assert(newest(ben).text.trim().endsWith("another word."));
    const lengths = ben.publications.map(({ data }) => data.text.length);
    assertEquals(lengths, lengths.toSorted((one, other) => one - other));
  },
);
