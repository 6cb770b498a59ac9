import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  decodeEntry,
  decodeMessage,
  encodeEntry,
} from "../../../../lib/broker/redis/codec.ts";
import type { ClientInfo, Payload } from "../../../../lib/base/publication.ts";

const text = fc.string({ unit: "binary" });

const payload: fc.Arbitrary<Payload> = fc.oneof(
  text,
  fc.uint8Array().map((bytes) => new Uint8Array(bytes).buffer),
  fc.jsonValue().map((value) => ({ json: JSON.stringify(value) })),
);

const info: fc.Arbitrary<ClientInfo> = fc.record(
  { client: text, user: text, connInfo: text, chanInfo: text },
  { requiredKeys: ["client", "user"], noNullPrototype: true },
);

const request = fc.record({
  type: fc.constantFrom("publication", "join", "leave"),
  payload,
  info: fc.option(info, { nil: undefined }),
  tags: fc.option(fc.dictionary(text, text, { noNullPrototype: true }), {
    nil: undefined,
  }),
});

const requests = fc.array(request, { minLength: 1 });

Deno.test("A publication is read as it was written", () => {
  fc.assert(fc.property(request, (request) => {
    const at = { offset: 7, epoch: "e" };
    const read = decodeEntry(encodeEntry(request), "room", at);
    assertEquals(read, { channel: "room", ...request, ...at });
  }));
});

Deno.test("A message has publications with consecutive offsets", () => {
  fc.assert(fc.property(requests, fc.nat(), (requests, offset) => {
    const first = offset + 1;
    const head = `e ${first}\n`;
    const message = head + requests.map(encodeEntry).join("");
    const publications = requests.map((request, index) => ({
      channel: "room",
      ...request,
      offset: first + index,
      epoch: "e",
    }));
    const read = decodeMessage(message, "room");
    assertEquals(read, { epoch: "e", first, publications });
  }));
});

Deno.test("Publications without a position have the offset 0 and no epoch", () => {
  const entry = encodeEntry({ payload: "x" });
  const { publications } = decodeMessage(` 0\n${entry}${entry}`, "room");
  for (const { offset, epoch } of publications) {
    assertEquals({ offset, epoch }, { offset: 0, epoch: "" });
  }
});

/** An entry that says this about a publication. */
function about(json: unknown): string {
  const text = JSON.stringify(json);
  return `ps${text.length},1:${text}x`;
}

for (
  const [what, entry] of [
    ["nothing", ""],
    ["another type", "xs0,1:x"],
    ["another kind of payload", "px0,1:x"],
    ["no lengths", "psx"],
    ["a negative length", "ps0,-1:x"],
    ["more than there is", "ps0,2:x"],
    ["a sender that is no JSON", "ps1,1:{x"],
    ["a sender that is no object", "ps1,1:1x"],
    ["a sender without a name", about({ info: { user: "a" } })],
    [
      "a sender whose data is no text",
      about({
        info: { client: "a", user: "b", connInfo: 1 },
      }),
    ],
    ["a tag that is no text", about({ tags: { a: 1 } })],
    ["tags that are a list", about({ tags: ["a"] })],
    ["bytes that are no base64", "pb0,1:*"],
  ] as const
) {
  Deno.test(`An entry with ${what} is refused`, () => {
    const at = { offset: 1, epoch: "e" };
    assertThrows(() => decodeEntry(entry, "room", at), SyntaxError);
  });
}

for (const head of ["", "\n", "e\n", "e x\n", "e 1", "e 1\n"]) {
  Deno.test(`A message that is ${JSON.stringify(head)} is refused`, () => {
    assertThrows(() => decodeMessage(head, "room"), SyntaxError);
  });
}
