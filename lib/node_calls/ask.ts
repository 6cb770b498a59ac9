/** Asks every node, and checks what each answers. */

import type * as v from "valibot";
import type { NodeCall } from "./node_call.ts";
import type { Hub } from "../hub/hub.ts";
import { parseJson } from "../base/json.ts";

/**
 * Resolves with the answers of all nodes.
 *
 * @throws {TypeError} If one makes no sense, as of a node that is newer.
 */
export async function askAll<Schema extends v.GenericSchema>(
  hub: Hub,
  question: NodeCall,
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
