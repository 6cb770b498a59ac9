/** MAX_MESSAGE_BYTES above MAX_BUFFERED_BYTES once started: each long message closed all its receivers as slow. */

import { assertEquals, assertThrows } from "@std/assert";
import { createHub } from "../../lib/create_hub.ts";
import { ConfigError, loadConfig } from "../../server/config.ts";
import { SECRET } from "../support/token.ts";

function load(env: Readonly<Record<string, string>>) {
  const all: Record<string, string> = { TOKEN_SECRET: SECRET, ...env };
  return loadConfig((name) => all[name]);
}

Deno.test("A buffer that is shorter than a message is an error of the settings, by both names", () => {
  const wrong: readonly Readonly<Record<string, string>>[] = [
    { MAX_MESSAGE_BYTES: "1048577" },
    { MAX_BUFFERED_BYTES: "65535" },
    { MAX_MESSAGE_BYTES: "2000", MAX_BUFFERED_BYTES: "1999" },
  ];
  for (const env of wrong) {
    const { problems } = assertThrows(() => load(env), ConfigError);
    assertEquals(problems.length, 1);
    assertEquals(
      /^MAX_BUFFERED_BYTES="\d+": expected at least MAX_MESSAGE_BYTES, which is \d+$/
        .test(problems[0] ?? ""),
      true,
      problems[0],
    );
  }
  load({ MAX_MESSAGE_BYTES: "2000", MAX_BUFFERED_BYTES: "2000" });
});

Deno.test("A program cannot make such a hub either", () => {
  assertThrows(
    () => createHub({ access: "anonymous", maxBufferedBytes: 1_000 }),
    RangeError,
    "Cannot create a hub with maxBufferedBytes 1000: expected at least maxMessageBytes, which is 65536",
  );
});
