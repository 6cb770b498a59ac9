/** The way of a message from its publisher's frame to its subscribers' transports is short. */

import { assertEquals, assertLessOrEqual } from "@std/assert";
import { Channel } from "../../../lib/hub/channel.ts";
import { Scene, type SceneClient } from "../../support/scene.ts";
import { SdkClient } from "../../support/sdk_client.ts";

/** Functions between a frame and a transport: raise these only for a step that does something. */
const MAX_TEXT_FRAMES = 13;
const MAX_SDK_FRAMES = 15;

/** Functions on the stack of each call of `name`, from the one above `below` up to that. */
async function stacksOf<Name extends string>(
  target: { [Key in Name]: (...args: never[]) => unknown },
  name: Name,
  { below, run }: { readonly below: string; readonly run: () => void },
): Promise<string[][]> {
  const stacks: string[][] = [];
  const original = target[name];
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 200;
  target[name] = function (this: unknown, ...args: never[]) {
    const lines = (new Error().stack ?? "").split("\n").slice(1);
    const end = lines.findIndex((line) => line.includes(below));
    stacks.push(lines.slice(0, end + 1).map((line) => line.trim()));
    return original.apply(this, args);
  };
  try {
    run();
    await Promise.resolve();
  } finally {
    target[name] = original;
    Error.stackTraceLimit = limit;
  }
  return stacks;
}

Deno.test(`A text publication takes at most ${MAX_TEXT_FRAMES} functions from the frame to the transport`, async () => {
  const scene = new Scene();
  const { connection, transport }: SceneClient = scene.connect("alice");
  connection.receive("+#news");
  await scene.settle();
  transport.take();
  const stacks = await stacksOf(transport, "send", {
    below: "Connection.receive",
    run: () => connection.receive("#news:hello"),
  });
  assertEquals(transport.take(), ["#news:hello"]);
  assertEquals(stacks.length, 1);
  const [stack = []] = stacks;
  assertEquals(stack.at(-1)?.includes("Connection.receive"), true);
  assertLessOrEqual(stack.length, MAX_TEXT_FRAMES, stack.join("\n"));
});

Deno.test(`An SDK's publication takes at most ${MAX_SDK_FRAMES} functions, where the turn of the event loop in between counts as none`, async () => {
  const scene = new Scene();
  const client = await SdkClient.connect(scene);
  await client.ask({ id: 2, subscribe: { channel: "news" } });
  const channel = scene.hub.channels.get("news")!;
  assertEquals(channel instanceof Channel, true);
  const [collecting = []] = await stacksOf(channel, "deliver", {
    below: "Connection.receive",
    run: () => client.send({ id: 3, publish: { channel: "news", data: 1 } }),
  });
  const { transport } = client;
  transport.take();
  const [sending = []] = await stacksOf(transport, "send", {
    below: "#turn",
    run: () => scene.clock.advance(1),
  });
  assertEquals(transport.sent.length, 1);
  assertEquals(collecting.at(-1)?.includes("Connection.receive"), true);
  assertEquals(sending.at(-1)?.includes("#turn"), true);
  const path = [...sending, ...collecting];
  assertLessOrEqual(path.length, MAX_SDK_FRAMES, path.join("\n"));
});
