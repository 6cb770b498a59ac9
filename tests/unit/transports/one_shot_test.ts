import { assert, assertEquals } from "@std/assert";
import { disconnects } from "../../../lib/base/disconnect.ts";
import { replyToOne } from "../../../lib/transports/one_shot.ts";
import { takeSlot } from "../../../lib/transports/admission_slot.ts";
import { Scene } from "../../support/scene.ts";

Deno.test("A frame that is not done within 10 s is given up, and nothing is left of it", async () => {
  const never = Promise.withResolvers<void>();
  const scene = new Scene({ onPublish: () => never.promise });
  const { hub, clock } = scene;
  const slot = takeSlot(hub);
  assert(slot);
  const identity = { uid: "alice", expiresAt: Infinity };
  let outcome: unknown;
  replyToOne(hub, "#room:hello", { identity, slot }).then((reply) => {
    outcome = reply;
  });
  await scene.settle();
  clock.advance(9_999);
  await scene.settle();
  assertEquals([outcome, hub.size], [undefined, 1]);
  clock.advance(1);
  await scene.settle();
  const { code, reason: message } = disconnects.internal;
  assertEquals(outcome, { refusal: { code, message } });
  assertEquals([hub.size, hub.admission.count], [0, 0]);
  never.resolve();
  await hub.close();
});
