/** Duties of every presence; each implementation runs this script. */

import { assertEquals } from "@std/assert";
import type { Presence } from "../../lib/presence/types.ts";
import type { ClientInfo } from "../../lib/base/publication.ts";

/** A presence under test. */
export interface PresenceScene {
  readonly presence: Presence;
  /** Lets time pass for it. */
  pass(ms: number): Promise<void>;
}

const ALICE: ClientInfo = { client: "a1", user: "alice" };
const ALICE_TOO: ClientInfo = { client: "a2", user: "alice" };
const BOB: ClientInfo = {
  client: "b1",
  user: "bob",
  connInfo: '{"name":"Bob 🦌"}',
  chanInfo: "[1]",
};

function mapOf(...infos: ClientInfo[]): Map<string, ClientInfo> {
  return new Map(infos.map((info) => [info.client, info]));
}

/** Registers the script for the presence that `create` makes; it is closed after each test. */
export function testPresence(
  name: string,
  create: () => Promise<PresenceScene>,
): void {
  function check(
    sentence: string,
    run: (scene: PresenceScene) => Promise<void>,
  ) {
    Deno.test(`${name}: ${sentence}`, async () => {
      const scene = await create();
      try {
        await run(scene);
      } finally {
        await scene.presence.close();
      }
    });
  }

  check("a channel is empty until a client is added", async ({ presence }) => {
    assertEquals(await presence.get("room"), new Map());
    assertEquals(await presence.stats("room"), { clients: 0, users: 0 });
  });

  check(
    "an added client is there with its whole info",
    async ({ presence }) => {
      await presence.add("room", ALICE);
      await presence.add("room", BOB);
      assertEquals(await presence.get("room"), mapOf(ALICE, BOB));
    },
  );

  check(
    "the connections of one user are several clients",
    async ({ presence }) => {
      for (const info of [ALICE, ALICE_TOO, BOB]) {
        await presence.add("room", info);
      }
      assertEquals(await presence.stats("room"), { clients: 3, users: 2 });
    },
  );

  check("a removed client is gone at once", async ({ presence }) => {
    for (const info of [ALICE, ALICE_TOO]) await presence.add("room", info);
    await presence.remove("room", "a1");
    assertEquals(await presence.get("room"), mapOf(ALICE_TOO));
    await presence.remove("room", "a2");
    assertEquals(await presence.stats("room"), { clients: 0, users: 0 });
  });

  check(
    "removing an absent client does nothing",
    async ({ presence }) => {
      await presence.remove("room", "a1");
      await presence.add("room", BOB);
      await presence.remove("room", "a1");
      assertEquals(await presence.get("room"), mapOf(BOB));
    },
  );

  check("adding again replaces what is known", async ({ presence }) => {
    await presence.add("room", BOB);
    const changed = { ...ALICE, client: BOB.client };
    await presence.add("room", changed);
    assertEquals(await presence.get("room"), mapOf(changed));
  });

  check("each channel has clients of its own", async ({ presence }) => {
    await presence.add("a", ALICE);
    await presence.add("b", ALICE);
    await presence.remove("a", ALICE.client);
    assertEquals(await presence.get("a"), new Map());
    assertEquals(await presence.get("b"), mapOf(ALICE));
  });

  check(
    "a client that is not added again is gone after a lease",
    async ({ presence, pass }) => {
      await presence.add("room", ALICE);
      await pass(presence.ttlMs / 2);
      await presence.add("room", BOB);
      await pass(presence.ttlMs / 2);
      assertEquals(await presence.get("room"), mapOf(BOB));
      assertEquals(await presence.stats("room"), { clients: 1, users: 1 });
      await pass(presence.ttlMs / 2);
      assertEquals(await presence.get("room"), new Map());
      assertEquals(await presence.stats("room"), { clients: 0, users: 0 });
    },
  );

  check(
    "a client that is added again and again stays",
    async ({ presence, pass }) => {
      for (let times = 0; times < 5; times++) {
        await presence.add("room", ALICE);
        await pass(presence.ttlMs / 2);
        assertEquals(await presence.get("room"), mapOf(ALICE));
      }
    },
  );

  check(
    "calls take effect in their order, also when they are not awaited",
    async ({ presence }) => {
      const calls = [];
      for (let index = 0; index < 100; index++) {
        const info = { client: `${index}`, user: "" };
        calls.push(presence.add("room", info));
        if (index % 2 === 0) calls.push(presence.remove("room", info.client));
      }
      await Promise.all(calls);
      assertEquals(await presence.stats("room"), { clients: 50, users: 1 });
    },
  );

  check("an answer does not change afterwards", async ({ presence }) => {
    await presence.add("room", ALICE);
    const before = await presence.get("room");
    await presence.add("room", BOB);
    await presence.remove("room", ALICE.client);
    assertEquals(before, mapOf(ALICE));
  });

  check(
    "names that mean something to JavaScript are plain names",
    async ({ presence }) => {
      for (const word of ["__proto__", "constructor", "toString"]) {
        const info = { client: word, user: word };
        assertEquals(await presence.get(word), new Map());
        await presence.add(word, info);
        assertEquals(await presence.get(word), mapOf(info));
        assertEquals(await presence.stats(word), { clients: 1, users: 1 });
        await presence.remove(word, word);
        assertEquals(await presence.get(word), new Map());
      }
    },
  );
}
