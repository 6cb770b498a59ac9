import { assertEquals } from "@std/assert";
import {
  isPrivate,
  namespaceOf,
  usersOf,
} from "../../../lib/channel/channel_name.ts";

Deno.test("A private channel starts with a dollar", () => {
  assertEquals(isPrivate("$secret"), true);
  assertEquals(isPrivate("$chat:secret"), true);
  assertEquals(isPrivate("chat:$secret"), false);
  assertEquals(isPrivate("secret"), false);
});

Deno.test("A namespace ends at the first colon", () => {
  const cases: [channel: string, namespace: string | undefined][] = [
    ["room", undefined],
    ["chat:room", "chat"],
    ["chat:room:1", "chat"],
    ["$chat:room", "chat"],
    ["$room", undefined],
    ["$$chat:room", "$chat"],
    ["chat:", "chat"],
    [":room", ""],
    ["$:room", ""],
    ["__proto__:room", "__proto__"],
    ["chat:room#a:b", "chat"],
    ["#google:1", undefined],
    ["room#google:1,github:2", undefined],
  ];
  for (const [channel, namespace] of cases) {
    assertEquals(namespaceOf(channel), namespace, channel);
  }
});

Deno.test("A channel name lets in the users behind its hash", () => {
  const cases: [channel: string, users: readonly string[] | undefined][] = [
    ["room", undefined],
    ["chat:room", undefined],
    ["", undefined],
    ["chat#1", ["1"]],
    ["chat#1,2", ["1", "2"]],
    ["chat:room#1,2", ["1", "2"]],
    ["$chat:room#1,2", ["1", "2"]],
    ["room#google:1,github:2", ["google:1", "github:2"]],
    ["room#constructor,__proto__", ["constructor", "__proto__"]],
    ["#alice", ["alice"]],
    ["chat:#alice", ["alice"]],
    ["$#alice", ["alice"]],
    ["$chat:#alice", ["alice"]],
  ];
  for (const [channel, users] of cases) {
    assertEquals(usersOf(channel), users, channel);
  }
});

Deno.test("A personal channel is for one user, whatever the uid looks like", () => {
  for (const uid of ["a,b", "a#b", "#", ",", "a:b", "$", "chat#1,2", " a"]) {
    assertEquals(usersOf(`#${uid}`), [uid]);
    assertEquals(usersOf(`chat:#${uid}`), [uid]);
    assertEquals(usersOf(`$#${uid}`), [uid]);
    assertEquals(usersOf(`$chat:#${uid}`), [uid]);
    assertEquals(namespaceOf(`#${uid}`), undefined);
  }
});

Deno.test("A channel name that could be read in two ways lets nobody in", () => {
  for (const channel of ["room#a#b", "room##b", "room#a,#b", "chat:x#a#b,c"]) {
    assertEquals(usersOf(channel), [], channel);
  }
});

Deno.test("An empty uid is nobody's", () => {
  for (const channel of ["#", "chat:#", "room#", "room#,", "room#,,"]) {
    assertEquals(usersOf(channel), [], channel);
  }
  assertEquals(usersOf("room#,1,"), ["1"]);
});
