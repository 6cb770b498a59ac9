/** An SDK that offered protobuf before JSON got 400, and tried for ever. Now the first that is spoken is chosen. */

import { assertEquals } from "@std/assert";
import { AppServer } from "../routes/app_server.ts";
import { commandFrame, readReplies } from "../support/protobuf_frames.ts";
import { RawSocket } from "../support/raw_socket.ts";

const JSON_NAME = "centrifuge-json";
const PROTOBUF = "centrifuge-protobuf";

type Speaker = "json" | "protobuf" | "text";

/** Path, offer, the subprotocol that is chosen, and what is spoken then. */
const CASES: readonly (readonly [
  string,
  string | null,
  string | null,
  Speaker,
])[] = [
  ["/connection/websocket", null, null, "json"],
  ["/connection/websocket", JSON_NAME, JSON_NAME, "json"],
  ["/connection/websocket", `${PROTOBUF}, ${JSON_NAME}`, PROTOBUF, "protobuf"],
  ["/connection/websocket", `${JSON_NAME}, ${PROTOBUF}`, JSON_NAME, "json"],
  ["/connection/websocket", `${PROTOBUF},${JSON_NAME}`, PROTOBUF, "protobuf"],
  [
    "/connection/websocket",
    ` x ,\t${PROTOBUF} ,\t${JSON_NAME} ,,`,
    PROTOBUF,
    "protobuf",
  ],
  ["/connection/websocket", PROTOBUF, PROTOBUF, "protobuf"],
  ["/connection/websocket", `x, ${PROTOBUF}`, PROTOBUF, "protobuf"],
  ["/connection/websocket", "superchat", null, "json"],
  ["/connection/websocket", "CENTRIFUGE-PROTOBUF", null, "json"],
  ["/connection/websocket?format=protobuf", null, null, "protobuf"],
  ["/connection/websocket?cf_protocol=protobuf", null, null, "protobuf"],
  [
    "/connection/websocket?format=protobuf&cf_protocol=json",
    null,
    null,
    "json",
  ],
  ["/connection/websocket?format=json", null, null, "json"],
  ["/connection/websocket?format=protobuf", JSON_NAME, JSON_NAME, "json"],
  ["/connection/websocket?format=protobuf", PROTOBUF, PROTOBUF, "protobuf"],
  ["/ws", `${PROTOBUF}, ${JSON_NAME}`, PROTOBUF, "protobuf"],
  ["/ws", `${PROTOBUF}, chat`, PROTOBUF, "protobuf"],
  ["/ws", `chat, ${PROTOBUF}`, "chat", "text"],
  ["/ws", PROTOBUF, PROTOBUF, "protobuf"],
  ["/ws?format=protobuf", null, null, "protobuf"],
  ["/ws", "superchat", null, "text"],
  ["/ws", null, null, "text"],
];

const CONNECT = { id: 1, connect: {} };

for (const [path, offer, chosen, speaker] of CASES) {
  Deno.test(`The offer ${JSON.stringify(offer)} at ${path} is answered ${chosen}, and then ${speaker} is spoken`, async () => {
    await using app = new AppServer();
    await using socket = await RawSocket.connect(`ws://${app.host}${path}`);
    const headers = { "sec-websocket-protocol": offer };
    const response = await socket.request({ headers });
    assertEquals(response.status, 101);
    assertEquals(response.headers.get("sec-websocket-protocol"), chosen);
    const isProtobuf = speaker === "protobuf";
    const text = speaker === "json" ? JSON.stringify(CONNECT) : "ping";
    await socket.writeFrame({
      opcode: isProtobuf ? 2 : 1,
      payload: isProtobuf ? new Uint8Array(commandFrame(CONNECT)) : text,
    });
    const frame = await socket.readFrame();
    assertEquals(frame?.opcode, isProtobuf ? 2 : 1);
    const got = new TextDecoder().decode(frame?.payload);
    switch (speaker) {
      case "json":
        return assertEquals(got.slice(0, 18), '{"id":1,"connect":');
      case "text":
        return assertEquals(got, "pong");
      case "protobuf": {
        const [reply] = readReplies(frame!.payload);
        return assertEquals(Object.keys(reply ?? {}), ["id", "connect"]);
      }
    }
  });
}
