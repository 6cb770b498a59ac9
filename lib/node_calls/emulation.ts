/** Emulation: commands that arrive beside their stream, as requests of their own, perhaps at another node (Centrifuge, §1). */

import * as v from "valibot";
import { isLongerThan } from "../base/bytes.ts";
import type { NodeCall } from "./node_call.ts";
import type { Hub } from "../hub/hub.ts";

const schema = v.object({
  session: v.pipe(v.string(), v.nonEmpty()),
  node: v.pipe(v.string(), v.nonEmpty()),
  data: v.string(),
});

/** Outcome of a request. */
export type Emulated =
  | "taken"
  | "malformed"
  | "tooLong"
  | "noNode"
  | "unavailable";

/**
 * Hands the body of a request to its connection. A session that has ended is no
 * mistake: its client is notified by its stream. Its node is
 * `unavailable` while the broker is away.
 */
export async function emulate(
  { broker, limits }: Pick<Hub, "broker" | "limits">,
  body: string,
): Promise<Emulated> {
  const { success, output } = v.safeParse(schema, parse(body));
  if (!success) return "malformed";
  const { session, node, data } = output;
  // It would end the connection (1009), which a stream cannot express.
  if (isLongerThan(data, limits.maxMessageBytes)) {
    return "tooLong";
  }
  // Other nodes cannot be reached then, and no answer would look like no node.
  const isWithinReach = () => node === broker.node || broker.ready;
  if (!isWithinReach()) return "unavailable";
  const call: NodeCall = { type: "emulate", session, data };
  const answers = await broker.call(node, call);
  if (answers.length > 0) return "taken";
  return isWithinReach() ? "noNode" : "unavailable";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
