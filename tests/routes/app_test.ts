/** The app when a handler fails. */

import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { systemClock } from "../../lib/base/clock.ts";
import { createHub } from "../../lib/create_hub.ts";
import { memoryHub } from "../support/memory_hub.ts";
import { createLog } from "../../lib/base/log.ts";
import { embedHub } from "../../lib/embedding/embedded_hub.ts";
import { thrum } from "../../routes/mod.ts";

Deno.test("A handler that fails answers 500, logs the reason and takes no slot", async () => {
  const lines: string[] = [];
  const log = createLog({
    level: "info",
    clock: systemClock,
    write: (_, line) => lines.push(line),
  });
  const fail = () => Promise.reject(new Error("the key store is down"));
  const tokens = { connection: fail, subscription: fail };
  const core = memoryHub({ tokens, log });
  const { hub } = core;
  try {
    const app = thrum(embedHub(core));
    const response = await app.request("/ws?from=1", {
      headers: {
        Upgrade: "websocket",
        Connection: "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        Authorization: "Bearer a-token",
      },
    });
    assertEquals(response.status, 500);
    assertFalse((await response.text()).includes("key store"));
    const [line = ""] = lines;
    assertStringIncludes(line, '"event":"request_failed","path":"/ws"');
    assertStringIncludes(line, "the key store is down");
    assertFalse(line.includes("a-token"));
    assertEquals(hub.admission.count, 0);
  } finally {
    await hub.close();
  }
});

Deno.test("Every path has a form that the fast router of Hono knows", async () => {
  await using hub = createHub({ access: "anonymous" });
  const app = thrum(hub, { apiKey: "secret" });
  await (await app.request("/healthz")).body?.cancel();
  // Its name becomes that of the router which took all of them.
  assertEquals(app.router.name, "SmartRouter + RegExpRouter");
});
