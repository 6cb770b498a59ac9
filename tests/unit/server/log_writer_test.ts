import { assertEquals } from "@std/assert";
import { LogWriter } from "../../../server/log_writer.ts";

/** A sink of so many bytes; whatever is beyond fails, once what fits is written. */
class FakeSink {
  text = "";
  /** Number of writes. */
  writes = 0;
  /** Number of bytes that still fit. */
  room = Infinity;
  /** Maximum number of bytes that one call takes. */
  most = Infinity;
  /** A reader that does not read: calls wait for it. */
  reader: Promise<void> | undefined;

  async write(bytes: Uint8Array): Promise<number> {
    await this.reader;
    return this.writeSync(bytes);
  }

  writeSync(bytes: Uint8Array): number {
    this.writes++;
    const count = Math.min(bytes.length, this.room, this.most);
    if (count === 0) throw new Error("no space left");
    this.text += new TextDecoder().decode(bytes.subarray(0, count));
    this.room -= count;
    return count;
  }
}

function scene() {
  const sink = new FakeSink();
  const describeLoss = (lines: number) => `lost ${lines}`;
  return { sink, writer: new LogWriter({ sink, describeLoss }) };
}

/** Lets everything happen that waits for nothing. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
}

Deno.test("Lines of one turn are written together, in their order", async () => {
  const { sink, writer } = scene();
  for (const line of ["a", "b", "c"]) writer.write(line);
  assertEquals(sink.writes, 0);
  await settle();
  assertEquals([sink.text, sink.writes], ["a\nb\nc\n", 1]);
});

Deno.test("No piece has more than a pipe takes at once, unless a line has", async () => {
  const { sink, writer } = scene();
  const lines = ["x".repeat(1_000), "y".repeat(1_000), "z".repeat(9_000)];
  for (const line of lines) writer.write(line);
  await settle();
  assertEquals(sink.text, lines.map((line) => `${line}\n`).join(""));
  assertEquals(sink.writes, 3);
});

Deno.test("What is taken in parts is written whole", async () => {
  const { sink, writer } = scene();
  sink.most = 2;
  writer.write("abcde");
  await settle();
  assertEquals(sink.text, "abcde\n");
});

Deno.test("A writer does not wait for its reader; lost lines are counted and reported later", async () => {
  const { sink, writer } = scene();
  const { promise, resolve } = Promise.withResolvers<void>();
  sink.reader = promise;
  writer.write("first");
  await settle();
  for (let count = 0; count < 10_050; count++) writer.write("more");
  resolve();
  // Ten thousand lines of five bytes are some forty pieces.
  for (let turn = 0; turn < 100; turn++) await settle();
  const lines = sink.text.split("\n");
  assertEquals(lines.slice(0, 3), ["first", "lost 50", "more"]);
  assertEquals(lines.filter((line) => line === "more").length, 10_000);
});

Deno.test("A line that cannot be written is counted, and reported with the next one that can", async () => {
  const { sink, writer } = scene();
  sink.room = 0;
  writer.write("a");
  await settle();
  writer.write("b");
  await settle();
  assertEquals(sink.text, "");
  sink.room = Infinity;
  writer.write("c");
  await settle();
  writer.write("d");
  await settle();
  assertEquals(sink.text, "lost 2\nc\nd\n");
});

Deno.test("A line that was written in part does not spoil the next", async () => {
  const { sink, writer } = scene();
  sink.room = 3;
  writer.write("abcde");
  await settle();
  sink.room = Infinity;
  writer.write("next");
  await settle();
  writer.write("last");
  await settle();
  assertEquals(sink.text, "abc\nlost 1\nnext\nlast\n");
});

Deno.test("What waits is written before the end, if it can be", () => {
  const { sink, writer } = scene();
  sink.most = 2;
  writer.write("abc");
  writer.flushSync();
  assertEquals(sink.text, "abc\n");
  sink.room = 0;
  writer.write("d");
  writer.flushSync();
  assertEquals(sink.text, "abc\n");
});

Deno.test("Before the end, a loss is reported once, and a line that was torn is ended once", async () => {
  const { sink, writer } = scene();
  sink.room = 3;
  writer.write("abcde");
  await settle();
  sink.room = Infinity;
  const lines = Array.from({ length: 200 }, () => "y".repeat(100));
  for (const line of lines) writer.write(line);
  writer.flushSync();
  assertEquals(sink.text, ["abc", "lost 1", ...lines, ""].join("\n"));
});

Deno.test("Lines that are lost before the end are counted, and reported with what still can be written", () => {
  const { sink, writer } = scene();
  sink.room = 0;
  writer.write("a");
  writer.flushSync();
  writer.write("b");
  writer.flushSync();
  sink.room = Infinity;
  writer.write("c");
  writer.flushSync();
  assertEquals(sink.text, "lost 2\nc\n");
});

Deno.test("A loss whose report waits for the reader is not reported again before the end, nor any later", async () => {
  const { sink, writer } = scene();
  sink.room = 0;
  writer.write("a");
  await settle();
  sink.room = Infinity;
  const { promise, resolve } = Promise.withResolvers<void>();
  sink.reader = promise;
  writer.write("b");
  await settle();
  writer.write("c");
  writer.flushSync();
  assertEquals(sink.text, "c\n");
  resolve();
  await settle();
  assertEquals(sink.text, "c\nlost 1\nb\n");
  sink.room = 0;
  writer.write("d");
  await settle();
  sink.room = Infinity;
  writer.write("e");
  await settle();
  assertEquals(sink.text, "c\nlost 1\nb\nlost 1\ne\n");
});
