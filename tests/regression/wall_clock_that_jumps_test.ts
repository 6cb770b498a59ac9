/** A machine's wall clock was set forward by an hour: every client whose token had less
 * than that to last was closed as expired at once, and all came back together. The end
 * of a token is a time on the clock that never goes back, reckoned when it is verified.
 */

import { assertEquals } from "@std/assert";
import { fakeTokens } from "../support/fake_tokens.ts";
import { Scene } from "../support/scene.ts";
import { SdkClient } from "../support/sdk_client.ts";

const HOUR_MS = 3_600_000;
const LIFETIME_MS = HOUR_MS / 2;
/** Time that an SDK has to send another token. */
const GRACE_MS = 25_000;
const TALK_EVERY_MS = 5_000;

/** Lets `ms` pass in which a client answers every ping. */
function talk(scene: Scene, client: SdkClient, ms: number): void {
  for (let passed = 0; passed < ms; passed += TALK_EVERY_MS) {
    scene.clock.advance(TALK_EVERY_MS);
    if (client.closeCode === undefined) client.connection.receive("{}");
  }
}

for (const jumpMs of [HOUR_MS, -HOUR_MS]) {
  Deno.test(`A token lasts as long as it should when the wall clock jumps by ${jumpMs} ms`, async () => {
    const scene = new Scene({
      tokens: fakeTokens,
      insecureAnonymousAll: false,
    });
    const exp = (scene.clock.wallTime + LIFETIME_MS) / 1_000;
    const claims = { sub: "alice", exp };
    const client = await SdkClient.connect(scene, { claims });
    scene.clock.wallOffset += jumpMs;
    talk(scene, client, LIFETIME_MS - 10_000);
    assertEquals(client.closeCode, undefined);
    talk(scene, client, GRACE_MS + 20_000);
    assertEquals(client.closeCode, 3005);
  });
}
