/** One frame of commands with long answers once filled the memory of the server, which ended of it. */

import { assertEquals, assertLess } from "@std/assert";
import { processRssBytes } from "../../bench/process_stat.ts";
import { API_KEY, callApi } from "../routes/api_server.ts";
import { OPCODE } from "../support/frame.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { TestServer } from "../support/server.ts";
import { TextClient } from "../support/text_client.ts";

const PUBLICATIONS = 100;
const PUBLICATION_BYTES = 60_000;
/** Without a bound, the answers to them would come to 3 GB. */
const COMMANDS = 500;
const MAX_MEMORY_BYTES = 400_000_000;
const ENV = { INSECURE_ANONYMOUS_ALL: "true", API_KEY };

async function startWithHistory(): Promise<TestServer> {
  const server = await TestServer.start({ env: ENV });
  const data = "x".repeat(PUBLICATION_BYTES);
  for (let count = 0; count < PUBLICATIONS; count++) {
    await callApi(server, "publish", { channel: "long", data });
  }
  return server;
}

/** `connect`, and so many times the history of the channel, a line each. */
function greedy(count: number, limit: number): string {
  const history = { channel: "long", limit };
  return [
    { id: 1, connect: {} },
    ...Array.from({ length: count }, (_, id) => ({ id: id + 2, history })),
  ].map((command) => JSON.stringify(command)).join("\n");
}

async function healthMs(server: TestServer): Promise<number> {
  const from = performance.now();
  const response = await fetch(`${server.url}/healthz`);
  assertEquals(response.status, 200);
  await response.body?.cancel();
  return performance.now() - from;
}

Deno.test("Who asks for more than it reads costs the server neither its memory nor its time", async () => {
  await using server = await startWithHistory();
  const url = `${server.url}/connection/websocket`;
  await using socket = await RawSocket.open(url);
  const payload = greedy(COMMANDS, -1);
  await socket.writeFrame({ opcode: OPCODE.text, payload });
  for (let count = 0; count < 20; count++) {
    assertLess(await healthMs(server), 3_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assertLess(processRssBytes(server.pid), MAX_MEMORY_BYTES);
});

Deno.test("Who reads gets every answer, however many there are, and what others say meanwhile", async () => {
  const count = 100;
  await using server = await startWithHistory();
  const url = `${server.wsUrl}/connection/websocket`;
  await using reader = await TextClient.open(url, { timeoutMs: 20_000 });
  const subscribe = '{"id":1000,"subscribe":{"channel":"short"}}\n';
  reader.send(greedy(count, 5).replace("\n", `\n${subscribe}`));
  const ids: unknown[] = [];
  let heard = 0;
  while (ids.length < count + 2) {
    await callApi(server, "publish", { channel: "short", data: 1 });
    for (const line of String(await reader.next()).split("\n")) {
      const { id, push } = JSON.parse(line);
      if (id !== undefined) ids.push(id);
      else if (push !== undefined) heard++;
    }
  }
  const histories = Array.from({ length: count }, (_, index) => index + 2);
  assertEquals(ids, [1, 1000, ...histories]);
  assertLess(0, heard);
});
