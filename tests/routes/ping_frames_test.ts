/** `?cf_ws_frame_ping_pong=true`: an SDK without pings of its own is pinged by WebSocket. */

import { assertEquals, assertGreater } from "@std/assert";
import { commandFrame, readReplies } from "../support/protobuf_frames.ts";
import { OPCODE, parseClose } from "../support/frame.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { AppServer } from "./app_server.ts";

const QUERY = "cf_ws_frame_ping_pong=true";
const limits = { pingIntervalMs: 100, pongTimeoutMs: 50 };

for (const codec of ["json", "protobuf"] as const) {
  Deno.test(`A client that asks for ping frames gets them, and stays as long as it answers, in ${codec}`, async () => {
    await using app = new AppServer({ limits });
    const url =
      `ws://${app.host}/connection/websocket?${QUERY}&cf_protocol=${codec}`;
    await using socket = await RawSocket.open(url);
    const connect = { id: 1, connect: {} };
    const isJson = codec === "json";
    await socket.writeFrame({
      opcode: isJson ? OPCODE.text : OPCODE.binary,
      payload: isJson
        ? JSON.stringify(connect)
        : new Uint8Array(commandFrame(connect)),
    });
    const { payload } = (await socket.readFrame())!;
    const [reply] = isJson
      ? [JSON.parse(new TextDecoder().decode(payload))]
      : readReplies(payload);
    // Nothing is said of pings: the SDK expects none.
    assertEquals([reply?.connect.ping, reply?.connect.pong], [
      undefined,
      undefined,
    ]);
    const start = performance.now();
    for (let pings = 0; pings < 5; pings++) {
      const frame = (await socket.readFrame())!;
      assertEquals(frame.opcode, OPCODE.ping);
      await socket.writeFrame({ opcode: OPCODE.pong, payload: frame.payload });
    }
    assertGreater(performance.now() - start, 300);
    assertEquals((await socket.readFrame())?.opcode, OPCODE.ping);
    // This one is not answered.
    const close = (await socket.readFrame())!;
    assertEquals(close.opcode, OPCODE.close);
    assertEquals(parseClose(close.payload).code, 1001);
  });
}

Deno.test("Without that, and in the text protocol with it, there are no ping frames", async () => {
  await using app = new AppServer({ limits });
  for (
    const [path, said] of [
      ["/connection/websocket", '{"id":1,"connect":{}}'],
      [
        `/connection/websocket?${QUERY.replace("true", "1")}`,
        '{"id":1,"connect":{}}',
      ],
      [`/ws?${QUERY}`, "all:hello"],
    ]
  ) {
    await using socket = await RawSocket.open(`ws://${app.host}${path}`);
    await socket.writeFrame({ opcode: OPCODE.text, payload: said! });
    const first = new TextDecoder().decode((await socket.readFrame())?.payload);
    assertEquals([path, first.includes('"ping":1,"pong":true')], [
      path,
      path!.startsWith("/connection"),
    ]);
  }
});
