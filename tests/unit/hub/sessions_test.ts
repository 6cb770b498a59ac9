import { assertEquals, assertStrictEquals } from "@std/assert";
import { disconnects } from "../../../lib/base/disconnect.ts";
import { Scene } from "../../support/scene.ts";

Deno.test("A session leads to its connection until that ends, from either side", async () => {
  const scene = new Scene();
  const { hub } = scene;
  const ends = [
    () => first.disconnect(disconnects.forceDisconnect),
    () => second.ended(),
  ];
  const [first, second] = [
    scene.connect("alice").connection,
    scene.connect("bob").connection,
  ];
  for (const [index, connection] of [first, second].entries()) {
    hub.openSession(connection);
    const { session = "" } = connection;
    assertStrictEquals(hub.findSession(session), connection);
    ends[index]?.();
    assertEquals(hub.findSession(session), undefined);
  }
  await hub.close();
});
