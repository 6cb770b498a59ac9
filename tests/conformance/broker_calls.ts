/** The broker's script: questions from node to node. */

import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import type { Check } from "./broker.ts";

/** Longer than any broker waits for an answer. */
const PATIENCE_MS = 5_000;

/** Registers the checks. */
export function testBrokerCalls(check: Check): void {
  check("a node answers its own question", async ({ subject }) => {
    const { broker } = subject;
    subject.onQuestion = (question) => ({ was: question });
    const question = { ask: ["é", 1, null, true] };
    assertEquals(await broker.call(broker.node, question), [{ was: question }]);
  });

  check("an answer may take a while", async ({ subject }) => {
    const { broker } = subject;
    subject.onQuestion = async (question) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return question;
    };
    assertEquals(await broker.call(broker.node, "?"), ["?"]);
  });

  check("a node that does not exist is left out", async (scene) => {
    const answers = scene.subject.broker.call("nobody", "?");
    await scene.passTime(PATIENCE_MS);
    assertEquals(await answers, []);
  }, { passMs: PATIENCE_MS });

  check("a rejection of an answer is the caller's", async ({ subject }) => {
    const { broker } = subject;
    subject.onQuestion = () => Promise.reject(new RangeError("not today"));
    await assertRejects(
      () => broker.call(broker.node, "?"),
      Error,
      "not today",
    );
    subject.onQuestion = () => {
      throw new RangeError("nor tomorrow");
    };
    await assertRejects(() => broker.call(broker.node, "?"), Error, "tomorrow");
  });

  check(
    "a question that has no answer is answered by nothing",
    async ({ subject }) => {
      const { broker } = subject;
      subject.onQuestion = () => undefined;
      assertEquals(await broker.call(broker.node, "?"), [undefined]);
    },
  );

  check("every node has a name of its own", async ({ members }) => {
    const names = members.map(({ broker }) => broker.node);
    assertEquals(new Set(names).size, names.length);
    for (const name of names) assertNotEquals(name, "");
    await Promise.resolve();
  }, { nodes: 3 });

  check("each node can ask each other one", async ({ members }) => {
    for (const { broker } of members) {
      for (const asked of members) {
        asked.onQuestion = (question) => `${question} ${asked.broker.node}`;
        const { node } = asked.broker;
        assertEquals(await broker.call(node, "?"), [`? ${node}`]);
      }
    }
  }, { nodes: 3 });

  check(
    "a question to all nodes is answered by each, the caller included",
    async ({ members }) => {
      for (const [index, member] of members.entries()) {
        member.onQuestion = (question) => `${question}${index}`;
      }
      for (const { broker } of members) {
        const answers = await broker.call(undefined, "?");
        assertEquals(answers.toSorted(), ["?0", "?1", "?2"]);
      }
    },
    { nodes: 3 },
  );

  check("a rejection comes from another node too", async ({ members }) => {
    const [first, second] = members;
    second!.onQuestion = () => Promise.reject(new Error("not today"));
    const { node } = second!.broker;
    await assertRejects(
      () => first!.broker.call(node, "?"),
      Error,
      "not today",
    );
    await assertRejects(
      () => first!.broker.call(undefined, "?"),
      Error,
      "not today",
    );
  }, { nodes: 2 });

  check("a node that does not answer is left out", async (scene) => {
    const [first, second, third] = scene.members;
    let asked = 0;
    const ask = (answer: unknown) => () => {
      asked++;
      return answer;
    };
    first!.onQuestion = ask("first");
    second!.onQuestion = ask(new Promise(() => {}));
    third!.onQuestion = ask("third");
    const answers = first!.broker.call(undefined, "?");
    while (asked < 3) await scene.passTime(5);
    await scene.passTime(PATIENCE_MS);
    assertEquals((await answers).toSorted(), ["first", "third"]);
    // At half the pace of others: the answers have to come in time on a busy machine.
  }, { nodes: 3, passMs: PATIENCE_MS / 2 });
}
