/** Call of every node, with a check of each answer. */

import type * as v from "valibot";
import type { NodeCall } from "./node_call.ts";
import type { Hub } from "../hub/hub.ts";
import { parseJson } from "../base/json.ts";

/**
 * Calls all nodes, and resolves with their answers.
 *
 * @throws {TypeError} If an answer is invalid, such as that of a newer node.
 */
export async function askAll<Schema extends v.GenericSchema>(
  hub: Hub,
  call: NodeCall,
  schema: Schema,
): Promise<v.InferOutput<Schema>[]> {
  const answers = await hub.broker.call(undefined, call);
  return answers.map((answer) => {
    const parsed = parseJson(schema, answer);
    if (parsed.ok) return parsed.value;
    throw new TypeError(
      `Cannot read a node's answer: ${parsed.problems.join("; ")}`,
    );
  });
}
