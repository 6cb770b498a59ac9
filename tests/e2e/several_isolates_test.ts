/** Clients of several isolates of one process, as `deno task start` runs them. */

import { testNodes } from "../conformance/nodes.ts";
import { API_KEY } from "../routes/api_server.ts";
import { eventually } from "../support/eventually.ts";
import { TestServer } from "../support/server.ts";

function portsOf({ logs }: TestServer): unknown[] {
  return logs.filter(({ event }) => event === "listening")
    .map(({ port }) => port);
}

testNodes("Three isolates", {
  async start() {
    const server = await TestServer.start({
      isolates: 3,
      env: { INSECURE_ANONYMOUS_ALL: "true", API_KEY },
    });
    // With port 0 each isolate takes one of its own, so that a test can choose.
    await eventually(() => portsOf(server).length === 3, {
      awaited: "three isolates",
    });
    const [a, b, c] = portsOf(server).map((port) => `http://127.0.0.1:${port}`);
    return {
      urls: [a!, b!, c!],
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  },
});
