/** A hook of a program without types that returned `false`, to refuse, let its client do all the same. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import type { HubHooks } from "../../lib/hub/hooks.ts";
import { Scene } from "../support/scene.ts";
import { SdkClient } from "../support/sdk_client.ts";

const ERROR = { code: 100, message: "internal error", temporary: true };

/** Hooks that answer so, as a program without types has them. */
function hooksOf(answer: unknown): HubHooks {
  const hook = () => answer as undefined;
  return { onConnect: hook, onSubscribe: hook, onPublish: hook };
}

for (const answer of [false, true, 0, "", "no", []]) {
  const shown = JSON.stringify(answer);
  Deno.test(`A hook that answers ${shown} decides nothing: its client is refused, and the log says why`, async () => {
    const { onConnect, onSubscribe, onPublish } = hooksOf(answer);
    const closed = new Scene({ onConnect });
    const newcomer = closed.connect("alice");
    await closed.settle();
    assertEquals(newcomer.transport.closed?.code, 3004);
    const scene = new Scene({ onSubscribe, onPublish });
    const client = await SdkClient.connect(scene);
    const replies = [
      ...await client.ask({ id: 2, subscribe: { channel: "news" } }),
      ...await client.ask({ id: 3, publish: { channel: "news", data: 1 } }),
    ];
    assertEquals(replies, [{ id: 2, error: ERROR }, { id: 3, error: ERROR }]);
    assertEquals((await scene.hub.broker.position("news")).offset, 0);
    const reasons = [...closed.logs, ...scene.logs]
      .filter(({ event }) => event === "command_failed")
      .map(({ error }) => String(error));
    for (
      const [at, hook] of ["onConnect", "onSubscribe", "onPublish"].entries()
    ) {
      assertStringIncludes(
        reasons[at]!,
        `Cannot use the ${typeof answer} that ${hook} returned`,
      );
    }
  });
}

for (const answer of [undefined, null, {}]) {
  Deno.test(`A hook that answers ${answer} consents`, async () => {
    const scene = new Scene(hooksOf(answer));
    const client = await SdkClient.connect(scene);
    const replies = [
      ...await client.ask({ id: 2, subscribe: { channel: "news" } }),
      ...await client.ask({ id: 3, publish: { channel: "news", data: 1 } }),
    ];
    assertEquals(replies.some((reply) => "error" in reply), false);
  });
}
