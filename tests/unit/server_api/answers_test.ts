/** Answers to the commands of one frame: as many as the client reads. */

import { assertEquals } from "@std/assert";
import { centrifugeProtocol } from "../../../lib/protocol/centrifuge.ts";
import type { Command } from "../../../lib/protocol/types.ts";
import { scene, settled } from "../../support/connection_scene.ts";
import { FakeTransport } from "../../support/fake_transport.ts";

/** Length of an answer in bytes, of the 1 000 that may be unsent. */
const ANSWER_BYTES = 200;

/** Everything that is sent waits until the test reads it. */
class UnreadTransport extends FakeTransport {
  override send(frame: string): void {
    super.send(frame);
    this.bufferedAmount += frame.length;
  }

  read(): void {
    this.bufferedAmount = 0;
  }
}

function asking(answer: (id: number) => void | Promise<void>) {
  const transport = new UnreadTransport();
  const asked: number[] = [];
  const moments: (() => void)[] = [];
  const made = scene({
    protocol: centrifugeProtocol,
    transport,
    maxMessageBytes: 1_000,
    after: (_, callback) => moments.push(callback),
    onCommand: (connection, { id }: Command) => {
      asked.push(id);
      const message = "x".repeat(ANSWER_BYTES);
      connection.reply({ type: "error", id, code: 100, message });
      return answer(id);
    },
  });
  const pass = async () => {
    for (const callback of moments.splice(0)) callback();
    await settled();
  };
  return { ...made, transport, asked, pass };
}

/** One frame of so many commands. */
function frameOf(count: number): string {
  return Array.from({ length: count }, (_, index) => `{"id":${index + 1}}`)
    .map((line) => line.replace("}", ',"rpc":{}}')).join("\n");
}

for (
  const [how, answer] of [
    ["at once", () => {}],
    ["later", () => Promise.resolve()],
  ] as const
) {
  Deno.test(`Commands of a frame that are answered ${how} wait for their client to read, and come in their order`, async () => {
    const { connection, transport, asked, pass } = asking(answer);
    connection.receive(frameOf(8));
    await settled();
    assertEquals([asked, transport.sent.length], [[1, 2, 3], 1]);
    await pass();
    assertEquals(asked, [1, 2, 3]);
    transport.read();
    await pass();
    assertEquals(asked, [1, 2, 3, 4, 5, 6]);
    transport.read();
    await pass();
    assertEquals(asked, [1, 2, 3, 4, 5, 6, 7, 8]);
    const ids = transport.sent.join("\n").split("\n")
      .map((line) => JSON.parse(line).id);
    assertEquals(ids, asked);
    assertEquals(transport.closed, undefined);
  });
}

Deno.test("Of a client that ends without reading, no more commands are carried out", async () => {
  const { connection, asked, pass } = asking(() => {});
  connection.receive(frameOf(8));
  connection.ended();
  await pass();
  assertEquals(asked, [1, 2, 3]);
});

Deno.test("A frame waits for those before it whose client still has to read", async () => {
  const { connection, transport, asked, pass } = asking(() => {});
  connection.receive(frameOf(4));
  connection.receive('{"id":9,"rpc":{}}');
  assertEquals(asked, [1, 2, 3]);
  transport.read();
  await pass();
  assertEquals(asked, [1, 2, 3, 4, 9]);
});
