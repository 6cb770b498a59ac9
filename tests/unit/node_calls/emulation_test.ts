import { assertEquals } from "@std/assert";
import { emulate } from "../../../lib/node_calls/emulation.ts";
import { Scene } from "../../support/scene.ts";

const session = "00000000-0000-4000-8000-000000000000";

async function outcome(
  { node, data = "{}", ready = true, limit = 100 }: {
    readonly node?: string;
    readonly data?: string;
    readonly ready?: boolean;
    readonly limit?: number;
  },
): Promise<string> {
  const { hub } = new Scene({ limits: { maxMessageBytes: limit } });
  const asked: unknown[] = [];
  const broker = Object.create(hub.broker, {
    ready: { get: () => ready },
    call: {
      value: (node: string, question: unknown) => {
        asked.push(question);
        if (!ready && node !== hub.broker.node) {
          throw new Error("the broker is away");
        }
        return hub.broker.call(node, question);
      },
    },
  });
  const body = JSON.stringify({
    session,
    node: node ?? hub.broker.node,
    data,
  });
  const { limits, log } = hub;
  const emulated = await emulate({ broker, limits, log }, body);
  await hub.close();
  return asked.length > 0 ? `asked, ${emulated}` : emulated;
}

Deno.test("Commands are as long as their bytes, not their characters", async () => {
  const longest = "é".repeat(50);
  assertEquals(await outcome({ data: longest }), "asked, taken");
  assertEquals(await outcome({ data: `${longest}e` }), "tooLong");
  assertEquals(await outcome({ data: "é".repeat(99) }), "tooLong");
});

Deno.test("While the broker is away another node is not said to be no more, and this one is reached", async () => {
  const node = "another";
  assertEquals(await outcome({ node }), "asked, noNode");
  assertEquals(await outcome({ node, ready: false }), "asked, unavailable");
  assertEquals(await outcome({ ready: false }), "asked, taken");
});
