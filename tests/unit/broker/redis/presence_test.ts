import { assertEquals, assertRejects } from "@std/assert";
import { Names } from "../../../../lib/broker/redis/names.ts";
import {
  type PresenceLink,
  RedisPresence,
} from "../../../../lib/broker/redis/presence.ts";

const names = new Names({ isCluster: false });
const ALICE = { client: "a1", user: "alice" };

/** A link that answers everything with the same. */
function linkTo(reply: () => Promise<unknown>): PresenceLink {
  return { names, run: reply };
}

Deno.test("Presence in Redis rejects while the link does", async () => {
  const link = linkTo(() => Promise.reject(new Error("Redis is away")));
  const presence = new RedisPresence({ link });
  for (
    const call of [
      () => presence.add("room", ALICE),
      () => presence.remove("room", "a1"),
      () => presence.get("room"),
      () => presence.stats("room"),
    ]
  ) await assertRejects(call, Error, "Redis is away");
});

Deno.test("A lease in Redis lasts 30 s by default", () => {
  const link = linkTo(() => Promise.resolve());
  assertEquals(new RedisPresence({ link }).ttlMs, 30_000);
  assertEquals(new RedisPresence({ link, ttlMs: 5 }).ttlMs, 5);
});

Deno.test("Changes of one client in one channel keep their order in Redis, and nothing else does", async () => {
  const orders: (string | undefined)[] = [];
  const presence = new RedisPresence({
    link: {
      names,
      run({ order }) {
        orders.push(order?.join());
        return Promise.resolve([]);
      },
    },
  });
  await presence.add("room", ALICE);
  await presence.remove("room", ALICE.client);
  await presence.remove("room", "other");
  await presence.remove("hall", ALICE.client);
  await presence.get("room");
  await presence.stats("room");
  const [added, removed, ...others] = orders;
  assertEquals(added, removed);
  assertEquals(new Set([added, ...others.slice(0, 2)]).size, 3);
  assertEquals(others.slice(2), [undefined, undefined]);
});

for (
  const [what, reply] of [
    ["no list", "x"],
    ["a number in the list", [1]],
    ["no JSON in the list", ["x"]],
    ["no object in the list", ['"alice"\n1']],
    ["an object without a client", ['"alice"\n{"user":"alice"}']],
    ["data that is no text", [
      '"a"\n{"client":"a1","user":"a","connInfo":1}',
    ]],
  ] as const
) {
  Deno.test(`Presence in Redis refuses an answer that is ${what}`, async () => {
    const link = linkTo(() => Promise.resolve(reply));
    const presence = new RedisPresence({ link });
    await assertRejects(() => presence.get("room"), SyntaxError);
  });
}

Deno.test("What Redis has of a client is read as it was written", async () => {
  const written: string[] = [];
  const link: PresenceLink = {
    names,
    run({ keys, args }) {
      if (args.length === 0) return Promise.resolve(written);
      assertEquals(keys, ["thrum:{room}:leases", "thrum:{room}:infos"]);
      written.push(args[1] ?? "");
      return Promise.resolve(null);
    },
  };
  const presence = new RedisPresence({ link });
  const info = { ...ALICE, user: "a\nb", connInfo: "{}", chanInfo: '"\\n"' };
  await presence.add("room", info);
  assertEquals(await presence.get("room"), new Map([["a1", info]]));
});
