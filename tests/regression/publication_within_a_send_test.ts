/** A publication that the sending of another one causes, such as that of a log, follows it, and does not run within it. */

import { assertEquals } from "@std/assert";
import { createHub, type Log } from "../../lib/mod.ts";

/** A socket that a program hands over; it reads in the middle of each send. */
class InnerSocket {
  readonly readyState = 1;
  readonly protocol = "";
  readonly bufferedAmount = 0;
  binaryType = "blob";
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  code: number | undefined;
  onRead: (frame: string) => void = () => {};

  /** Sends the hub a frame. */
  write(data: string): void {
    const onMessage: unknown = this.onmessage;
    if (typeof onMessage === "function") onMessage({ data });
  }

  send(frame: string): void {
    this.onRead(frame);
  }

  close(code: number): void {
    this.code = code;
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue() && tries < 400; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

Deno.test("A client that answers in the middle of a send reads its answers behind what they answer", async () => {
  await using hub = createHub({ access: "anonymous" });
  const socket = new InnerSocket();
  hub.acceptWebSocket(socket, { uid: "alice" });
  const read: string[] = [];
  socket.onRead = (frame) => {
    if (frame.startsWith("#news:") && read.length < 4) {
      socket.write(`#news:answer ${read.length}`);
    }
    read.push(frame);
  };
  socket.write("+#news");
  await until(() => read.length === 1);
  await hub.publish("news", "first");
  await until(() => read.length === 5);
  assertEquals(read, [
    "+#news",
    "#news:first",
    ...[1, 2, 3].map((count) => `#news:answer ${count}`),
  ]);
});

Deno.test("A log that publishes its errors ends the client that cannot be sent them once", async () => {
  const events: string[] = [];
  const note = (event: string) => void events.push(event);
  const log: Log = {
    debug: note,
    info: note,
    warn: note,
    error(event) {
      note(event);
      void hub.publish("log", event);
    },
  };
  await using hub = createHub({ access: "anonymous", log });
  const socket = new InnerSocket();
  hub.acceptWebSocket(socket, { uid: "operator" });
  let isBroken = false;
  socket.onRead = (frame) => {
    if (isBroken) throw new Error("the socket is broken");
    isBroken = frame === "+#log";
  };
  socket.write("+#log");
  await until(() => isBroken);
  await hub.publish("log", "first");
  await until(() => socket.code !== undefined);
  assertEquals(socket.code, 3004);
  const errors = events.filter((event) => event === "command_failed");
  assertEquals([errors.length, hub.size], [1, 0]);
});
