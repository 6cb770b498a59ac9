/** Frames that came in behind the one that ended a connection cost its client the close code: it saw a dropped connection, and came back at once. */

import { assertEquals } from "@std/assert";
import { AppServer } from "../routes/app_server.ts";
import { closeOf } from "../support/close_of.ts";
import { TextClient } from "../support/text_client.ts";

for (
  const [count, frame, code] of [
    [12, "x", 3509],
    [100, "x", 3509],
    [1_000, "x", 3509],
    [12, "x".repeat(60_000), 3509],
    [20, `bob:${"x".repeat(70_000)}`, 1009],
  ] as const
) {
  Deno.test(`A client that sends ${count} invalid frames of ${frame.length} characters in a burst gets the close code ${code}`, async () => {
    await using app = new AppServer();
    await using client = await TextClient.open(`${app.wsUrl}?uid=alice`);
    for (let sent = 0; sent < count; sent++) client.send(frame);
    assertEquals((await closeOf(client)).code, code);
  });
}
