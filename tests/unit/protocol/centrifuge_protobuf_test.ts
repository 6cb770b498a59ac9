/** The protobuf of the Centrifuge protocol: the vectors of its JSON as bytes, which the codec of the official SDK wrote. */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { concat } from "../../../lib/base/bytes.ts";
import type { Publication } from "../../../lib/base/publication.ts";
import { centrifugeProtocol } from "../../../lib/protocol/centrifuge.ts";
import { COMMAND } from "../../../lib/protocol/centrifuge_messages.ts";
import {
  encodeDisconnect,
  protobufProtocol,
} from "../../../lib/protocol/centrifuge_protobuf.ts";
import type { Command, Push, Reply } from "../../../lib/protocol/types.ts";
import {
  commandFrame,
  type CommandValues,
  readReplies,
} from "../../support/protobuf_frames.ts";
import { fromHex, revive, toHex } from "./revive.ts";
import vectors from "./centrifuge_vectors.json" with { type: "json" };

function typesOf(commands: readonly Command[]): string[] {
  return commands.map(({ type }) => type);
}
const { decode } = protobufProtocol;

for (const { name, protobuf, commands } of vectors.decode) {
  Deno.test(`Protobuf frame with ${name} is read`, () => {
    assertEquals(decode(fromHex(protobuf)), revive(commands) as Command[]);
  });
}

for (const { name, reply, protobuf } of vectors.replies) {
  Deno.test(`Protobuf reply: ${name}`, () => {
    const frame = protobufProtocol.encodeReply(revive(reply) as Reply);
    assertEquals(toHex(frame), protobuf ?? undefined);
  });
}

for (const { name, push, protobuf } of vectors.pushes) {
  Deno.test(`Protobuf push: ${name}`, () => {
    const frame = protobufProtocol.encodePush(revive(push) as Push);
    assertEquals(toHex(frame), protobuf);
  });
}

for (const { name, publication, protobuf } of vectors.publications) {
  Deno.test(`Protobuf push: ${name}`, () => {
    const revived = revive(publication) as Publication;
    assertEquals(toHex(protobufProtocol.encodePublication(revived)), protobuf);
  });
}

/** Malformed frames, and what is wrong with each. */
const MALFORMED = {
  "no bytes": "",
  "a length that is longer than the frame": "05" + "0801",
  "a length without an end": "ff",
  "a length of eleven bytes": "ffffffffffffffffffffff01",
  "a length that is longer than its command": "09" + "0801" + "2200",
  "a channel that is longer than its method": "0a" + "0801" + "3206" +
    "0a09" + "6e657773",
  "an id of eleven bytes": "0e" + "08" + "8180808080808080808000" + "2200",
  "an id without a value": "01" + "08",
  "a command that ends inside its method": "04" + "0801" + "2205",
  "a field without a number": "04" + "0000" + "2200",
  "a method of another wire type": "04" + "0801" + "2001",
  "an id of another wire type": "03" + "0a01" + "31",
  "a field of a group": "04" + "0801" + "2324",
  "a wire type that does not exist": "03" + "0801" + "26",
  "eight bytes that are too few": "04" + "0801" + "b106",
  "a token that is no UTF-8": "07" + "0801" + "2203" + "0a01ff",
  "a channel that ends in half of a character": "08" + "0801" +
    "3204" + "0a02e282",
  "an id without a method": "02" + "0801",
  "a method without an id": "02" + "2200",
  "an id that is too high": "08" + "088080808010" + "2200",
  "an id above all numbers": "0d" + "08ffffffffffffffffff01" + "2200",
  "two methods": "06" + "0801" + "2200" + "5a00",
  "a subscription without a channel": "04" + "0801" + "2a00",
  "a position above all exact numbers": "17" + "0801" + "2a13" + "0a0161" +
    "1801" + "38ffffffffffffffff7f" + "50" + "01" + "58",
  "a negative type": "12" + "0801" + "2a0e" + "0a0161" +
    "78ffffffffffffffffff01",
};

for (const [what, hex] of Object.entries(MALFORMED)) {
  Deno.test(`A protobuf frame with ${what} is no command`, () => {
    assertEquals(typesOf(decode(fromHex(hex))), ["invalid"]);
  });
}

Deno.test("A protobuf frame of text is no command", () => {
  assertEquals(typesOf(decode('{"id":1,"connect":{}}')), ["invalid"]);
});

Deno.test("Commands in front of malformed bytes are read, and none behind them", () => {
  const [first, last] = [1, 2].map((id) =>
    new Uint8Array(commandFrame({ id, connect: {} }))
  );
  const frame = concat([first!, Uint8Array.of(1, 8), last!]).buffer;
  assertEquals(decode(frame).map(({ type }) => type), ["connect", "invalid"]);
});

