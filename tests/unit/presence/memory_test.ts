import { assert, assertEquals } from "@std/assert";
import type { Clock } from "../../../lib/base/clock.ts";
import { MemoryPresence } from "../../../lib/presence/memory.ts";
import { FakeClock } from "../../support/fake_clock.ts";

const TTL_MS = 30_000;
const ALICE = { client: "a1", user: "alice" };

function start() {
  const clock = new FakeClock();
  return { clock, presence: new MemoryPresence({ clock, ttlMs: TTL_MS }) };
}

Deno.test("MemoryPresence has no timers", async () => {
  const { clock, presence } = start();
  await presence.add("room", ALICE);
  assertEquals(clock.pending, 0);
});

Deno.test("MemoryPresence keeps a lease to its last millisecond", async () => {
  const { clock, presence } = start();
  await presence.add("room", ALICE);
  clock.advance(TTL_MS - 1);
  assertEquals(await presence.stats("room"), { clients: 1, users: 1 });
  clock.advance(1);
  assertEquals(await presence.stats("room"), { clients: 0, users: 0 });
});

Deno.test("MemoryPresence does not heed the wall clock", async () => {
  const { clock, presence } = start();
  await presence.add("room", ALICE);
  clock.wallOffset += 24 * 3_600_000;
  assertEquals(await presence.stats("room"), { clients: 1, users: 1 });
});

Deno.test("MemoryPresence forgets a channel with its last client", async () => {
  const { presence } = start();
  for (let index = 0; index < 1000; index++) {
    await presence.add(`room ${index}`, ALICE);
    await presence.remove(`room ${index}`, ALICE.client);
  }
  assertEquals(presence.size, 0);
});

Deno.test("MemoryPresence remembers nothing of channels that were only asked about", async () => {
  const { presence } = start();
  await presence.get("room");
  await presence.stats("room");
  await presence.remove("room", ALICE.client);
  assertEquals(presence.size, 0);
});

Deno.test("MemoryPresence forgets a channel whose leases a reader finds expired", async () => {
  for (const read of ["get", "stats"] as const) {
    const { clock, presence } = start();
    await presence.add("room", ALICE);
    clock.advance(TTL_MS);
    await presence[read]("room");
    assertEquals(presence.size, 0);
  }
});

Deno.test("MemoryPresence drops channels that are not read, when clients are added to others", async () => {
  const { clock, presence } = start();
  for (let round = 0; round < 3; round++) {
    for (let index = 0; index < 1000; index++) {
      await presence.add(`room ${round} ${index}`, ALICE);
    }
    for (let times = 0; times < 4; times++) {
      clock.advance(TTL_MS / 2);
      await presence.add("alive", ALICE);
    }
    assertEquals(presence.size, 1);
  }
  assertEquals((await presence.get("alive")).size, 1);
});

Deno.test("MemoryPresence sweeps all channels once in a lease, not whenever a client is added", async () => {
  const time = new FakeClock();
  let looks = 0;
  const clock: Clock = {
    get now() {
      looks++;
      return time.now;
    },
    wallTime: 0,
    after: () => () => {},
    every: () => () => {},
    soon: () => () => {},
  };
  const presence = new MemoryPresence({ clock, ttlMs: TTL_MS });
  const addAll = async () => {
    for (let index = 0; index < 1000; index++) {
      await presence.add(`room ${index}`, ALICE);
    }
  };
  await addAll();
  time.advance(TTL_MS / 2);
  await addAll();
  time.advance(TTL_MS / 2);
  looks = 0;
  await presence.add("another", ALICE);
  assert(looks >= 1000, `${looks} looks at the clock`);
  looks = 0;
  await presence.add("another", ALICE);
  assert(looks < 10, `${looks} looks at the clock`);
});
