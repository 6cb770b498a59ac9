import { assertEquals } from "@std/assert";
import { TrafficTable } from "../../../lib/hub/traffic.ts";
import { centrifugeProtocol } from "../../../lib/protocol/centrifuge.ts";
import { FeedFrame } from "../../../lib/protocol/events.ts";
import { feedProtocol } from "../../../lib/protocol/feed.ts";
import {
  textProtocol,
  textProtocolWithSender,
} from "../../../lib/protocol/text.ts";
import { Scene } from "../../support/scene.ts";

Deno.test("Connections of one protocol and transport share their counters, and a transport without a kind is a WebSocket", () => {
  const table = new TrafficTable();
  const text = table.find(textProtocol);
  assertEquals([text.protocol, text.transport], ["chat", "websocket"]);
  assertEquals(table.find(textProtocolWithSender, "websocket") === text, true);
  assertEquals(table.find(textProtocol, "sse") === text, false);
  assertEquals(table.all.length, 2);
});

Deno.test("A frame counts for each recipient with its messages and bytes, and one that joins messages as joined", () => {
  const traffic = new TrafficTable().find(centrifugeProtocol);
  const joined = '{"id":1}\n{"id":2}\n{}';
  for (const frame of [joined, joined, "{}", joined]) traffic.sent(frame);
  const { framesSent, messagesSent, joinedFramesSent, bytesSent } = traffic;
  assertEquals({ framesSent, messagesSent, joinedFramesSent, bytesSent }, {
    framesSent: 4,
    messagesSent: 10,
    joinedFramesSent: 3,
    bytesSent: 3 * joined.length + 2,
  });
});

Deno.test("A line end of the text protocol begins no message, and bytes count as bytes", () => {
  const traffic = new TrafficTable().find(textProtocol);
  traffic.sent("one\ntwo");
  traffic.sent(new ArrayBuffer(5));
  assertEquals([traffic.messagesSent, traffic.joinedFramesSent], [2, 0]);
  assertEquals(traffic.bytesSent, 12);
});

Deno.test("A frame of a feed has as many messages as events", () => {
  const traffic = new TrafficTable().find(feedProtocol, "sse");
  traffic.sent(new FeedFrame([{ type: "ping" }, { type: "ping" }]));
  assertEquals([traffic.messagesSent, traffic.joinedFramesSent], [2, 1]);
});

Deno.test("What clients send and get is counted, and a connection as long as it is open", async () => {
  const scene = new Scene();
  const traffic = scene.hub.counters.traffic.find(textProtocol);
  const { connection } = scene.connect("alice");
  connection.receive("+#room");
  connection.receive("#room:hello");
  await scene.settle();
  assertEquals([traffic.connections, traffic.opened], [1, 1]);
  assertEquals([traffic.framesReceived, traffic.messagesReceived], [2, 2]);
  assertEquals(traffic.bytesReceived, "+#room#room:hello".length);
  assertEquals([traffic.framesSent, traffic.messagesSent], [2, 2]);
  assertEquals(traffic.bytesSent, "+#room#room:hello".length);
  connection.ended();
  assertEquals([traffic.connections, traffic.opened], [0, 1]);
});
