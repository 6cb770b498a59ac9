/** Requests beside a stream: they find it on whichever node it is. */

import { assertEquals } from "@std/assert";
import { deadline } from "../support/deadline.ts";
import { IsolateDoors } from "../support/isolate_doors.ts";
import { LineStream } from "../support/line_stream.ts";

Deno.test("With several isolates, commands reach their stream by any of them", async () => {
  await using doors = await IsolateDoors.start(3);
  await using streams = new AsyncDisposableStack();
  const nodes = new Set<string>();
  for (const url of doors.urls) {
    const lines = streams.use(
      await LineStream.open(`${url}/connection/http_stream`, {
        method: "POST",
        body: '{"id":1,"connect":{}}',
      }),
    );
    const { connect } = JSON.parse(await lines.next() ?? "");
    const { session, node } = connect;
    nodes.add(node);
    for (const [index, other] of doors.urls.entries()) {
      const id = 2 + index;
      const data = JSON.stringify({ id, history: { channel: "news" } });
      const response = await fetch(`${other}/emulation`, {
        method: "POST",
        body: JSON.stringify({ session, node, data }),
      });
      assertEquals(response.status, 204);
      const line = await deadline(lines.next(), { awaited: `reply ${id}` });
      assertEquals(JSON.parse(line ?? "").id, id);
    }
  }
  assertEquals(nodes.size, doors.urls.length);
});