Deno.test("Unknown fields of every wire type are skipped", () => {
  const unknown = "a00601" + "a1060102030405060708" + "a20602ffff" +
    "a50601020304";
  const length = (2 + unknown.length / 2 + 8).toString(16).padStart(2, "0");
  const hex = `${length}0801${unknown}32060a046e657773`;
  assertEquals(decode(fromHex(hex)), [
    { type: "unsubscribe", id: 1, channel: "news" },
  ]);
});

Deno.test("An entry of a map without a value has the value of an absent one", () => {
  const hex = "10" + "0801" + "220c" + "1a03" + "0a0161" + "3205" +
    "0a0378" + "2d79";
  const [command] = decode(fromHex(hex));
  assert(command?.type === "connect");
  assertEquals([...command.positions], []);
  assertEquals([...command.headers], [["x-y", ""]]);
});

Deno.test("A method in two parts is read as one, and the last of two values counts", () => {
  const hex = "15" + "0801" + "0802" + "2a05" + "0a03616263" + "2a08" +
    "0a0161" + "0a016250" + "01";
  const [command] = decode(fromHex(hex));
  assertEquals(command, {
    ...decode(commandFrame({ id: 2, subscribe: { channel: "b" } }))[0],
    positioned: true,
  } as Command);
});

Deno.test("Messages inside each other are read to a bound", () => {
  const nested = (levels: number): string => {
    let bytes = new Uint8Array(0);
    for (let level = 0; level < levels; level++) {
      bytes = concat([
        Uint8Array.of(0x32),
        lengthOf(bytes),
        bytes,
      ]);
    }
    bytes = concat([
      Uint8Array.of(0x0a, 1, 0x61, 0x6a),
      lengthOf(bytes),
      bytes,
    ]);
    bytes = concat([Uint8Array.of(8, 1, 0x2a), lengthOf(bytes), bytes]);
    const frame = concat([lengthOf(bytes), bytes]).buffer;
    return decode(frame)[0]!.type;
  };
  assertEquals([0, 1, 50].map(nested), Array(3).fill("subscribe"));
  assertEquals([100, 10_000].map(nested), ["invalid", "invalid"]);
});

/** The length of bytes as a varint. */
function lengthOf({ length }: Uint8Array): Uint8Array {
  const bytes = [];
  for (; length >= 0x80; length >>= 7) bytes.push((length & 0x7f) | 0x80);
  return Uint8Array.of(...bytes, length);
}

const utf8 = new TextEncoder();

for (
  const [what, bytes, payload] of [
    ["JSON is JSON", utf8.encode('{"a":1}'), { json: '{"a":1}' }],
    ["JSON keeps its white space", utf8.encode(" [1,\n2]\t"), {
      json: " [1,\n2]\t",
    }],
    ["text is bytes", utf8.encode("hello"), utf8.encode("hello").buffer],
    [
      "a word that begins like JSON is bytes",
      utf8.encode("no"),
      utf8.encode("no").buffer,
    ],
    [
      "a BOM is bytes",
      Uint8Array.of(0xef, 0xbb, 0xbf, 0x31),
      Uint8Array.of(0xef, 0xbb, 0xbf, 0x31).buffer,
    ],
    [
      "a text of JSON that is no UTF-8 is bytes",
      Uint8Array.of(0x22, 0xff, 0x22),
      Uint8Array.of(0x22, 0xff, 0x22).buffer,
    ],
    ["a byte is bytes", Uint8Array.of(0), Uint8Array.of(0).buffer],
  ] as const
) {
  Deno.test(`Data of a protobuf client: ${what}, and comes back as the same bytes`, () => {
    const frame = commandFrame({
      id: 1,
      publish: { channel: "news", data: bytes.slice().buffer },
    });
    assertEquals(decode(frame), [
      { type: "publish", id: 1, channel: "news", payload },
    ]);
    const [reply] = readReplies(
      protobufProtocol.encodePublication({
        type: "publication",
        channel: "news",
        payload,
        info: undefined,
        offset: 0,
        epoch: "",
      }) as ArrayBuffer,
    );
    assertEquals(reply, { push: { channel: "news", pub: { data: bytes } } });
  });
}

Deno.test("A message of no bytes is a message", () => {
  const payload = new ArrayBuffer(0);
  assertEquals(decode(commandFrame({ send: { data: payload } })), [
    { type: "message", id: 0, payload },
  ]);
});

