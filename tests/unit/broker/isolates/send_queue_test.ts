import { assert, assertEquals } from "@std/assert";
import {
  type Outgoing,
  SendQueue,
} from "../../../../lib/broker/isolates/send_queue.ts";

const MAX_BYTES = 1_000;
const GAP: Outgoing = { text: '"gap"' };

function make(): SendQueue {
  return new SendQueue(MAX_BYTES, GAP);
}

function delivery(length: number): Outgoing {
  return { text: JSON.stringify("x".repeat(length)), isDelivery: true };
}

function question(id: number): Outgoing {
  return { text: JSON.stringify({ id, data: "x".repeat(400) }) };
}

/** All that is posted, batch by batch. */
function takeAll(queue: SendQueue): unknown[] {
  const messages: unknown[] = [];
  for (let text; (text = queue.take()) !== "";) {
    messages.push(...JSON.parse(text));
  }
  assert(queue.isEmpty);
  return messages;
}

Deno.test("Messages are taken in their order, and a batch ends where it is long enough", () => {
  const queue = new SendQueue(100_000_000, GAP);
  const texts = Array.from({ length: 1_000 }, (_, id) => `${id}`.repeat(100));
  for (const text of texts) queue.add({ text: JSON.stringify(text) });
  const first: unknown[] = JSON.parse(queue.take());
  assert(first.length < texts.length);
  assertEquals([...first, ...takeAll(queue)], texts);
});

Deno.test("What was taken makes room for what waits", () => {
  const queue = make();
  for (let times = 0; times < 20; times++) {
    assertEquals(queue.add(delivery(500)), 0);
    assertEquals(takeAll(queue).length, 1);
  }
});

Deno.test("What is canceled makes room, and is not taken", () => {
  const queue = make();
  let last: Outgoing | undefined;
  for (let id = 0; id < 1_000; id++) {
    if (last !== undefined) last.isCanceled = true;
    queue.add(last = question(id));
  }
  assertEquals(queue.add(delivery(1)), 0);
  last!.isCanceled = true;
  assertEquals(takeAll(queue), ["x"]);
});

Deno.test("Where most has to stay deliveries are dropped still, and one message says so", () => {
  const queue = make();
  for (let id = 0; id < 10; id++) queue.add(question(id));
  let dropped = 0;
  for (let times = 0; times < 1_000; times++) {
    dropped += queue.add(delivery(100));
  }
  assert(dropped > 900, `${dropped} of 1000`);
  const messages = takeAll(queue);
  assertEquals(messages.filter((message) => message === "gap").length, 1);
  assertEquals(messages.indexOf("gap"), 10);
  const questions = messages.filter((message) => typeof message === "object");
  assertEquals(questions.length, 10);
  // When all is taken, the bound is what it was.
  for (let times = 0; times < 3; times++) {
    assertEquals(queue.add(delivery(100)), 0);
  }
  assertEquals(queue.add(delivery(100)), 4);
});

Deno.test("The text of a delivery is the same for all its receivers", () => {
  const message = delivery(10);
  for (const queue of [make(), make()]) {
    queue.add(message);
    assertEquals(queue.take(), `[${message.text}]`);
  }
});
