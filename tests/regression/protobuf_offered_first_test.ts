/** An SDK that offered protobuf before JSON got 400, and tried for ever. */

import { assertEquals } from "@std/assert";
import { AppServer } from "../routes/app_server.ts";
import { parseClose } from "../support/frame.ts";
import { RawSocket } from "../support/raw_socket.ts";

const JSON_NAME = "centrifuge-json";
const PROTOBUF = "centrifuge-protobuf";
const REFUSED = 3506;

/** Path, offer, the subprotocol that is chosen, and who answers: SDK, text, or a close. */
const CASES: readonly (readonly [
  string,
  string | null,
  string | null,
  "sdk" | "text" | typeof REFUSED,
])[] = [
  ["/connection/websocket", null, null, "sdk"],
  ["/connection/websocket", JSON_NAME, JSON_NAME, "sdk"],
  ["/connection/websocket", `${PROTOBUF}, ${JSON_NAME}`, JSON_NAME, "sdk"],
  ["/connection/websocket", `${JSON_NAME}, ${PROTOBUF}`, JSON_NAME, "sdk"],
  ["/connection/websocket", `${PROTOBUF},${JSON_NAME}`, JSON_NAME, "sdk"],
  [
    "/connection/websocket",
    ` ${PROTOBUF} ,\t${JSON_NAME} ,,`,
    JSON_NAME,
    "sdk",
  ],
  ["/connection/websocket", PROTOBUF, PROTOBUF, REFUSED],
  ["/connection/websocket", `x, ${PROTOBUF}`, PROTOBUF, REFUSED],
  ["/connection/websocket", "superchat", null, "sdk"],
  ["/connection/websocket", "CENTRIFUGE-JSON", null, "sdk"],
  ["/connection/websocket?format=protobuf", null, null, REFUSED],
  ["/connection/websocket?cf_protocol=protobuf", null, null, REFUSED],
  ["/connection/websocket?format=json", null, null, "sdk"],
  ["/connection/websocket?format=protobuf", JSON_NAME, JSON_NAME, "sdk"],
  ["/connection/websocket?format=protobuf", PROTOBUF, PROTOBUF, REFUSED],
  ["/ws", `${PROTOBUF}, ${JSON_NAME}`, JSON_NAME, "sdk"],
  ["/ws", `${PROTOBUF}, chat`, "chat", "text"],
  ["/ws", `chat, ${JSON_NAME}`, "chat", "text"],
  ["/ws", PROTOBUF, PROTOBUF, REFUSED],
  ["/ws", "superchat", null, "text"],
  ["/ws", null, null, "text"],
];

for (const [path, offer, chosen, speaker] of CASES) {
  Deno.test(`The offer ${JSON.stringify(offer)} at ${path} is answered ${chosen}, and then by ${speaker}`, async () => {
    await using app = new AppServer();
    await using socket = await RawSocket.connect(`ws://${app.host}${path}`);
    const headers = { "sec-websocket-protocol": offer };
    const response = await socket.request({ headers });
    assertEquals(response.status, 101);
    assertEquals(response.headers.get("sec-websocket-protocol"), chosen);
    if (speaker !== REFUSED) {
      const payload = speaker === "sdk" ? '{"id":1,"connect":{}}' : "ping";
      await socket.writeFrame({ opcode: 1, payload });
    }
    const frame = await socket.readFrame();
    const text = new TextDecoder().decode(frame?.payload);
    switch (speaker) {
      case "sdk":
        return assertEquals(text.slice(0, 18), '{"id":1,"connect":');
      case "text":
        return assertEquals(text, "pong");
      case REFUSED:
        assertEquals(frame?.opcode, 8);
        return assertEquals(parseClose(frame!.payload), {
          code: REFUSED,
          reason: "inappropriate protocol",
        });
    }
  });
}
