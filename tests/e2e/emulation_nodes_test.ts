/** Requests beside a stream: they find it on whichever node it is. */

import { assertEquals } from "@std/assert";
import { deadline } from "../support/deadline.ts";
import { LineStream } from "../support/line_stream.ts";
import { startServer } from "./text_server.ts";

const STREAMS = 8;
const REQUESTS = 8;

Deno.test("With several isolates, commands reach their stream by any of them", async () => {
  await using server = await startServer({}, { isolates: 3 });
  await using streams = new AsyncDisposableStack();
  const nodes = new Set<string>();
  for (let count = 0; count < STREAMS; count++) {
    const lines = streams.use(
      await LineStream.open(`${server.url}/connection/http_stream`, {
        method: "POST",
        body: '{"id":1,"connect":{}}',
        // Each on a connection of its own, which the kernel gives to any isolate.
        headers: { connection: "close" },
      }),
    );
    const { connect } = JSON.parse(await lines.next() ?? "");
    const { session, node } = connect;
    nodes.add(node);
    for (let id = 2; id < 2 + REQUESTS; id++) {
      const data = JSON.stringify({ id, history: { channel: "news" } });
      const response = await fetch(`${server.url}/emulation`, {
        method: "POST",
        body: JSON.stringify({ session, node, data }),
        headers: { connection: "close" },
      });
      assertEquals(response.status, 204);
      const line = await deadline(lines.next(), { awaited: `reply ${id}` });
      assertEquals(JSON.parse(line ?? "").id, id);
    }
  }
  assertEquals(nodes.size > 1, true, `only ${[...nodes]}`);
});
