/** How it is seen that the texts of the documentation grow. */

import { assertEquals, assertMatch } from "@std/assert";
import { deadline } from "../support/deadline.ts";
import { Shell } from "../support/shell.ts";
import { START_MS, toServer } from "./docs_proofs.ts";
import { startServer } from "./text_server.ts";

const SETTINGS = {
  API_KEY: "secret",
  CHANNEL_RECOVERY_MODE: "cache",
  CHANNEL_AUTO_CACHE_RECOVER: "true",
  CHANNEL_DELTA: "fossil",
};

/** The command appends to a text, and is answered with a position. */
export async function assertAppends(text: string): Promise<void> {
  await using server = await startServer(SETTINGS);
  await using curl = new Shell(toServer(text, server));
  assertEquals(await deadline(curl.exit, { awaited: "curl append" }), 0);
  assertMatch(curl.output, /\{"result":\{"offset":1,"epoch":"/);
}

/** The program prints a text as it is when it comes, and its end. */
export async function assertReadsAlong(text: string): Promise<void> {
  await using server = await startServer(SETTINGS);
  const append = async (body: object) => {
    const response = await fetch(`${server.url}/api/append`, {
      method: "POST",
      headers: { "X-API-Key": SETTINGS.API_KEY },
      body: JSON.stringify({ channel: "answer", ...body }),
    });
    const { result } = await response.json();
    assertEquals(typeof result?.offset, "number");
  };
  await append({ append: "A text " });
  await append({ append: "that " });
  await using reader = new Shell("deno run -A -", {
    stdin: toServer(text, server),
  });
  await reader.waitFor(/^A text that $/m, START_MS);
  await append({ append: "grows.", close: true });
  await reader.waitFor(/^A text that grows\. \(end\)$/m);
  assertMatch(reader.output, /^A text that \nA text that grows\. \(end\)\n$/);
}
