import { assertEquals } from "@std/assert";
import { Sequencer } from "../../../../lib/broker/isolates/sequencer.ts";
import { MemoryPresence } from "../../../../lib/presence/memory.ts";
import { FakeClock, fakeRandom } from "../../../support/fake_clock.ts";
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

Deno.test("An isolate that joins again loses the clients that it does not report, and no other", async () => {
  const clock = new FakeClock();
  const presence = new MemoryPresence({ clock, ttlMs: 30_000 });
  const owner = { deliver: () => true, answer: () => {}, checkPositions() {} };
  const random = fakeRandom();
  const sequencer = new Sequencer({
    clock,
    random,
    presence,
    owner,
    node: "own",
    onPublish: () => {},
  });
  const one = { node: "one", link: { send: () => {} } };
  const two = { node: "two", link: { send: () => {} } };
  const count = async (channel: string) =>
    (await sequencer.presence.stats(channel)).clients;
  for (const channel of ["a", "b", "c"]) {
    sequencer.add(channel, ALICE, one);
    sequencer.add(channel, BOB, two);
  }
  sequencer.add("c", ALICE);
  const leases = [{ channel: "a", info: ALICE }, { channel: "b", info: BOB }];
  sequencer.join({ channels: [], leases }, one);
  assertEquals([await count("a"), await count("b"), await count("c")], [
    2,
    1,
    2,
  ]);
  await sequencer.close();
});
