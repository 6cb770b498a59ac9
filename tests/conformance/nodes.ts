/** What clients must see wherever they land: each way to run several nodes passes this script. */

import { assert, assertEquals } from "@std/assert";
import { callApi } from "../routes/api_server.ts";
import { eventually } from "../support/eventually.ts";
import { JsonClient, type Line } from "../support/json_client.ts";
import { TextClient } from "../support/text_client.ts";

/** Nodes that share a broker; each lets anybody in and has the key of the tests. */
export interface Nodes extends AsyncDisposable {
  /** Where each node answers HTTP, without a trailing slash; three of them. */
  readonly urls: readonly [string, string, string];
}

function wsUrl(url: string): string {
  return url.replace(/^http/, "ws");
}

/** Connects the text protocol to a node; whoever has an answer can be reached. */
async function talk(url: string, uid: string): Promise<TextClient> {
  const client = await TextClient.open(`${wsUrl(url)}/ws?uid=${uid}`);
  client.send("ping");
  assertEquals(await client.next(), "pong");
  return client;
}

function asLine(value: unknown): Line {
  assert(typeof value === "object" && value !== null);
  return { ...value };
}

async function api(url: string, method: string, body: Line): Promise<Line> {
  const { status, text } = await callApi({ url }, method, body);
  assertEquals(status, 200, text);
  return asLine(asLine(JSON.parse(text)).result);
}

/** Registers the script for the nodes that `start` starts. */
export function testNodes(
  name: string,
  { start, ignore }: { start: () => Promise<Nodes>; ignore?: boolean },
): void {
  const check = (sentence: string, run: (nodes: Nodes) => Promise<void>) => {
    Deno.test({
      name: `${name}: ${sentence}`,
      ignore,
      async fn() {
        await using nodes = await start();
        for (const url of nodes.urls) {
          await eventually(async () => {
            const { ok, body } = await fetch(`${url}/readyz`);
            await body?.cancel();
            return ok;
          }, { awaited: `${url} to be ready` });
        }
        await run(nodes);
      },
    });
  };
  testMessages(check);
  testChannels(check);
  testControl(check);
}

type Check = (sentence: string, run: (nodes: Nodes) => Promise<void>) => void;

function testMessages(check: Check): void {
  check(
    "a direct message reaches every connection of a uid, on every node",
    async ({ urls: [a, b, c] }) => {
      await using alice = await talk(a, "alice");
      await using phone = await talk(b, "bob");
      await using laptop = await talk(c, "bob");
      alice.send("bob:hi");
      assertEquals([await phone.next(), await laptop.next()], ["hi", "hi"]);
      alice.send("carol:hi");
      const answer = 'error:404 no client is connected as "carol"';
      assertEquals(await alice.next(), answer);
    },
  );

  check("a broadcast reaches everybody", async ({ urls }) => {
    await using stack = new AsyncDisposableStack();
    const clients = await Promise.all(
      urls.map((url, index) => talk(url, `u${index}`)),
    );
    for (const client of clients) stack.use(client);
    clients[1]!.send("all:hello");
    for (const client of clients) assertEquals(await client.next(), "hello");
  });
}

