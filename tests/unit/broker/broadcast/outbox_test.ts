import { assert, assertEquals } from "@std/assert";
import type { Message } from "../../../../lib/broker/broadcast/messages.ts";
import {
  Outbox,
  type OutboxOptions,
} from "../../../../lib/broker/broadcast/outbox.ts";

const MAX_BYTES = 1_000;

function make(options: Partial<OutboxOptions> = {}): Outbox {
  return new Outbox({ maxWaitingBytes: MAX_BYTES, ...options });
}

function delivery(payload: string): Message {
  const position = { offset: 1, epoch: "e" };
  const publication = { channel: "room", payload, info: undefined };
  return {
    type: "delivery",
    publication: { type: "publication", ...publication, ...position },
  };
}

function question(id: number): Message {
  return { type: "question", id, value: "x".repeat(400) };
}

/** How many batches go out. */
function post(outbox: Outbox): number {
  let count = 0;
  for (let batch; (batch = outbox.next()) !== undefined;) {
    outbox.acknowledge(batch.number);
    count++;
  }
  return count;
}

Deno.test("What was posted takes no room of what waits", () => {
  let looks = 0;
  const outbox = make({ isWanted: () => ++looks > 0 });
  for (let times = 0; times < 20; times++) {
    assertEquals(outbox.add(delivery("x".repeat(500))), 0);
    assertEquals(post(outbox), 1);
  }
  // Once each, when it was posted: there was never a need to make room.
  assertEquals(looks, 20);
});

Deno.test("What nobody wants any more makes room, and is not posted", () => {
  const ended = new Set<number>();
  const posted: Message[] = [];
  const outbox = make({
    isWanted: (message) => !("id" in message && ended.has(message.id)),
    onPost: (message) => posted.push(message),
  });
  for (let id = 0; id < 1_000; id++) {
    outbox.add(question(id));
    ended.add(id - 1);
  }
  assertEquals(outbox.add(delivery("x")), 0);
  ended.add(999);
  post(outbox);
  assertEquals(posted, [delivery("x")]);
});

Deno.test("Where most has to stay, deliveries are dropped still, and told of once", () => {
  const posted: Message[] = [];
  const outbox = make({ onPost: (message) => posted.push(message) });
  for (let id = 0; id < 10; id++) outbox.add(question(id));
  let dropped = 0;
  for (let times = 0; times < 1_000; times++) {
    dropped += outbox.add(delivery("x".repeat(100)));
  }
  assert(dropped > 900, `${dropped} of 1000`);
  post(outbox);
  // When all is posted, the bound is what it was.
  for (let times = 0; times < 3; times++) {
    assertEquals(outbox.add(delivery("x".repeat(100))), 0);
  }
  assertEquals(outbox.add(delivery("x".repeat(100))), 4);
  assertEquals(posted.filter(({ type }) => type === "question").length, 10);
  assertEquals(posted.filter(({ type }) => type === "lost").length, 1);
});
