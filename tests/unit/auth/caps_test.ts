import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { allowedBy, type Caps, parseCaps } from "../../../lib/auth/caps.ts";

function parse(caps: unknown): Caps {
  const parsed = parseCaps({ sub: "alice", caps });
  assert(parsed.ok, String(!parsed.ok && parsed.problems));
  return parsed.value;
}

function problems(caps: unknown): readonly string[] {
  const parsed = parseCaps({ sub: "alice", caps });
  return parsed.ok ? [] : parsed.problems;
}

/** Checks whether a wildcard pattern matches a channel. */
function matches(pattern: string, channel: string): boolean {
  const caps = parse([
    { channels: [pattern], match: "wildcard", allow: ["sub"] },
  ]);
  return allowedBy(caps, channel).length > 0;
}

Deno.test("Caps allow actions on the channels that they name", () => {
  const caps = parse([
    { channels: ["news", "user_42"], allow: ["sub"] },
    {
      channels: ["chat:*"],
      match: "wildcard",
      allow: ["sub", "pub", "prs", "hst"],
    },
  ]);
  const every = ["subscribe", "publish", "presence", "history"];
  assertEquals(allowedBy(caps, "news"), ["subscribe"]);
  assertEquals(allowedBy(caps, "user_42"), ["subscribe"]);
  assertEquals(allowedBy(caps, "chat:room"), every as never);
  for (const channel of ["news2", "New", "$chat:room", "chat", "other", ""]) {
    assertEquals(allowedBy(caps, channel), [], channel);
  }
});

Deno.test("A token without caps allows nothing more", () => {
  for (const claims of [{ sub: "alice" }, { caps: undefined }, { caps: [] }]) {
    assertEquals(parseCaps(claims), { ok: true, value: [] });
  }
  assertEquals(allowedBy([], "news"), []);
});

Deno.test("The first capability that names a channel decides", () => {
  const caps = parse([
    { channels: ["chat:quiet"], match: "exact", allow: ["sub"] },
    { channels: ["chat:*"], match: "wildcard", allow: ["pub"] },
    { channels: ["chat:room"], allow: ["hst"] },
  ]);
  assertEquals(allowedBy(caps, "chat:quiet"), ["subscribe"]);
  assertEquals(allowedBy(caps, "chat:room"), ["publish"]);
});

Deno.test("A star is a plain character in an exact name", () => {
  const caps = parse([{ channels: ["chat:*"], allow: ["sub"] }]);
  assertEquals(allowedBy(caps, "chat:*"), ["subscribe"]);
  assertEquals(allowedBy(caps, "chat:room"), []);
});

Deno.test("A star stands for anything, also for nothing", () => {
  const cases: [pattern: string, channel: string, expected: boolean][] = [
    ["*", "", true],
    ["*", "anything", true],
    ["**", "anything", true],
    ["chat", "chat", true],
    ["chat", "chats", false],
    ["chat:*", "chat:", true],
    ["chat:*", "chat:a:b", true],
    ["chat:*", "chats:a", false],
    ["*:log", "app:log", true],
    ["*:log", "app:logs", false],
    ["a*a", "a", false],
    ["a*a", "aa", true],
    ["ab*ba", "aba", false],
    ["a*b*c", "a-c-b-c", true],
    ["a*b*c", "a-c", false],
    ["a*bc*c", "abc", false],
    ["*a*", "bab", true],
    ["*aa*aa*", "aaa", false],
    ["a.c*", "abc", false],
    ["[ab]*", "a", false],
    ["?", "a", false],
    ["", "", true],
    ["", "a", false],
  ];
  for (const [pattern, channel, expected] of cases) {
    assertEquals(matches(pattern, channel), expected, `${pattern} ${channel}`);
  }
});

Deno.test("Wildcards match what the same regular expression does", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 });
  const pattern = fc.string({
    unit: fc.constantFrom("a", "b", "*"),
    maxLength: 8,
  });
  fc.assert(
    fc.property(pattern, text, (pattern, text) => {
      const expression = new RegExp(`^${pattern.replaceAll("*", ".*")}$`);
      assertEquals(matches(pattern, text), expression.test(text));
    }),
    { numRuns: 2000 },
  );
});

Deno.test("A hostile wildcard takes no time", () => {
  const pattern = "*a".repeat(10_000) + "*b*";
  const channel = "a".repeat(20_000);
  const started = performance.now();
  assertEquals(matches(pattern, channel), false);
  assert(performance.now() - started < 1000);
});

Deno.test("Caps with anything unknown are invalid", () => {
  const valid = { channels: ["a"], allow: ["sub"] };
  assertEquals(problems([valid, { ...valid, match: "regex" }]), [
    '$.caps[1].match: expected one of exact, wildcard, but got "regex"',
  ]);
  assertEquals(problems([{ ...valid, match: null, until: 1 }]), [
    "$.caps[0].match: expected one of exact, wildcard, but got null",
    "$.caps[0].until: unknown key",
  ]);
  assertEquals(problems([{ ...valid, allow: ["sub", "constructor"] }]), [
    '$.caps[0].allow[1]: expected one of sub, pub, prs, hst, but got "constructor"',
  ]);
  assertEquals(problems([{ ...valid, channels: "a" }]), [
    '$.caps[0].channels: expected a list of channels, but got "a"',
  ]);
  assertEquals(problems([{ ...valid, channels: [1] }]), [
    "$.caps[0].channels[0]: expected the name of a channel, but got 1",
  ]);
});

Deno.test("Caps that are not a list of whole capabilities are invalid", () => {
  for (const caps of [null, {}, "sub", 1, [null], [[]], ["sub"], [{}]]) {
    assert(problems(caps).length > 0, JSON.stringify(caps));
  }
  assertEquals(parseCaps(null).ok, false);
});