function testChannels(check: Check): void {
  check(
    "subscribers of all nodes see publications of all nodes in one order",
    async ({ urls }) => {
      await using stack = new AsyncDisposableStack();
      const clients = await Promise.all(
        urls.map((url, index) => talk(url, `u${index}`)),
      );
      for (const client of clients) stack.use(client).send("+#room");
      for (const client of clients) assertEquals(await client.next(), "+#room");
      for (let round = 0; round < 50; round++) {
        for (const [index, client] of clients.entries()) {
          client.send(`#room:${index}-${round}`);
        }
      }
      const seen = await Promise.all(clients.map(async (client) => {
        const frames = [];
        while (frames.length < 150) frames.push(await client.next());
        return frames;
      }));
      assertEquals(new Set(seen[0]).size, 150);
      assertEquals(seen[1], seen[0]);
      assertEquals(seen[2], seen[0]);
    },
  );

  check(
    "a client that was cut off recovers on another node",
    async ({ urls: [a, b, c] }) => {
      const channel = "news";
      await using first = await JsonClient.connect(wsUrl(a));
      const { subscribe } = await first.ask({ subscribe: { channel } });
      const { epoch } = asLine(subscribe);
      await using publisher = await JsonClient.connect(wsUrl(c));
      for (const data of [1, 2, 3]) {
        await publisher.ask({ publish: { channel, data } });
      }
      assertEquals(await first.nextData(), 1);
      await using second = await JsonClient.connect(wsUrl(b));
      const before = await second.ask({ history: { channel, limit: -1 } });
      const kept = asLine(before.history).publications;
      assert(Array.isArray(kept));
      const [{ offset }] = kept;
      const reply = await second.ask({
        subscribe: { channel, recover: true, offset, epoch },
      });
      const recovered = asLine(reply.subscribe);
      assertEquals(recovered.recovered, true);
      const publications = recovered.publications;
      assert(Array.isArray(publications));
      assertEquals(publications.map(({ data }) => data), [2, 3]);
      const { history } = await second.ask({ history: { channel, limit: -1 } });
      assertEquals(asLine(history).offset, kept.at(-1).offset);
    },
  );

  check(
    "presence knows the clients of all nodes, and forgets who leaves at once",
    async ({ urls: [a, b, c] }) => {
      const channel = "room";
      await using watcher = await JsonClient.connect(wsUrl(c));
      const count = async () => {
        const reply = await watcher.ask({ presence_stats: { channel } });
        return asLine(reply.presence_stats).num_clients ?? 0;
      };
      {
        await using one = await JsonClient.connect(wsUrl(a));
        await using two = await JsonClient.connect(wsUrl(b));
        for (const client of [one, two]) {
          await client.ask({ subscribe: { channel } });
        }
        assertEquals(await count(), 2);
      }
      await eventually(async () => await count() === 0, {
        awaited: "an empty room",
      });
    },
  );
}

/** The name of the node that answers at `url`. */
async function nodeAt(url: string): Promise<unknown> {
  const stream = await fetch(`${url}/connection/http_stream`, {
    method: "POST",
    // The second line ends the stream.
    body: '{"id":1,"connect":{}}\nend',
  });
  const [line = ""] = (await stream.text()).split("\n");
  return asLine(asLine(JSON.parse(line)).connect).node;
}

function testControl(check: Check): void {
  check("each of them is a node of its own", async ({ urls }) => {
    const names = await Promise.all(urls.map(nodeAt));
    assertEquals(new Set(names).size, urls.length);
  });

  check(
    "the server API acts on clients of every node, whichever it is asked at",
    async ({ urls: [a, b, c] }) => {
      await using alice = await talk(a, "alice");
      alice.send("+#room");
      assertEquals(await alice.next(), "+#room");
      await api(b, "publish", { channel: "room", data: "hello" });
      assertEquals(await alice.next(), "#room:hello");
      const { channels } = await api(c, "channels", {});
      assertEquals(asLine(channels).room, { num_clients: 1 });
      const { nodes } = await api(b, "info", {});
      assert(Array.isArray(nodes));
      assertEquals(nodes.length, 3);
      await api(c, "disconnect", { user: "alice" });
      assertEquals((await alice.closed).code, 3503);
    },
  );

  check(
    "what an SDK sends by HTTP is led to the node that holds its stream",
    async ({ urls: [a, b] }) => {
      const stream = await fetch(`${a}/connection/http_stream`, {
        method: "POST",
        body: '{"id":1,"connect":{}}',
      });
      const lines = stream.body!.pipeThrough(new TextDecoderStream())
        .getReader();
      try {
        const { value = "" } = await lines.read();
        const { session, node } = asLine(asLine(JSON.parse(value)).connect);
        const data = '{"id":2,"subscribe":{"channel":"room"}}';
        const answer = await fetch(`${b}/emulation`, {
          method: "POST",
          body: JSON.stringify({ session, node, data }),
        });
        assertEquals(answer.status, 204);
        const { value: reply = "" } = await lines.read();
        assertEquals(asLine(JSON.parse(reply.split("\n")[0]!)).id, 2);
      } finally {
        await lines.cancel();
      }
    },
  );
}
