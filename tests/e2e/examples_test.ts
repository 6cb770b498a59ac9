/** Each example runs as its first line says, and does what it promises. */

import {
  assert,
  assertEquals,
  assertLessOrEqual,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { killChild } from "../support/child.ts";
import { Chromium, CHROMIUM_NAMES } from "../support/chromium.ts";
import { deadline } from "../support/deadline.ts";
import { eventually } from "../support/eventually.ts";
import { requireTool } from "../support/requirements.ts";
import { codeOf, nextEvent, Sdk } from "../support/sdk.ts";
import { TextClient } from "../support/text_client.ts";

const chromium = requireTool(...CHROMIUM_NAMES);
const EXAMPLES = new URL("../../examples/", import.meta.url);

/** A running example; disposing of it ends its process. */
class Example implements AsyncDisposable {
  readonly host: string;
  readonly #child: Deno.ChildProcess;
  readonly #stderr: Promise<string>;

  private constructor(
    child: Deno.ChildProcess,
    host: string,
    stderr: Promise<string>,
  ) {
    this.#child = child;
    this.host = host;
    this.#stderr = stderr;
  }

  static async start(name: string): Promise<Example> {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["serve", "--host", "127.0.0.1", "--port", "0", `${name}.ts`],
      cwd: EXAMPLES,
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const [first, rest] = child.stderr.tee();
    const stderr = new Response(rest).text();
    const listening = firstMatch(first, /Listening on http:\/\/([\d.:]+)/);
    const host = await deadline(listening, { awaited: `${name} to listen` });
    return new Example(child, host, stderr);
  }

  client(): Promise<TextClient> {
    return TextClient.open(`ws://${this.host}`);
  }

  /** An SDK that says its name when it connects. */
  sdk(name: string | undefined): Sdk {
    const endpoint = `ws://${this.host}/connection/websocket`;
    return new Sdk([{ transport: "websocket", endpoint }], { data: name });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([killChild(this.#child), this.#stderr]);
  }
}

async function firstMatch(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  pattern: RegExp,
): Promise<string> {
  let text = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const match = pattern.exec(text)?.[1];
    if (match !== undefined) return match;
  }
  throw new Error(`Cannot find ${pattern} in: ${text}`);
}

for (const name of ["echo", "clock", "chat"]) {
  Deno.test(`The example ${name} has at most 32 lines and uses the hub's door alone`, async () => {
    const text = await Deno.readTextFile(new URL(`${name}.ts`, EXAMPLES));
    assertLessOrEqual(text.trimEnd().split("\n").length, 32);
    const imports = [...text.matchAll(/from "(.+)"/g)].map(([, from]) => from);
    assertEquals(imports, ["@thrum/thrum"]);
  });
}

Deno.test("The example policy has at most 52 lines, and uses Hono and the hub's door alone", async () => {
  const text = await Deno.readTextFile(new URL("policy.ts", EXAMPLES));
  assertLessOrEqual(text.trimEnd().split("\n").length, 52);
  const imports = [...text.matchAll(/from "(.+)"/g)].map(([, from]) => from);
  assertEquals(imports, ["hono", "@thrum/thrum", "@thrum/thrum/hono"]);
});

Deno.test("The example embed is the five lines of the README", async () => {
  const text = await Deno.readTextFile(new URL("embed.ts", EXAMPLES));
  const readme = await Deno.readTextFile(new URL("../README.md", EXAMPLES));
  const [, ...lines] = text.split("\n\n");
  assertStringIncludes(readme, `\`\`\`ts\n${lines.join("\n\n")}\`\`\``);
  assertEquals(text.split("\n").filter((line) => /^\w/.test(line)).length, 5);
});

Deno.test("The example embed has the hub and its page at its path", async () => {
  await using example = await Example.start("embed");
  const url = `ws://${example.host}/realtime/ws`;
  await using alice = await TextClient.open(`${url}?uid=alice`);
  alice.send("alice:hello");
  assertEquals(await alice.next(), "hello");
  const page = await fetch(`http://${example.host}/realtime`);
  assertStringIncludes(await page.text(), "<title>Thrum");
});

Deno.test("The example echo greets, and sends every message back", async () => {
  await using example = await Example.start("echo");
  await using client = await example.client();
  assertEquals(await client.next(), "Welcome to the WebSocket server!");
  client.send("hello: you");
  assertEquals(await client.next(), "Hello, you sent -> hello: you");
  client.send(new Uint8Array([0, 1, 255]));
  assertEquals(await client.next(), new Uint8Array([0, 1, 255]));
});

Deno.test("The example clock sends the date every second to whoever is there", async () => {
  await using example = await Example.start("clock");
  await using one = await example.client();
  await using two = await example.client();
  const dates = [await one.next(), await one.next()].map((frame) => {
    assertMatch(String(frame), /GMT/);
    return Date.parse(String(frame));
  });
  const [first = NaN, second = NaN] = dates;
  assert(second - first >= 1000 && second - first <= 2000, `${dates}`);
  assertMatch(String(await two.next()), /GMT/);
});

Deno.test("The example chat lets everybody hear what one says", async () => {
  await using example = await Example.start("chat");
  await using alice = await example.client();
  await using bob = await example.client();
  alice.send("hello");
  bob.send("hi");
  for (const client of [alice, bob]) {
    const heard = [await client.next(), await client.next()];
    assertEquals(heard.sort(), ["hello", "hi"]);
  }
});

Deno.test("The example policy lets in who has a name, and its rules hold", async () => {
  await using example = await Example.start("policy");
  using nobody = example.sdk(undefined);
  const refused = nextEvent<{ code: number }>(nobody.client, "disconnected");
  nobody.client.connect();
  assertEquals((await refused).code, 101);

  using alice = example.sdk("alice");
  const connected = nextEvent<{ data: unknown }>(alice.client, "connected");
  await alice.connect();
  assertEquals((await connected).data, { hello: "alice" });
  using bob = example.sdk("bob");
  await bob.connect();
  // Nobody misses who was never let in.
  using stranger = example.sdk(undefined);
  const turnedAway = nextEvent<{ code: number }>(
    stranger.client,
    "disconnected",
  );
  stranger.client.connect();
  assertEquals((await turnedAway).code, 101);

  const staff = await alice.subscribe("staff");
  const denied = bob.subscription("staff");
  const unsubscribed = nextEvent<{ code: number }>(denied.sub, "unsubscribed");
  denied.sub.subscribe();
  assertEquals((await unsubscribed).code, 103);

  await staff.sub.publish("HELLO");
  await staff.count(1);
  assertEquals(staff.data, ["hello"]);
  assertEquals(await codeOf(staff.sub.publish("")), 107);

  assertEquals((await bob.client.rpc("sum", [1, 2, 3])).data, 6);
  assertEquals(await codeOf(bob.client.rpc("none", [])), 104);

  bob.client.disconnect();
  await eventually(() => alice.publications.length > 0, {
    awaited: "word that bob has left",
  });
  const [{ channel, data } = {}] = alice.publications;
  assertEquals([channel, data], ["lobby", "bob has left"]);
});

Deno.test("The app of the example policy goes on with what is its own", async () => {
  await using example = await Example.start("policy");
  const response = await fetch(`http://${example.host}/`);
  assertEquals(await response.text(), "An app with a hub.\n");
});

Deno.test({
  name: "Two browser windows chat on the page of the example chat",
  ignore: chromium.missing,
  async fn() {
    await using example = await Example.start("chat");
    await using browser = await Chromium.launch();
    const [alice, bob] = [await browser.newPage(), await browser.newPage()];
    for (const page of [alice, bob]) {
      await page.goto(`http://${example.host}/`);
      await eventually(
        () => page.evaluate<boolean>("socket.readyState === WebSocket.OPEN"),
        { awaited: "an open socket" },
      );
    }
    await bob.locator("input").fill("hello from bob");
    await bob.locator("input").press("Enter");
    for (const page of [alice, bob]) {
      await page.getByText("hello from bob").waitFor();
    }
  },
});
