import { assertEquals } from "@std/assert";
import { Leases } from "../../../../lib/broker/broadcast/leases.ts";
import { World } from "../../../support/isolate_world.ts";

const ALICE = { client: "a1", user: "alice" };
const BOB = { client: "b1", user: "bob" };

/** Three isolates; the first is the sequencer. */
async function startThree() {
  const world = new World();
  const [first, second, third] = await world.startAll(3);
  return { world, first: first!, second: second!, third: third! };
}

Deno.test("The clients of an isolate that ends leave presence at once, and nobody else does", async () => {
  const { world, first, second, third } = await startThree();
  await world.wait(second.broker.presence.add("room", BOB));
  await world.wait(third.broker.presence.add("room", ALICE));
  third.isolate.end();
  await world.turns();
  for (const { broker } of [first, second]) {
    const present = await world.wait(broker.presence.get("room"));
    assertEquals([...present.keys()], [BOB.client]);
  }
});

Deno.test("They do so too where another isolate has become the sequencer meanwhile", async () => {
  const { world, first, second, third } = await startThree();
  await world.wait(second.broker.presence.add("room", BOB));
  await world.wait(third.broker.presence.add("room", ALICE));
  const leader = () =>
    [second, third].find(({ isolate }) =>
      world.locks.holderOf("thrum-sequencer") === isolate.id
    )!;
  first.isolate.end();
  await world.turns();
  const [stays, ends] = leader() === second ? [second, third] : [third, second];
  await world.wait(ends.broker.position("room"));
  ends.isolate.end();
  await world.turns();
  const { clients } = await world.wait(stays.broker.presence.stats("room"));
  assertEquals(clients, 1);
});

Deno.test("A client that an isolate has put there after the one that ends stays", async () => {
  for (const late of ["first", "second"] as const) {
    const { world, third, ...others } = await startThree();
    await world.wait(third.broker.presence.add("room", ALICE));
    await world.wait(others[late].broker.presence.add("room", ALICE));
    third.isolate.end();
    await world.turns();
    const { broker } = others[late];
    const { clients } = await world.wait(broker.presence.stats("room"));
    assertEquals(clients, 1);
  }
});

Deno.test("Leases are forgotten with the clients they are of", () => {
  const leases = new Leases<string>();
  const removed: string[] = [];
  const onRemove = (channel: string, client: string) =>
    removed.push(`${channel} ${client}`);
  for (const channel of ["a", "b", "c"]) {
    leases.enter({ channel, info: ALICE }, "one");
    leases.enter({ channel, info: BOB }, "two");
  }
  leases.leave("c", ALICE.client);
  leases.enter({ channel: "c", info: BOB }, undefined);
  assertEquals(leases.size, 4);
  const but = [{ channel: "a", info: ALICE }, { channel: "b", info: BOB }];
  leases.removeAll("one", { but, onRemove });
  assertEquals(removed, ["b a1"]);
  leases.removeAll("one", { but: [], onRemove });
  leases.removeAll("two", { but: [], onRemove });
  assertEquals(removed.toSorted(), ["a a1", "a b1", "b a1", "b b1"]);
  assertEquals(leases.size, 0);
});
