/** Options of a client of a program without types, and a runtime without WebSockets. */

import { assertEquals, assertThrows } from "@std/assert";
import { httpSocket, TextClient } from "../../../lib/client/mod.ts";
import { Scene } from "./scene.ts";

const URL = "ws://hub.test/ws";

function refusalOf(call: () => unknown): string {
  return assertThrows(call, TypeError).message;
}

Deno.test("A misspelt option of a client is refused", () => {
  assertEquals(
    refusalOf(() => new TextClient(URL, { onmesage() {} } as never)),
    "Cannot make a client with onmesage, no such option: did you mean onMessage?",
  );
  assertEquals(
    refusalOf(() => httpSocket("sse", { silencMs: 5 } as never)),
    "Cannot connect over HTTP with silencMs, no such option: did you mean silenceMs?",
  );
});

Deno.test("A transport that does not exist is refused", () => {
  assertEquals(
    refusalOf(() => httpSocket("ws" as never)),
    'Cannot connect by the transport "ws": expected one of sse, poll',
  );
});

for (const token of [undefined, "a.b.c"]) {
  Deno.test(`A client ${token ? "with" : "without"} a token says at once that there is no WebSocket`, () => {
    const options = { uid: "alice", token, WebSocket: null as never };
    const client = new TextClient(URL, options);
    assertEquals(
      refusalOf(() => client.connect()),
      "Cannot connect without a global WebSocket, which Node has from version 22 on: " +
        "expected the option WebSocket, such as that of the package ws",
    );
    assertEquals(client.active, false);
  });
}

Deno.test("An option of a client that is undefined counts as left out", () => {
  using scene = new Scene({ maxQueuedFrames: undefined });
  scene.client.connect();
  for (let sent = 0; sent < 101; sent++) scene.client.send("all:hello");
  assertEquals(scene.client.queuedFrames, 100);
});
