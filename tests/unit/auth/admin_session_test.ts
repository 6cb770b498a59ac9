/** Sessions of operators: none can be made without the key, and none lasts. */

import { assert, assertEquals, assertFalse, assertThrows } from "@std/assert";
import { AdminSessions, SESSION_MS } from "../../../lib/auth/admin_session.ts";
import { EndedSessions } from "../../../lib/auth/ended_sessions.ts";
import { FakeClock, fakeRandom } from "../../support/fake_clock.ts";

const KEY = "the key of the operators";

function sessionsOf(
  key: string,
  clock = new FakeClock(),
  ended = new EndedSessions(clock),
) {
  return new AdminSessions(key, { clock, random: fakeRandom(), ended });
}

async function begun(sessions: AdminSessions, key = KEY): Promise<string> {
  const session = await sessions.begin(key);
  assert(session !== undefined);
  return session;
}

Deno.test("A session is begun by the key alone, and every node with the key accepts it", async () => {
  const session = await begun(sessionsOf(KEY));
  assert(await sessionsOf(KEY).read(session));
  for (const other of ["", `${KEY}!`, KEY.slice(1), KEY.toUpperCase()]) {
    assertEquals(await sessionsOf(KEY).begin(other), undefined);
  }
});

Deno.test("A session of another key, or with another expiry, id or signature, is refused", async () => {
  const sessions = sessionsOf(KEY);
  const session = await begun(sessions);
  const [version, expiresAt = "", id = "", signature = ""] = session.split(".");
  const forged = [
    await begun(sessionsOf(`${KEY}2`), `${KEY}2`),
    `${version}.${Number(expiresAt) + 1}.${id}.${signature}`,
    `${version}.${expiresAt}.${
      id.replace(/^./, (digit) => digit === "0" ? "1" : "0")
    }.${signature}`,
    `2.${expiresAt}.${id}.${signature}`,
    `${version}.${expiresAt}.${id}.`,
    `${version}.${expiresAt}.${id}.${"A".repeat(43)}`,
    `${version}.${expiresAt}.${id}.${signature}A`,
    `${version}.0${expiresAt}.${id}.${signature}`,
    `${session}\n`,
    ` ${session}`,
    signature,
    "",
  ];
  for (let at = 0; at < signature.length - 1; at++) {
    const char = signature[at] === "A" ? "B" : "A";
    forged.push(
      `${version}.${expiresAt}.${id}.${signature.slice(0, at)}${char}${
        signature.slice(at + 1)
      }`,
    );
  }
  for (const each of forged) {
    assertEquals(await sessions.read(each), undefined, each);
  }
  assert(await sessions.read(session));
});

Deno.test("A session ends after eight hours", async () => {
  const clock = new FakeClock();
  const sessions = sessionsOf(KEY, clock);
  const session = await begun(sessions);
  clock.advance(SESSION_MS - 1);
  assert(await sessions.read(session));
  clock.advance(1);
  assertEquals(await sessions.read(session), undefined);
});

Deno.test("A session says nothing about the key, and no two are the same", async () => {
  const sessions = sessionsOf(KEY);
  const [one, two] = [await begun(sessions), await begun(sessions)];
  assert(one !== two);
  assertFalse(
    one.includes(KEY) ||
      atob(one.split(".")[3]!.replaceAll("-", "+").replaceAll("_", "/"))
        .includes("key"),
  );
});

Deno.test("A key that no header can carry is a TypeError without the key", () => {
  for (const key of ["", " hunter2", "schlüssel"]) {
    const { message } = assertThrows(() => sessionsOf(key), TypeError);
    assertFalse(key !== "" && message.includes(key.trim()), message);
  }
});

Deno.test("A session that was ended is refused, and another one of the same key is not", async () => {
  const clock = new FakeClock();
  const ended = new EndedSessions(clock);
  const sessions = sessionsOf(KEY, clock, ended);
  const [one, two] = [await begun(sessions), await begun(sessions)];
  const session = await sessions.read(one);
  assert(session !== undefined);
  ended.add(session);
  assertEquals(await sessions.read(one), undefined);
  assert(await sessions.read(two));
});

Deno.test("Ended sessions are bounded: those that have expired go first, then the oldest", () => {
  const clock = new FakeClock();
  const ended = new EndedSessions(clock);
  const expiresAt = clock.wallTime + SESSION_MS;
  ended.add({ id: "short", expiresAt: clock.wallTime + 1 });
  for (let id = 1; id < 10_000; id++) ended.add({ id: String(id), expiresAt });
  clock.advance(1);
  ended.add({ id: "next", expiresAt });
  assertEquals([ended.size, ended.has("short")], [10_000, false]);
  ended.add({ id: "last", expiresAt });
  assertEquals([ended.size, ended.has("1")], [10_000, false]);
  assert(ended.has("2") && ended.has("next") && ended.has("last"));
});
