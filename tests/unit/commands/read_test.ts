import { namespacesOf } from "../../../lib/channel/channel_options.ts";
import { assert, assertEquals, assertObjectMatch } from "@std/assert";
import { parseChannelOptions } from "../../../server/channel_file.ts";
import { fakeTokens } from "../../support/fake_tokens.ts";
import { Scene } from "../../support/scene.ts";
import {
  type Message,
  publicationsOf,
  SdkClient,
} from "../../support/sdk_client.ts";

const parsed = parseChannelOptions({
  channels: {
    namespaces: {
      bare: { historySize: 0, presence: false },
      closed: { allow: ["subscribe"] },
    },
  },
});
assert(parsed.ok);
const namespaces = namespacesOf(parsed.value);

async function setUp(): Promise<{ scene: Scene; client: SdkClient }> {
  const scene = new Scene({
    insecureAnonymousAll: false,
    tokens: fakeTokens,
    namespaces,
  });
  const claims = { sub: "alice", info: { a: 1 } };
  return { scene, client: await SdkClient.connect(scene, { claims }) };
}

const REFUSALS: readonly (readonly [Message, number])[] = [
  [{ presence: { channel: "bare:a" } }, 108],
  [{ presence_stats: { channel: "bare:a" } }, 108],
  [{ history: { channel: "bare:a" } }, 108],
  [{ presence: { channel: "closed:a" } }, 103],
  [{ presence_stats: { channel: "closed:a" } }, 103],
  [{ history: { channel: "closed:a" } }, 103],
  [{ presence: { channel: "no:where" } }, 102],
  [{ history: { channel: "no:where" } }, 102],
  [{ history: { channel: "news", since: { offset: 1, epoch: "other" } } }, 112],
];

for (const [command, code] of REFUSALS) {
  Deno.test(`${JSON.stringify(command)} is error ${code}`, async () => {
    const { client } = await setUp();
    const [reply] = await client.ask({ id: 2, ...command });
    assertObjectMatch(reply!, { id: 2, error: { code } });
  });
}

Deno.test("Presence tells who is in a channel, and its stats how many connections and users", async () => {
  const { scene, client } = await setUp();
  const [same, other] = [
    await SdkClient.connect(scene, { claims: { sub: "alice" } }),
    await SdkClient.connect(scene, { claims: { sub: "bob" } }),
  ];
  for (const each of [client, same, other]) {
    await each.ask({ id: 2, subscribe: { channel: "news" } });
  }
  const [stats] = await client.ask({
    id: 3,
    presence_stats: { channel: "news" },
  });
  assertEquals(stats, {
    id: 3,
    presence_stats: { num_clients: 3, num_users: 2 },
  });
  const [reply] = await client.ask({ id: 4, presence: { channel: "news" } });
  const ids = [client, same, other].map(({ connection }) => connection.id);
  assertEquals(reply, {
    id: 4,
    presence: {
      presence: {
        [ids[0]!]: { user: "alice", client: ids[0]!, conn_info: { a: 1 } },
        [ids[1]!]: { user: "alice", client: ids[1]! },
        [ids[2]!]: { user: "bob", client: ids[2]! },
      },
    },
  });
});

Deno.test("History is read forward, in reverse, from a position and by number", async () => {
  const { scene, client } = await setUp();
  for (let index = 1; index <= 5; index++) {
    await scene.hub.publish("news", `${index}`);
  }
  const { epoch } = await scene.hub.broker.position("news");
  const read = async (fields: Message) => {
    const [reply] = await client.ask({
      id: 2,
      history: { channel: "news", ...fields },
    });
    assertObjectMatch(reply!, { history: { epoch, offset: 5 } });
    return publicationsOf([reply!]).map(({ data }) => Number(data));
  };
  assertEquals(await read({}), []);
  assertEquals(await read({ limit: -1 }), [1, 2, 3, 4, 5]);
  assertEquals(await read({ limit: 2 }), [1, 2]);
  assertEquals(await read({ limit: 2, reverse: true }), [5, 4]);
  const since = { offset: 3, epoch };
  assertEquals(await read({ limit: -1, since }), [4, 5]);
  assertEquals(await read({ limit: -1, since, reverse: true }), [2, 1]);
  assertEquals(await read({ limit: 1, since: { offset: 3 } }), [4]);
});
