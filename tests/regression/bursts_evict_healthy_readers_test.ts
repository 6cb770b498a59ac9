/** Bursts once closed every healthy reader as slow: its unsent bytes were judged before the event loop had turned. */

import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { TestServer } from "../support/server.ts";
import { TextClient } from "../support/text_client.ts";
import { API_KEY, callApi } from "../routes/api_server.ts";

const READERS = 3;
const ENV = { INSECURE_ANONYMOUS_ALL: "true", API_KEY };

function start(env: Record<string, string> = {}): Promise<TestServer> {
  return TestServer.start({ env: { ...ENV, ...env } });
}

function open(server: TestServer, uid: string): Promise<TextClient> {
  return TextClient.open(`${server.wsUrl}/ws?uid=${uid}`, {
    timeoutMs: 20_000,
  });
}

/** Text clients that are subscribed to `channels`. */
async function readers(
  server: TestServer,
  channels: readonly string[],
  stack: AsyncDisposableStack,
): Promise<TextClient[]> {
  const clients: TextClient[] = [];
  for (let index = 0; index < READERS; index++) {
    const client = stack.use(await open(server, `reader${index}`));
    for (const channel of channels) {
      client.send(`+#${channel}`);
      assertEquals(await client.next(), `+#${channel}`);
    }
    clients.push(client);
  }
  return clients;
}

for (
  const [name, count, bytes] of [
    ["20 messages of 60 kB", 20, 60_000],
    ["100 messages of 60 kB", 100, 60_000],
    ["5 000 messages of 300 bytes", 5_000, 300],
    ["20 000 messages of 100 bytes", 20_000, 100],
  ] as const
) {
  Deno.test(`${name} back to back reach every reader in order, and the publisher stays`, async () => {
    await using server = await start();
    await using stack = new AsyncDisposableStack();
    const clients = await readers(server, ["news"], stack);
    const publisher = stack.use(await open(server, "publisher"));
    const text = (index: number) => `${index} ${"x".repeat(bytes)}`;
    for (let index = 0; index < count; index++) {
      publisher.send(`#news:${text(index)}`);
    }
    for (const client of clients) {
      for (let index = 0; index < count; index++) {
        assert(await client.next() === `#news:${text(index)}`, `${index}`);
      }
    }
    publisher.send("ping");
    assertEquals(await publisher.next(), "pong");
  });
}

Deno.test("A broadcast of 60 kB to 20 channels reaches the client that reads them all", async () => {
  await using server = await start();
  await using stack = new AsyncDisposableStack();
  const channels = Array.from({ length: 20 }, (_, index) => `c${index}`);
  const clients = await readers(server, channels, stack);
  const data = "x".repeat(60_000);
  await callApi(server, "broadcast", { channels, data });
  for (const client of clients) {
    for (const channel of channels) {
      assert(await client.next() === `#${channel}:${data}`, channel);
    }
  }
});

Deno.test("A large recovery followed at once by publications leaves the client connected", async () => {
  await using server = await start();
  const data = "x".repeat(60_000);
  for (let count = 0; count < 100; count++) {
    await callApi(server, "publish", { channel: "long", data });
  }
  const history = { channel: "long", limit: 0 };
  const { text } = await callApi(server, "history", history);
  const { result: { epoch } } = JSON.parse(text);
  await using client = await TextClient.open(
    `${server.wsUrl}/connection/websocket`,
    { timeoutMs: 20_000 },
  );
  const position = { recover: true, offset: 0, epoch };
  client.send('{"id":1,"connect":{}}');
  client.send(JSON.stringify({
    id: 2,
    subscribe: { channel: "long", ...position },
  }));
  for (let id = 3; id < 8; id++) {
    const publish = { channel: "long", data: id };
    client.send(JSON.stringify({ id, publish }));
  }
  const offsets: number[] = [];
  while (offsets.at(-1) !== 105) {
    for (const line of String(await client.next()).split("\n")) {
      const { subscribe, push } = JSON.parse(line);
      if (subscribe !== undefined) assert(subscribe.recovered);
      const publications = [subscribe?.publications, push?.pub].flat();
      offsets.push(...publications.flatMap((pub) => pub?.offset ?? []));
    }
  }
  assertEquals(offsets, Array.from({ length: 105 }, (_, index) => index + 1));
});

for (const path of ["sse?channel=news", "sse?channel=news&channel=other"]) {
  Deno.test(`A burst reaches the reader of /${path} whole`, async () => {
    const count = 100;
    await using server = await start();
    const response = await fetch(`${server.url}/${path}`);
    const reading = (async () => {
      const offsets: number[] = [];
      assert(response.body);
      let rest = "";
      const text = response.body.pipeThrough(new TextDecoderStream());
      for await (const chunk of text) {
        const blocks = (rest + chunk).split("\n\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) {
          const [, json] = /^data: (.*)$/m.exec(block) ?? [];
          if (json !== undefined) offsets.push(JSON.parse(json).offset);
        }
        if (offsets.length >= count) return offsets;
      }
      return offsets;
    })();
    const publish = { channel: "news", data: "x".repeat(30_000) };
    const commands = Array.from({ length: 20 }, () => ({ publish }));
    const batches = Array.from(
      { length: count / 20 },
      () => callApi(server, "batch", { commands }),
    );
    for (const { status } of await Promise.all(batches)) {
      assertEquals(status, 200);
    }
    assertEquals(
      await reading,
      Array.from({ length: count }, (_, index) => index + 1),
    );
  });
}

Deno.test("A message longer than may be buffered is a mistake in the settings", async () => {
  const problem = "MAX_BUFFERED_BYTES";
  const error = await assertRejects(() =>
    start({ MAX_MESSAGE_BYTES: "2000000" }).then((server) =>
      server[Symbol.asyncDispose]()
    )
  );
  assertStringIncludes(String(error), problem);
});
