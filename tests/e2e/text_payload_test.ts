/** Payloads and names that a careless server would mangle. */

import { assertEquals } from "@std/assert";
import { connect, startServer } from "./text_server.ts";

const PAYLOADS = {
  "nothing": "",
  "a colon": ":",
  "colons and marks": "a:b#c>d+#e::",
  "two lines": "two\r\nlines",
  "letters of two, three and four bytes": "ü€𝒳 👩‍👩‍👧",
  "a zero character": "a\0b",
  "a byte order mark": "\ufeffmarked",
  "the replacement character": "\ufffd",
  "a word of the protocol": "ping",
  "something like an error": "error:400 not really",
  "16 KiB": "0123456789abcdef".repeat(1024),
};

for (const [kind, payload] of Object.entries(PAYLOADS)) {
  Deno.test(`A message can be ${kind}`, async () => {
    await using server = await startServer();
    await using alice = await connect(server, "alice");
    alice.send("+#room");
    assertEquals(await alice.next(), "+#room");
    alice.send(`alice:${payload}`);
    assertEquals(await alice.next(), payload);
    alice.send(`all:${payload}`);
    assertEquals(await alice.next(), payload);
    alice.send(`#room:${payload}`);
    assertEquals(await alice.next(), `#room:${payload}`);
  });
}

const NAMES = [
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "toString",
  "0",
  "undefined",
  "null",
  "All",
  "with space",
  "ü€𝒳",
  "a>b",
];

for (const name of NAMES) {
  Deno.test(`Somebody and something can be called ${name}`, async () => {
    await using server = await startServer();
    await using alice = await connect(server, "alice");
    alice.send(`${name}:hello`);
    assertEquals(
      await alice.next(),
      `error:404 no client is connected as "${name}"`,
    );

    await using named = await connect(server, name);
    alice.send(`${name}:hello`);
    assertEquals(await named.next(), "hello");
    for (const frame of [`+#${name}`, `#${name}:hello`, `-#${name}`]) {
      alice.send(frame);
      assertEquals(await alice.next(), frame);
    }
  });
}
