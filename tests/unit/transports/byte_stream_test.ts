import { assertEquals } from "@std/assert";
import { ByteStream } from "../../../lib/transports/byte_stream.ts";

const encoder = new TextEncoder();
const bytes = (text: string) => encoder.encode(text);

function scene() {
  let ends = 0;
  const stream = new ByteStream(() => ends++);
  const reader = stream.body.getReader();
  const read = async () => {
    const { done, value } = await reader.read();
    return done ? undefined : new TextDecoder().decode(value);
  };
  return { stream, reader, read, ends: () => ends };
}

Deno.test("Bytes that were not asked for are counted, and leave as one chunk", async () => {
  const { stream, read } = scene();
  for (const text of ["one", "two", "three"]) stream.write(bytes(text));
  assertEquals(stream.bufferedAmount, 11);
  assertEquals(await read(), "onetwothree");
  assertEquals(stream.bufferedAmount, 0);
});

Deno.test("What is waited for goes out at once, and only that", async () => {
  const { stream, read } = scene();
  const first = read();
  await Promise.resolve();
  stream.write(bytes("one"));
  stream.write(bytes("two"));
  assertEquals(stream.bufferedAmount, 3);
  assertEquals(await first, "one");
  assertEquals(await read(), "two");
});

Deno.test("Nothing leaves before it is asked for, not even the first: all that waits is counted", async () => {
  const { stream, read } = scene();
  // The other side is there, and has not asked yet.
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  stream.write(bytes("one"));
  assertEquals([stream.bufferedAmount, stream.taken], [3, 0]);
  assertEquals(await read(), "one");
  assertEquals([stream.bufferedAmount, stream.taken], [0, 3]);
  const next = read();
  await Promise.resolve();
  stream.write(bytes("next"));
  assertEquals(await next, "next");
  assertEquals([stream.bufferedAmount, stream.taken], [0, 7]);
});

Deno.test("A chunk has 64 KiB at most, or is a single larger write", async () => {
  const { stream, read } = scene();
  const sizes = [30_000, 30_000, 30_000, 100_000, 1];
  for (const size of sizes) stream.write(new Uint8Array(size));
  const read3 = [await read(), await read(), await read(), await read()];
  assertEquals(read3.map((text) => text?.length), [60_000, 30_000, 100_000, 1]);
});

Deno.test("The end comes after what is queued, and is reported once", async () => {
  const { stream, read, ends } = scene();
  stream.write(bytes("last"));
  stream.end();
  stream.write(bytes("too late"));
  stream.end();
  assertEquals(ends(), 0);
  assertEquals(await read(), "last");
  assertEquals(await read(), undefined);
  assertEquals(ends(), 1);
});

Deno.test("What is discarded does not come, and does not count; what follows does", async () => {
  const { stream, read } = scene();
  stream.write(bytes("never read"));
  stream.discard();
  assertEquals(stream.bufferedAmount, 0);
  stream.write(bytes("farewell"));
  stream.end();
  assertEquals(await read(), "farewell");
  assertEquals(await read(), undefined);
});

Deno.test("A reader that lets go ends the stream, and frees what waits", async () => {
  const { stream, reader, ends } = scene();
  stream.write(bytes("waits"));
  await reader.cancel();
  stream.write(bytes("more"));
  stream.end();
  assertEquals([stream.bufferedAmount, ends()], [0, 1]);
});

Deno.test("Bytes may be shared by streams, which leave them as they are", async () => {
  const shared = bytes("shared");
  const scenes = [scene(), scene()];
  for (const { stream } of scenes) stream.write(shared);
  for (const { read } of scenes) assertEquals(await read(), "shared");
  assertEquals(shared.byteLength, 6);
});
