/** Asks every node, and checks what each answers. */

import type * as v from "valibot";
import type { Question } from "../control/questions.ts";
import type { Hub } from "../hub.ts";
import { parseJson } from "../json.ts";

/**
 * Resolves with the answers of all nodes.
 *
 * @throws {TypeError} If one makes no sense, as of a node that is newer.
 */
export async function askAll<Schema extends v.GenericSchema>(
  hub: Hub,
  question: Question,
  schema: Schema,
): Promise<v.InferOutput<Schema>[]> {
  const answers = await hub.broker.call(undefined, question);
  return answers.map((answer) => {
    const parsed = parseJson(schema, answer);
    if (parsed.ok) return parsed.value;
    throw new TypeError(
      `Cannot read a node's answer: ${parsed.problems.join("; ")}`,
    );
  });
}
