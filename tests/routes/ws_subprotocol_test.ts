/** Subprotocols of the handshake: chosen from what the client offers, never echoed. */

import { assertEquals } from "@std/assert";
import { RawSocket } from "../support/raw_socket.ts";
import { TextClient } from "../support/text_client.ts";
import { AppServer } from "./app_server.ts";

const CHOICES = {
  "chat": "chat",
  "chat, superchat": "chat",
  "superchat, chat": "chat",
  "superchat,chat": "chat",
  "superchat , chat ,x": "chat",
  "chat, chat": "chat",
  "superchat": null,
  "CHAT": null,
  "chatter": null,
  "superchat;chat": null,
};

for (const [offered, chosen] of Object.entries(CHOICES)) {
  const choice = chosen === null ? "no subprotocol" : `"${chosen}"`;
  Deno.test(`Of the offer "${offered}" the server chooses ${choice}`, async () => {
    await using app = new AppServer();
    await using socket = await RawSocket.connect(app.wsUrl);
    const { status, headers } = await socket.request({
      headers: { "sec-websocket-protocol": offered },
    });
    assertEquals(status, 101);
    assertEquals(headers.get("sec-websocket-protocol"), chosen);
    await socket.writeFrame({ opcode: 1, payload: "100:haha" });
    const frame = await socket.readFrame();
    assertEquals(new TextDecoder().decode(frame?.payload), "haha");
  });
}

Deno.test("A client library finds the subprotocol that it offered", async () => {
  await using app = new AppServer();
  await using client = await TextClient.open(app.wsUrl, ["superchat", "chat"]);
  assertEquals(client.protocol, "chat");
});
