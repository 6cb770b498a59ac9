import { assertEquals, assertThrows } from "@std/assert";
import { ProtocolError } from "../../../../lib/base/errors.ts";
import { requireSize } from "../../../../lib/broker/nats/message_size.ts";

Deno.test("A message is as large as its data with its headers as they are sent", () => {
  const data = new Uint8Array(10);
  const headers = { "Nats-Msg-Id": "a.b" };
  const sent = "NATS/1.0\r\nNats-Msg-Id: a.b\r\n\r\n".length;
  requireSize(data, undefined, 10);
  requireSize(data, headers, 10 + sent);
  for (const [with_, most] of [[undefined, 9], [headers, 9 + sent]] as const) {
    const error = assertThrows(
      () => requireSize(data, with_, most),
      ProtocolError,
      `a message has ${most + 1} bytes; NATS takes at most ${most}`,
    );
    assertEquals([error.code, error.temporary], [106, undefined]);
  }
});