Deno.test("Line ends in the JSON of a protobuf client do not end the line of a JSON client", () => {
  const line = centrifugeProtocol.encodePublication({
    type: "publication",
    channel: "news",
    payload: { json: "[1,\r\n2]" },
    info: undefined,
    offset: 0,
    epoch: "",
  });
  assertEquals(line, '{"push":{"channel":"news","pub":{"data":[1,  2]}}}');
});

Deno.test("Frames are joined one behind the other, and counted by their lengths", () => {
  const frames = [1, 200, 70_000].map((length) =>
    protobufProtocol.encodePublication({
      type: "publication",
      channel: "news",
      payload: "x".repeat(length),
      info: undefined,
      offset: length,
      epoch: "e",
    })!
  );
  const { join, countMessages } = protobufProtocol;
  const joined = join!([
    ...frames,
    protobufProtocol.encodePush({ type: "ping" })!,
  ]);
  assertEquals(countMessages!(joined), 4);
  const offsets = readReplies(joined as ArrayBuffer).map(({ push }) =>
    (push as { pub: { offset: number } } | undefined)?.pub.offset
  );
  assertEquals(offsets, [1, 200, 70_000, undefined]);
});

Deno.test("The last message of a stream has the code and the reason", () => {
  const [reply] = readReplies(
    encodeDisconnect({ code: 3001, reason: "shutdown", retryAfterMs: 7 }),
  );
  assertEquals(reply, {
    push: { disconnect: { code: 3001, reason: "shutdown" } },
  });
});

const name = fc.string({ minLength: 1, unit: "grapheme" });
const offset = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const epoch = fc.string({ unit: "grapheme" });
const data = fc.jsonValue().map((value) => ({ json: JSON.stringify(value) }));
const optional = { requiredKeys: [] };

/** Filters by tags, nested a few levels. */
const { filter } = fc.letrec<{ readonly filter: object }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({
      key: name,
      cmp: fc.constantFrom("eq", "neq", "sw", "ew", "ct", "lt", "gte"),
      val: name,
    }),
    fc.record({
      key: name,
      cmp: fc.constantFrom("in", "nin"),
      vals: fc.array(name, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ key: name, cmp: fc.constantFrom("ex", "nex") }),
    fc.record({
      op: fc.constantFrom("and", "or", "not"),
      nodes: fc.array(tie("filter"), { minLength: 1, maxLength: 3 }),
    }),
  ),
}));

const position = fc.record({ recover: fc.boolean(), offset, epoch }, optional);
const inChannel = fc.record({ channel: name });
const METHODS: Readonly<Record<string, fc.Arbitrary<object>>> = {
  connect: fc.record({
    token: name,
    data,
    name,
    version: name,
    flag: fc.nat(),
    subs: fc.array(fc.tuple(name, position)).map((list) => new Map(list)),
    headers: fc.array(fc.tuple(name, name)).map((list) => new Map(list)),
  }, optional),
  subscribe: fc.record({
    channel: name,
    token: name,
    recover: fc.boolean(),
    offset,
    epoch,
    data,
    positioned: fc.boolean(),
    recoverable: fc.boolean(),
    join_leave: fc.boolean(),
    delta: fc.constantFrom("", "fossil", "xdelta"),
    tf: filter,
    flag: fc.nat(),
    type: fc.nat({ max: 4 }),
  }, { requiredKeys: ["channel"] }),
  unsubscribe: inChannel,
  publish: fc.record(
    { channel: name, data, type: fc.nat({ max: 1 }) },
    { requiredKeys: ["channel"] },
  ),
  presence: inChannel,
  presence_stats: inChannel,
  history: fc.record({
    channel: name,
    limit: fc.nat(),
    since: fc.record({ offset, epoch }),
    reverse: fc.boolean(),
  }, { requiredKeys: ["channel"] }),
  ping: fc.constant({}),
  rpc: fc.record({ method: name, data }, optional),
  refresh: fc.record({ token: name }),
  sub_refresh: fc.record(
    { channel: name, token: name, type: fc.nat({ max: 1 }) },
    { requiredKeys: ["channel"] },
  ),
};
const command = fc.oneof(
  ...Object.entries(METHODS).map(([method, fields]) =>
    fc.record({
      id: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
      [method]: fields,
    })
  ),
  fc.record({ send: fc.record({ data }) }),
) as fc.Arbitrary<CommandValues>;

Deno.test("The same commands in JSON and in protobuf are the same commands", () => {
  fc.assert(
    fc.property(fc.array(command, { minLength: 1, maxLength: 4 }), (values) => {
      const lines = values.map((each) => COMMAND.toJson(each)).join("\n");
      const read = centrifugeProtocol.decode(lines);
      assert(!read.some(({ type }) => type === "invalid"));
      assertEquals(decode(commandFrame(...values)), read);
    }),
    { numRuns: 500, seed: 12 },
  );
});
