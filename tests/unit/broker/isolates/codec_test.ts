/** The codec of the isolates' messages: all that is written is read as it was. */

import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { Publication } from "../../../../lib/base/publication.ts";
import {
  encode,
  encodeAnswers,
  encodePublished,
  encodeResult,
  encodeValue,
  fromDelivery,
  fromPublish,
  fromPublished,
  fromResult,
  toDelivery,
  toFinite,
  toPublish,
} from "../../../../lib/broker/isolates/codec.ts";
import type { PublishRequest } from "../../../../lib/broker/types.ts";

const text = fc.oneof(fc.string({ unit: "binary" }), fc.constant("__proto__"));
const number = fc.oneof(fc.nat(), fc.constant(Infinity));
const payload = fc.oneof(
  text,
  fc.uint8Array({ maxLength: 40 }).map((bytes) => new Uint8Array(bytes).buffer),
  fc.json().map((json) => ({ json })),
);
const info = fc.record({ client: text, user: text }).chain((who) =>
  fc.record({ connInfo: fc.json(), chanInfo: fc.json() }, { requiredKeys: [] })
    .map((more) => ({ ...who, ...more }))
);
const tags = fc.dictionary(text.filter((key) => key !== "__proto__"), text)
  .map((tags) => ({ ...tags }));
const type = fc.constantFrom("publication", "join", "leave" as const);
const said = {
  type,
  channel: text,
  payload,
  info: fc.option(info, { nil: undefined }),
  tags: fc.option(tags, { nil: undefined }),
};
const position = fc.record({ offset: fc.nat(), epoch: text });
const placed = { ...said, offset: fc.nat(), epoch: text };
const publication: fc.Arbitrary<Publication> = fc.oneof(
  fc.record(placed),
  fc.record({ ...placed, previous: fc.nat() }),
);
const request: fc.Arbitrary<PublishRequest> = fc.record({
  ...said,
  history: fc.option(fc.record({ size: number, ttlMs: number }), {
    nil: undefined,
  }),
  skipHistory: fc.boolean(),
  idempotencyKey: fc.option(text, { nil: undefined }),
  version: fc.option(fc.record({ number: fc.maxSafeNat(), epoch: text }), {
    nil: undefined,
  }),
  after: fc.option(position, { nil: undefined }),
});
const publications = fc.array(publication, { maxLength: 4 });
const result = fc.oneof(
  fc.constant(undefined),
  position,
  fc.record({ recovered: fc.boolean(), position, publications }),
  fc.record({
    type: fc.constant("history" as const),
    position,
    publications,
  }),
  fc.record({ type: fc.constant("unrecoverable" as const), position }),
  fc.array(info),
  fc.record({ clients: fc.nat(), users: fc.nat() }),
);

Deno.test("A publication is read as it was written", () => {
  fc.assert(fc.property(publication, (publication) => {
    const text = encode(toDelivery(publication));
    assertEquals(fromDelivery(JSON.parse(text)), publication);
  }));
});

Deno.test("A request to publish is read as it was written, and what is infinite is very large", () => {
  fc.assert(fc.property(request, fc.nat(), (request, id) => {
    const message = JSON.parse(encode(toPublish(id, request)));
    assertEquals(message[1], id);
    const { history } = request;
    assertEquals(fromPublish(message), {
      ...request,
      history: history && {
        size: Math.min(history.size, Number.MAX_SAFE_INTEGER),
        ttlMs: Math.min(history.ttlMs, Number.MAX_SAFE_INTEGER),
      },
    });
  }));
});

Deno.test("The result of a publish is read as it was written", () => {
  const published = fc.record(
    {
      offset: fc.maxSafeNat(),
      epoch: text,
      delivered: fc.boolean(),
      conflict: fc.constant(true),
    },
    { requiredKeys: ["offset", "epoch", "delivered"] },
  );
  fc.assert(fc.property(published, fc.nat(), (published, id) => {
    const message = JSON.parse(encodePublished(id, published));
    assertEquals(message[1], id);
    assertEquals(fromPublished(message), published);
  }));
});

Deno.test("A result is read as it was written", () => {
  fc.assert(fc.property(result, (result) => {
    const message = JSON.parse(encodeResult(1, result));
    assertEquals(fromResult(message[2]), result);
  }));
});

Deno.test("Questions and answers are JSON values or undefined", () => {
  fc.assert(fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
    const plain: unknown = JSON.parse(JSON.stringify(value));
    assertEquals(JSON.parse(encodeValue(["call", 1], value))[2], plain);
    const answers = [value, undefined];
    assertEquals(JSON.parse(encodeAnswers(1, answers))[2], [[plain], []]);
  }));
  assertEquals(encodeValue(["call", 1, null], undefined), '["call",1,null]');
  for (const value of [() => {}, Symbol("x"), 1n]) {
    assertThrows(() => encodeValue(["answer", 1], value), TypeError);
    assertThrows(() => encodeAnswers(1, [value]), TypeError);
  }
});

Deno.test("The numbers of a query are finite when it travels", () => {
  const max = Number.MAX_SAFE_INTEGER;
  assertEquals(toFinite({ limit: Infinity }), { limit: max });
  assertEquals(toFinite({ limit: -1, cap: 3 }), { limit: -1, cap: 3 });
  const since = { offset: 1, epoch: "e" };
  assertEquals(toFinite({ since, mode: "stream", cap: Infinity }), {
    since,
    mode: "stream",
    cap: max,
  });
});

Deno.test("A bare publication takes little more than its text", () => {
  const text = encode(toDelivery({
    type: "publication",
    channel: "room",
    payload: "hello",
    info: undefined,
    offset: 1,
    epoch: "e",
  }));
  assertEquals(text, '["delivery","room","hello",1,"e"]');
});
