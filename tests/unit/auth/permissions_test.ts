import { assertEquals } from "@std/assert";
import { type Caps, parseCaps } from "../../../lib/auth/caps.ts";
import { isAllowed } from "../../../lib/auth/permissions.ts";
import { parseChannelOptions } from "../../../server/channel_file.ts";
import {
  CHANNEL_ACTIONS,
  type ChannelAction,
  type Namespaces,
  namespacesOf,
} from "../../../lib/channel/channel_options.ts";

const EVERY = [...CHANNEL_ACTIONS];

const NAMESPACES = ((): Namespaces => {
  const closed = { allow: [] };
  const news = { allow: ["subscribe"] };
  const parsed = parseChannelOptions({
    channels: { namespaces: { closed, news } },
  });
  if (!parsed.ok) throw new Error(parsed.problems.join("\n"));
  return namespacesOf(parsed.value);
})();

function capsFor(
  channels: string[],
  allow = ["sub", "pub", "prs", "hst"],
): Caps {
  const parsed = parseCaps({ caps: [{ channels, match: "wildcard", allow }] });
  if (!parsed.ok) throw new Error(parsed.problems.join("\n"));
  return parsed.value;
}

/** Actions that are allowed to `uid` on a channel. */
function permitted(
  channel: string,
  uid: string | undefined,
  { caps = [], tokenAccepted = false }: {
    caps?: Caps;
    tokenAccepted?: boolean;
  } = {},
): ChannelAction[] {
  const options = NAMESPACES.resolve(channel);
  if (options === undefined) throw new Error(`${channel} is unknown`);
  return EVERY.filter((action) =>
    isAllowed({ action, channel, options, uid, caps, tokenAccepted })
  );
}

Deno.test("A namespace says what clients may do", () => {
  assertEquals(permitted("room", "alice"), EVERY);
  assertEquals(permitted("room", undefined), EVERY);
  assertEquals(permitted("news:today", "alice"), ["subscribe"]);
  assertEquals(permitted("closed:room", "alice"), []);
});

Deno.test("A subscription token grants subscribing, and what the namespace allows besides", () => {
  const tokenAccepted = true;
  assertEquals(permitted("closed:room", "alice", { tokenAccepted }), [
    "subscribe",
  ]);
  assertEquals(permitted("news:today", "alice", { tokenAccepted }), [
    "subscribe",
  ]);
  assertEquals(permitted("room", "alice", { tokenAccepted }), EVERY);
});

Deno.test("A private channel is closed to those without a token for it", () => {
  const tokenAccepted = true;
  for (const channel of ["$room", "$news:today", "$closed:room"]) {
    assertEquals(permitted(channel, "alice"), [], channel);
  }
  assertEquals(permitted("$room", "alice", { tokenAccepted }), EVERY);
  assertEquals(permitted("$closed:room", "alice", { tokenAccepted }), [
    "subscribe",
  ]);
  assertEquals(permitted("$room", undefined), []);
});

Deno.test("Capabilities open what the namespace and the dollar close, and only that", () => {
  const caps = capsFor(["closed:*", "$room"], ["sub", "hst"]);
  const granted: ChannelAction[] = ["subscribe", "history"];
  assertEquals(permitted("closed:room", "alice", { caps }), granted);
  assertEquals(permitted("$room", "alice", { caps }), granted);
  assertEquals(permitted("$closed:room", "alice", { caps }), []);
  assertEquals(permitted("$other", "alice", { caps }), []);
});

Deno.test("Capabilities take nothing away", () => {
  const caps = capsFor(["*"], ["hst"]);
  assertEquals(permitted("room", "alice", { caps }), EVERY);
  assertEquals(permitted("news:today", "alice", { caps }), [
    "subscribe",
    "history",
  ]);
});

Deno.test("A channel with users is for them alone", () => {
  for (const uid of ["1", "2"]) {
    assertEquals(permitted("chat#1,2", uid), EVERY);
    assertEquals(permitted("news:chat#1,2", uid), ["subscribe"]);
    assertEquals(permitted("$chat#1,2", uid), []);
  }
  for (const uid of ["3", "", "12", "1,2", "chat", undefined]) {
    assertEquals(permitted("chat#1,2", uid), []);
    assertEquals(permitted("news:chat#1,2", uid), []);
  }
});

Deno.test("A personal channel is for its user alone", () => {
  assertEquals(permitted("#alice", "alice"), EVERY);
  assertEquals(permitted("news:#alice", "alice"), ["subscribe"]);
  for (const uid of ["bob", "Alice", "#alice", "", undefined]) {
    assertEquals(permitted("#alice", uid), []);
    assertEquals(permitted("news:#alice", uid), []);
  }
});

Deno.test("Nothing that is signed lets others into a channel with users", () => {
  const granted = { caps: capsFor(["*"]), tokenAccepted: true };
  for (const channel of ["#alice", "chat#alice,carol", "$chat#alice", "#"]) {
    assertEquals(permitted(channel, "bob", granted), [], channel);
  }
  assertEquals(permitted("$chat#alice", "alice", granted), EVERY);
});

Deno.test("No uid can be made to enter the channel of another", () => {
  assertEquals(permitted("#alice,bob", "alice"), []);
  assertEquals(permitted("#alice,bob", "alice,bob"), EVERY);
  assertEquals(permitted("#alice#bob", "bob"), []);
  assertEquals(permitted("#alice#bob", "alice#bob"), EVERY);
  assertEquals(permitted("chat#alice#bob", "bob"), []);
  assertEquals(permitted("chat#alice#bob", "alice"), []);
  assertEquals(permitted("#google:1", "google:1"), EVERY);
  for (const uid of ["__proto__", "constructor", "length", "0"]) {
    assertEquals(permitted("#alice", uid), []);
    assertEquals(permitted(`#${uid}`, uid), EVERY);
  }
});
