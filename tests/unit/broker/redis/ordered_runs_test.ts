import { assertEquals } from "@std/assert";
import { OrderedRuns } from "../../../../lib/broker/redis/ordered_runs.ts";

interface Call {
  readonly text: string;
  readonly order?: readonly string[];
}

/** Runs whose server refuses texts as long as the test says. */
class Scene {
  readonly sent: string[] = [];
  readonly refused = new Set<string>();
  pauses = 0;
  #endPause = Promise.withResolvers<void>();
  readonly runs = new OrderedRuns<Call>({
    send: async ({ text }) => {
      this.sent.push(text);
      await Promise.resolve();
      if (this.refused.has(text)) throw new Error("TRYAGAIN");
      if (text.includes("!")) throw new Error("ERR");
      return text;
    },
    isRefused: (error) => String(error).includes("TRYAGAIN"),
    pause: () => {
      this.pauses++;
      return this.#endPause.promise;
    },
  });

  run(text: string, ...order: string[]): Promise<unknown> {
    return this.runs.run({ text, order }).catch(({ message }) => message);
  }

  async resume(): Promise<void> {
    this.#endPause.resolve();
    this.#endPause = Promise.withResolvers<void>();
    await settle();
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
}

Deno.test("A refused call is sent again after each pause, and later ones wait for it", async () => {
  const scene = new Scene();
  scene.refused.add("a");
  const ran = [scene.run("a", "x")];
  await settle();
  ran.push(scene.run("b", "x"), scene.run("c", "y"));
  await scene.resume();
  await scene.resume();
  assertEquals(scene.sent, ["a", "a", "a"]);
  scene.refused.clear();
  await scene.resume();
  assertEquals(await Promise.all(ran), ["a", "b", "c"]);
  assertEquals(scene.sent, ["a", "a", "a", "a", "b", "c"]);
  assertEquals(scene.pauses, 3);
});

Deno.test("A refused call that a later one has overtaken is rejected, and the rest goes on", async () => {
  const scene = new Scene();
  scene.refused.add("a");
  const ran = ["a", "b"].map((text) => scene.run(text, "x"));
  await settle();
  const late =
    "Cannot run a script: Redis refused it at first and has already run a later one";
  assertEquals(await Promise.all(ran), [late, "b"]);
  assertEquals(await scene.run("c", "x"), "c");
  assertEquals(scene.pauses, 0);
  await scene.runs.answered();
});

Deno.test("A call that fails for good is not sent again, and holds nothing up", async () => {
  const scene = new Scene();
  assertEquals(await scene.run("a!", "x"), "ERR");
  assertEquals(await scene.run("b", "x"), "b");
  assertEquals(scene.sent, ["a!", "b"]);
});

Deno.test("All is answered once the refused calls are, and those that waited for them", async () => {
  const scene = new Scene();
  scene.refused.add("a");
  const ran = [scene.run("a")];
  await settle();
  ran.push(scene.run("b"));
  let isAnswered = false;
  const answered = scene.runs.answered().then(() => isAnswered = true);
  await scene.resume();
  assertEquals(isAnswered, false);
  scene.refused.clear();
  await scene.resume();
  await answered;
  assertEquals(await Promise.all(ran), ["a", "b"]);
});
