import { assertEquals } from "@std/assert";
import { SocketTransport } from "../../../lib/transports/socket_transport.ts";
import { FakeClock } from "../../support/fake_clock.ts";

function open() {
  const clock = new FakeClock();
  const closes: number[] = [];
  const socket = {
    bufferedAmount: 0,
    send: () => {},
    close: (code: number) => closes.push(code),
  };
  const onError = (error: unknown) => {
    throw error;
  };
  const transport = new SocketTransport(socket, { clock, onError });
  return { clock, closes, transport };
}

Deno.test("A socket is closed once its client is quiet, after a burst, too", () => {
  const { clock, closes, transport } = open();
  transport.close(3509, "too many errors");
  for (let count = 0; count < 1_000; count++) transport.received("x");
  clock.advance(20);
  assertEquals(closes, []);
  clock.advance(100);
  assertEquals(closes, [3509]);
});

for (const [count, length] of [[1_600, 1], [30, 60_000]] as const) {
  Deno.test(`A client that goes on and on is closed at once: ${count} frames of ${length} characters`, () => {
    const { clock, closes, transport } = open();
    const frame = "x".repeat(length);
    // What came before the close does not count.
    for (let sent = 0; sent < count; sent++) transport.received(frame);
    transport.close(3013, "too many requests");
    for (let sent = 0; sent < count; sent++) {
      if (closes.length === 0) transport.received(frame);
    }
    assertEquals(closes, [3013]);
    clock.advance(2_000);
    assertEquals(closes, [3013]);
  });
}
