/** The JSON of the Centrifuge protocol, by golden vectors. */

import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { disconnects } from "../../../lib/base/disconnect.ts";
import {
  centrifugeProtocol,
  encodeDisconnect,
} from "../../../lib/protocol/centrifuge.ts";
import type { Command, Push, Reply } from "../../../lib/protocol/types.ts";
import type { Publication } from "../../../lib/base/publication.ts";
import { revive } from "./revive.ts";
import vectors from "./centrifuge_vectors.json" with { type: "json" };

/** A line must be JSON, and one line. */
function assertLine(actual: unknown, expected: string | null): void {
  assertStrictEquals(actual, expected ?? undefined);
  if (typeof actual !== "string") return;
  assertEquals(typeof JSON.parse(actual), "object");
  assert(!actual.includes("\n"));
}

for (const { name, frame, commands } of vectors.decode) {
  Deno.test(`SDK frame with ${name} is read`, () => {
    assertEquals(
      centrifugeProtocol.decode(frame),
      revive(commands) as Command[],
    );
  });
}

function typesOf(commands: readonly Command[]): string[] {
  return commands.map(({ type }) => type);
}

for (const frame of vectors.invalid) {
  Deno.test(`SDK frame ${JSON.stringify(frame)} is no command`, () => {
    assertEquals(typesOf(centrifugeProtocol.decode(frame)), ["invalid"]);
  });
}

Deno.test("An SDK frame of bytes is no command", () => {
  const bytes = new TextEncoder().encode('{"id":1,"connect":{}}').buffer;
  assertEquals(typesOf(centrifugeProtocol.decode(bytes)), ["invalid"]);
});

const FAULTS: Readonly<Record<string, string>> = {
  '{"id":2,"subscribe":{}}':
    "subscribe.channel: expected a name, but got an empty string",
  '{"id":2,"subscribe":{"channel":"a","recover":"x"}}':
    "subscribe.recover: expected a boolean, but got a string",
  '{"id":2,"history":{"channel":"a","limit":"secret"}}':
    "history.limit: expected a whole number, but got a string",
  '{"id":2,"history":{"channel":"a","since":[]}}':
    "history.since: expected an object, but got an array",
  '{"id":2,"sing":{}}': "expected a known method",
  '{"id":2,"presence":{"channel":"a"},"rpc":{}}':
    "expected one method, but got presence and rpc",
  '{"presence":{"channel":"a"}}':
    "presence: expected an id from 1 on beside it",
  '{"id":-1,"presence":{"channel":"a"}}':
    "id: expected a whole number up to 4294967295, but got a number",
  "[]": "expected an object, but got an array",
  "{": "expected JSON",
};

for (const [frame, problem] of Object.entries(FAULTS)) {
  Deno.test(`Of the SDK frame ${frame} it is known what is wrong, without its values`, () => {
    const fault = { type: "invalid", id: 0, problem } as const;
    assertEquals(centrifugeProtocol.decode(frame), [fault]);
  });
}

Deno.test("An SDK frame that nests deeply is read like any other", () => {
  const json = "[".repeat(10_000) + "]".repeat(10_000);
  const frame = `{"id":1,"publish":{"channel":"news","data":${json}}}`;
  assertEquals(centrifugeProtocol.decode(frame), [
    { type: "publish", id: 1, channel: "news", payload: { json } },
  ]);
});

for (const { name, reply, line } of vectors.replies) {
  Deno.test(`SDK reply: ${name}`, () => {
    assertLine(centrifugeProtocol.encodeReply(revive(reply) as Reply), line);
  });
}

for (const { name, push, line } of vectors.pushes) {
  Deno.test(`SDK push: ${name}`, () => {
    assertLine(centrifugeProtocol.encodePush(revive(push) as Push), line);
  });
}

for (const { name, publication, line } of vectors.publications) {
  Deno.test(`SDK push: ${name}`, () => {
    const revived = revive(publication) as Publication;
    assertLine(centrifugeProtocol.encodePublication(revived), line);
  });
}

Deno.test("SDK farewell: on a stream a push, on a WebSocket the close frame alone", () => {
  const { shutdown } = disconnects;
  assertEquals(centrifugeProtocol.encodeDisconnect(shutdown), undefined);
  assertLine(
    encodeDisconnect(shutdown),
    '{"push":{"disconnect":{"code":3001,"reason":"shutdown"}}}',
  );
});

Deno.test("SDK push: bytes are a string in base64", () => {
  const publication: Publication = {
    type: "publication",
    channel: "news",
    payload: Uint8Array.of(0, 255).buffer,
    info: undefined,
    offset: 0,
    epoch: "",
  };
  assertLine(
    centrifugeProtocol.encodePublication(publication),
    '{"push":{"channel":"news","pub":{"data":"AP8="}}}',
  );
});

Deno.test("SDK push by delta: a string in full, then the difference to the last", () => {
  const words = "the quick brown fox jumps over the lazy dog and back again";
  const [first, second] = [1, 2].map((offset): Publication => ({
    type: "publication",
    channel: "news",
    payload: `${words} ${offset}`,
    info: undefined,
    offset,
    epoch: "e",
  }));
  const { encodeDelta } = centrifugeProtocol;
  const full = JSON.stringify(JSON.stringify(`${words} 1`));
  assertLine(
    encodeDelta(first!, undefined),
    `{"push":{"channel":"news","pub":{"data":${full},"offset":1}}}`,
  );
  const { push: { pub } } = JSON.parse(String(encodeDelta(second!, first)));
  assertEquals({ ...pub, data: "" }, { data: "", delta: true, offset: 2 });
  const { push } = JSON.parse(
    String(encodeDelta({ ...second!, type: "join" }, first)),
  );
  assertEquals(push.join, { info: {} });
});
