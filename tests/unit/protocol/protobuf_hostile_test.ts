/** Bytes from anybody are commands or not, and nothing else comes of them: no exception, and no long time. */

import { assert, assertLess } from "@std/assert";
import { concat } from "../../../lib/base/bytes.ts";
import { protobufProtocol } from "../../../lib/protocol/centrifuge_protobuf.ts";
import { SeededRandom } from "../../simulation/seeded_random.ts";
import { fromHex } from "./revive.ts";
import vectors from "./centrifuge_vectors.json" with { type: "json" };

function readAny(bytes: Uint8Array<ArrayBuffer>): void {
  const commands = protobufProtocol.decode(bytes.buffer);
  const wrong = commands.findIndex(({ type }) => type === "invalid");
  assert(commands.length > 0 && commands.length <= Math.max(bytes.length, 1));
  assert(wrong < 0 || wrong === commands.length - 1);
}

Deno.test("50 000 frames of random bytes do no harm", () => {
  const random = new SeededRandom(50_000);
  const start = performance.now();
  for (let frame = 0; frame < 50_000; frame++) {
    const length = Math.floor(random.number() ** 3 * 300);
    // Small bytes are the lengths and keys of messages more often.
    const limit = random.chance(0.5) ? 256 : 0x80;
    readAny(
      Uint8Array.from({ length }, () => Math.floor(random.number() * limit)),
    );
  }
  assertLess(performance.now() - start, 20_000);
});

Deno.test("50 000 frames of vectors with other, fewer and more bytes do no harm", () => {
  const random = new SeededRandom(12);
  const frames = vectors.decode.map(({ protobuf }) =>
    new Uint8Array(fromHex(protobuf))
  );
  const below = (limit: number) => Math.floor(random.number() * limit);
  const start = performance.now();
  for (let frame = 0; frame < 50_000; frame++) {
    let bytes = frames[below(frames.length)]!.slice();
    for (let change = below(4); change >= 0; change--) {
      const at = below(bytes.length + 1);
      const other = frames[below(frames.length)]!;
      switch (below(4)) {
        case 0:
          if (at < bytes.length) bytes[at] = below(256);
          break;
        case 1:
          bytes = bytes.slice(0, at);
          break;
        case 2:
          bytes = concat([bytes.slice(0, at), bytes.slice(at + 1)]);
          break;
        default:
          bytes = concat([bytes.slice(0, at), other, bytes.slice(at)]);
      }
    }
    readAny(bytes);
  }
  assertLess(performance.now() - start, 20_000);
});
