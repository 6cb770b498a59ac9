/** A client claimed a name with its first frame, `admin:hello`, and the program's `onConnect`, which names clients and refuses them, was not asked. */

import { assertEquals } from "@std/assert";
import { errors, ProtocolError } from "../../lib/base/errors.ts";
import type { ConnectDecision } from "../../lib/hub/hooks.ts";
import { Scene } from "../support/scene.ts";

/** A client that came without a name, one called admin, and the names that the program was asked about. */
async function stageOf(
  decide: (uid: string) => ConnectDecision | void,
) {
  const asked: string[] = [];
  const scene = new Scene({
    onConnect({ uid }) {
      if (uid !== undefined) asked.push(uid);
      if (uid !== undefined && asked.length > 1) return decide(uid);
    },
  });
  const { transport: admin } = scene.connect("admin");
  const { connection, transport } = scene.connect();
  await scene.settle();
  const say = async (frame: string) => {
    connection.receive(frame);
    await scene.settle();
    scene.clock.advance(0);
  };
  return { connection, transport, admin, asked, say };
}

Deno.test("A name that a first frame claims is asked of onConnect, once", async () => {
  const { connection, admin, asked, say } = await stageOf(() => {});
  await say("admin:hello");
  await say("bob:hello");
  assertEquals(asked, ["admin", "admin"]);
  assertEquals(connection.uid, "admin");
  assertEquals(admin.take(), ["hello"]);
});

Deno.test("A name that onConnect refuses is not claimed, and its message reaches no client", async () => {
  const { connection, transport, admin, say } = await stageOf(() => {
    throw new ProtocolError(errors.permissionDenied, "not for you");
  });
  await say("admin:hello");
  assertEquals(transport.take(), ["error:103 not for you"]);
  assertEquals(transport.closed, undefined);
  assertEquals(connection.uid, undefined);
  assertEquals(admin.take(), []);
});

for (const [uid, known] of [["guest-1", "guest-1"], ["", undefined]] as const) {
  Deno.test(`A client whose claimed name onConnect replaces by "${uid}" has that one, and is not asked about again`, async () => {
    const { connection, asked, say } = await stageOf(() => ({ uid }));
    await say("admin:hello");
    await say("bob:hello");
    await say("carol:hello");
    assertEquals(connection.uid, known);
    assertEquals(asked, ["admin", "admin"]);
  });
}
