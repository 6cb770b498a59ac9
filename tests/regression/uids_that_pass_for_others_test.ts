/** With `?from=1`, a message of the uid `alice>pay` looked like one of alice. */

import { assertEquals } from "@std/assert";
import { createTokenVerifier } from "../../lib/auth/token_verifier.ts";
import { textProtocolWithSender } from "../../lib/protocol/text.ts";
import { eventually } from "../support/eventually.ts";
import { Scene } from "../support/scene.ts";
import { SECRET, signToken } from "../support/token.ts";

const UIDS: Readonly<Record<string, string>> = {
  "alice": "alice",
  "alice>pay": "alice%3Epay",
  "alice%3Epay": "alice%253Epay",
  ">": "%3E",
  "a\u2028b\u2029": "a%E2%80%A8b%E2%80%A9",
  "a\u202eb": "a%E2%80%AEb",
  "\u2067a": "%E2%81%A7a",
  "#room:hello": "%23room%3Ahello",
  "+#room": "+%23room",
  "error:400 x": "error%3A400 x",
  "ü \u{1f98c}": "ü \u{1f98c}",
};

Deno.test("A reader that splits at the first > gets the uid, and no other kind of frame", () => {
  const scene = new Scene();
  const { connection, transport } = scene.connect(
    "bob",
    textProtocolWithSender,
  );
  connection.receive("ping");
  transport.take();
  for (const [uid, shown] of Object.entries(UIDS)) {
    const sender = scene.connect(uid);
    sender.connection.receive("bob:hello>you");
    scene.clock.advance(0);
    assertEquals(transport.take(), [`${shown}>hello>you`]);
    const [before = ""] = shown.split(">");
    assertEquals(decodeURIComponent(before), uid);
  }
});

Deno.test("A uid of a token is shown the same way; one with a line break is no uid", async () => {
  const scene = new Scene({ tokens: createTokenVerifier({ secret: SECRET }) });
  const bob = scene.connect("bob", textProtocolWithSender);
  for (
    const [sub, code] of [["alice>pay", undefined], ["a\nb", 3500]] as const
  ) {
    const { connection, transport } = scene.connect(null);
    connection.receive(`auth:${await signToken({ sub })}`);
    await connection.idle();
    assertEquals(transport.closed?.code, code);
    if (code === undefined) connection.receive("bob:hello");
  }
  scene.clock.advance(0);
  await eventually(() => bob.transport.sent.length > 0, { awaited: "it" });
  assertEquals(bob.transport.take(), ["alice%3Epay>hello"]);
});
