/** How it is seen that the documentation's lines for plain HTTP do what is said of them. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { deadline } from "../support/deadline.ts";
import { parsePrometheus, valueOf } from "../support/prometheus.ts";
import { Shell } from "../support/shell.ts";
import { connect, startServer } from "./text_server.ts";

/** What each path shows in curl's output, in the midst of how fast it comes, once somebody publishes to `#news`. */
const SHOWS: Readonly<Record<string, RegExp>> = {
  "/sse?": /id: \S+\ndata: \{"channel":"news","offset":1,"data":"hello"/,
  "/poll?": /\{"publications":\[\],"cursor":"\S+"\}/,
  "/send?": /^/,
  "/connection/http_stream": /\{"id":1,"connect":\{"client":.*"session":/,
  "/connection/sse": /data: \{"id":1,"connect":\{"client":.*"session":/,
};

/** The command shows what its path is for; what is sent arrives in the channel. */
export async function assertHttpWorks(text: string): Promise<void> {
  await using server = await startServer();
  assertStringIncludes(text, "localhost:8000");
  const port = new URL(server.url).port;
  await using reader = await connect(server, "reader");
  reader.send("+#news");
  await reader.next();
  await using curl = new Shell(text.replaceAll(":8000", `:${port}`));
  const [path, shown] = Object.entries(SHOWS)
    .find(([path]) => text.includes(path)) ?? [];
  assert(path && shown, text);
  if (path === "/sse?") {
    // The first id says that it listens.
    await curl.waitFor(/id: /);
    reader.send("#news:hello");
  }
  await curl.waitFor(shown);
  if (path === "/send?") {
    const delivered = await reader.next();
    assert(text.includes(`'${delivered}'`), `heard ${delivered}`);
  }
}

/** The command prints metrics that a strict parser takes. */
export async function assertShowsMetrics(text: string): Promise<void> {
  await using server = await startServer();
  const port = new URL(server.url).port;
  await using curl = new Shell(text.replaceAll(":8000", `:${port}`));
  assertEquals(await deadline(curl.exit, { awaited: "the metrics" }), 0);
  const families = parsePrometheus(curl.output);
  assertEquals(valueOf(families, "thrum_build_info"), 1);
}
