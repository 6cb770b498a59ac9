import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { decode, encode } from "../../../../lib/broker/broadcast/codec.ts";
import type {
  Answer,
  Message,
} from "../../../../lib/broker/broadcast/messages.ts";
import { pack, unpack } from "../../../../lib/broker/broadcast/packing.ts";
import type { PublishRequest } from "../../../../lib/broker/types.ts";
import type { Publication } from "../../../../lib/base/publication.ts";

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
const publication: fc.Arbitrary<Publication> = fc.record({
  ...said,
  offset: fc.nat(),
  epoch: text,
});
const draft: fc.Arbitrary<PublishRequest> = fc.record({
  ...said,
  history: fc.option(fc.record({ size: number, ttlMs: number }), {
    nil: undefined,
  }),
  skipHistory: fc.boolean(),
  idempotencyKey: fc.option(text, { nil: undefined }),
});
const publications = fc.array(publication, { maxLength: 4 });
const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.constant<Answer>({ type: "done" }),
  position.map((position): Answer => ({ type: "position", position })),
  fc.record({ offset: fc.nat(), epoch: text, delivered: fc.boolean() })
    .map((published): Answer => ({ type: "published", published })),
  fc.record({ recovered: fc.boolean(), position, publications })
    .map((recovery): Answer => ({ type: "recovery", recovery })),
  fc.record({ position, publications }).map((found): Answer => ({
    type: "history",
    result: { type: "history", ...found },
  })),
  position.map((position): Answer => ({
    type: "history",
    result: { type: "unrecoverable", position },
  })),
  fc.array(info).map((infos): Answer => ({ type: "present", infos })),
  fc.array(fc.anything({ withMap: true, withTypedArray: true })).map(
    (answers): Answer => ({ type: "answers", answers }),
  ),
);
const id = fc.nat();
const message: fc.Arbitrary<Message> = fc.oneof(
  publication.map((publication): Message => ({
    type: "delivery",
    publication,
  })),
  fc.tuple(id, draft).map(([id, draft]): Message => ({
    type: "publish",
    id,
    draft,
  })),
  fc.tuple(id, answer).map(([id, answer]): Message => ({
    type: "reply",
    id,
    answer,
  })),
  fc.tuple(id, text).map(([id, reason]): Message => ({
    type: "failure",
    id,
    reason,
  })),
  fc.tuple(id, text, number).map(([id, channel, limit]): Message => ({
    type: "request",
    id,
    request: { type: "history", channel, query: { limit, cap: Infinity } },
  })),
  fc.tuple(id, text, position).map(([id, channel, since]): Message => ({
    type: "request",
    id,
    request: { type: "recovery", channel, query: { since, mode: "stream" } },
  })),
  fc.tuple(fc.array(text), text, info).map((
    [channels, channel, info],
  ): Message => ({
    type: "join",
    held: {
      channels,
      leases: [{ channel, info }],
      keys: [{
        key: `${channel}\nkey`,
        published: { offset: 1, epoch: "e", delivered: true },
        restMs: 1,
      }],
    },
  })),
  fc.tuple(id, fc.anything()).map(([id, value]): Message => ({
    type: "question",
    id,
    value,
  })),
  fc.constantFrom<Message>(
    { type: "joined" },
    { type: "lost" },
    { type: "bye" },
  ),
);

Deno.test("Whatever is written is read as it was", () => {
  fc.assert(fc.property(fc.array(message, { maxLength: 8 }), (messages) => {
    const { others, ...parts } = encode(messages);
    assertEquals(decode({ ...unpack(pack(parts)), others }), messages);
  }));
});

Deno.test("A bare publication takes little more than its text", () => {
  const { text } = encode([{
    type: "delivery",
    publication: {
      type: "publication",
      channel: "room",
      payload: "hello",
      info: undefined,
      offset: 1,
      epoch: "e",
    },
  }]);
  assertEquals(text, '[["d","room","hello",1,"e"]]');
});
