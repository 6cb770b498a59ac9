/** Deltas in protobuf: whoever applies them has the bytes of each publication. */

import { assertEquals } from "@std/assert";
import { applyDelta } from "fossil-delta";
import type { Payload, Publication } from "../../../lib/base/publication.ts";
import { protobufProtocol } from "../../../lib/protocol/centrifuge_protobuf.ts";
import { readReplies } from "../../support/protobuf_frames.ts";

/** A publication that is read: its data, and whether they are a delta. */
interface Read {
  readonly data: Uint8Array;
  readonly delta?: boolean;
}

const WORDS = "the quick brown fox jumps over the lazy dog and back again";
const utf8 = (text: string) => new TextEncoder().encode(text);

/** Long bytes that are no text, of which one differs. */
function binary(byte: number): ArrayBuffer {
  return Uint8Array.from({ length: 300 }, (_, at) => at === 7 ? byte : 255)
    .buffer;
}

const json = (number: number) => ({
  json: `{"words":"${WORDS}",\n"n":${number}}`,
});

/** Payloads in their order, and which of them come as deltas. */
const SEQUENCES: Readonly<
  Record<string, readonly (readonly [Payload, Uint8Array, boolean])[]>
> = {
  "JSON": [
    [json(1), utf8(json(1).json), false],
    [json(2), utf8(json(2).json), true],
    [json(3), utf8(json(3).json), true],
  ],
  "texts": [
    [`${WORDS} 1`, utf8(`"${WORDS} 1"`), false],
    [`${WORDS} 2`, utf8(`"${WORDS} 2"`), true],
  ],
  "bytes, which are sent in full": [
    [binary(1), new Uint8Array(binary(1)), false],
    [binary(2), new Uint8Array(binary(2)), false],
  ],
  "JSON and bytes in turns": [
    [json(1), utf8(json(1).json), false],
    [utf8(json(2).json).buffer, utf8(json(2).json), false],
    [json(3), utf8(json(3).json), false],
    [json(4), utf8(json(4).json), true],
  ],
};

function publicationsOf(payloads: readonly Payload[]): Publication[] {
  return payloads.map((payload, index) => ({
    type: "publication",
    channel: "news",
    payload,
    info: undefined,
    offset: index + 1,
    epoch: "e",
  }));
}

/** The data of each publication, as the official SDK gets them. */
function applyAll(reads: readonly Read[]): Uint8Array[] {
  let last = new Uint8Array(0);
  return reads.map(({ data, delta = false }) => {
    last = delta ? new Uint8Array(applyDelta(last, data)) : data.slice();
    return last;
  });
}

for (const [what, sequence] of Object.entries(SEQUENCES)) {
  const publications = publicationsOf(sequence.map(([payload]) => payload));
  const data = sequence.map(([, bytes]) => bytes);
  const deltas = sequence.map(([, , isDelta]) => isDelta);

  Deno.test(`Pushes by delta in protobuf: ${what}`, () => {
    const reads = publications.map((publication, index) => {
      const previous = publications[index - 1];
      const frame = protobufProtocol.encodeDelta(publication, previous);
      const [{ push } = {}] = readReplies(frame as ArrayBuffer);
      return (push as { pub: Read }).pub;
    });
    assertEquals(applyAll(reads), data);
    assertEquals(reads.map(({ delta = false }) => delta), deltas);
  });

  Deno.test(`A recovery by delta in protobuf: ${what}`, () => {
    const frame = protobufProtocol.encodeReply({
      type: "subscribed",
      id: 1,
      channel: "news",
      result: {
        positioned: true,
        position: { offset: 0, epoch: "e" },
        recovered: true,
        publications,
        delta: true,
      },
    });
    const [{ subscribe } = {}] = readReplies(frame as ArrayBuffer);
    const { publications: reads } = subscribe as { publications: Read[] };
    assertEquals(applyAll(reads), data);
    assertEquals(reads.map(({ delta = false }) => delta), deltas);
  });
}
