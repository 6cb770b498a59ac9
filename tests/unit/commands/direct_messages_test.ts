import { assertEquals, assertThrows } from "@std/assert";
import type { DirectMessages } from "../../../lib/auth/direct_messages.ts";
import { createHub } from "../../../lib/create_hub.ts";
import { Scene, type SceneOptions } from "../../support/scene.ts";

const BINARY = new TextEncoder().encode("all\0bytes").buffer;

/** What alice is answered, and what bob is sent, when she sends to him and to all. */
function sendWith(options: SceneOptions) {
  const scene = new Scene(options);
  const alice = scene.connect("alice");
  const bob = scene.connect("bob");
  for (const frame of ["bob:hi", "all:spam", BINARY]) {
    alice.connection.receive(frame);
  }
  return { alice: alice.transport.take(), bob: bob.transport.take() };
}

const bytes = new TextEncoder().encode("bytes").buffer;
const notAll = "error:103 permission denied: cannot send to all";
const notBob = 'error:103 permission denied: cannot send to "bob"';
const ALL = { alice: ["spam", bytes], bob: ["hi", "spam", bytes] };
const USERS = { alice: [notAll, notAll], bob: ["hi"] };
const NONE = { alice: [notBob, notAll, notAll], bob: [] };

Deno.test("A token alone lets a client send to users, and not to all", () => {
  assertEquals(sendWith({ insecureAnonymousAll: false }), USERS);
});

Deno.test("Where everybody may do everything, a client may send to all", () => {
  assertEquals(sendWith({ insecureAnonymousAll: true }), ALL);
});

const CASES: readonly [DirectMessages, unknown][] = [
  ["all", ALL],
  ["users", USERS],
  ["none", NONE],
];
for (const [directMessages, expected] of CASES) {
  Deno.test(`With directMessages "${directMessages}" clients send to no others, whatever the access`, () => {
    for (const insecureAnonymousAll of [true, false]) {
      const options = { insecureAnonymousAll, directMessages };
      assertEquals(sendWith(options), expected);
    }
  });
}

Deno.test("A first message that is not allowed claims no name", () => {
  const scene = new Scene({ directMessages: "none" });
  const { connection, transport } = scene.connect();
  connection.receive("carol:hi");
  assertEquals(connection.uid, undefined);
  assertEquals(transport.take(), [
    'error:103 permission denied: cannot send to "carol"',
  ]);
});

Deno.test("The program sends to all, whatever its clients may do", async () => {
  const scene = new Scene({ directMessages: "none" });
  const { transport } = scene.connect("alice");
  await scene.hub.broadcast("from the program");
  await scene.hub.sendTo("alice", "to alice");
  assertEquals(transport.take(), ["from the program", "to alice"]);
});

Deno.test("A choice that does not exist is refused", () => {
  assertThrows(
    () =>
      createHub({
        access: "anonymous",
        // @ts-expect-error As a program without types may write it.
        directMessages: "everyone",
      }),
    TypeError,
    'Cannot create a hub with directMessages "everyone": expected one of all, users, none',
  );
});
