/** Emulation: commands that arrive beside their stream, as requests of their own, perhaps at another node (Centrifuge, §1). */

import * as v from "valibot";
import { isLongerThan, toBase64 } from "../base/bytes.ts";
import { EMULATION_REQUEST } from "../protocol/centrifuge_messages.ts";
import { MalformedError, ProtobufReader } from "../protocol/protobuf_reader.ts";
import type { Frame } from "../protocol/types.ts";
import type { NodeCall } from "./node_call.ts";
import type { Hub } from "../hub/hub.ts";

const schema = v.object({
  session: v.pipe(v.string(), v.nonEmpty()),
  node: v.pipe(v.string(), v.nonEmpty()),
  data: v.union([v.string(), v.instance(Uint8Array<ArrayBufferLike>)]),
});

/** Outcome of a request. */
export type Emulated =
  | "taken"
  | "malformed"
  | "tooLong"
  | "noNode"
  | "unavailable";

/**
 * Hands the body of a request, in JSON or in protobuf, to its connection. A session
 * that has ended is no mistake: its client is notified by its stream. Its node is
 * `unavailable` while the broker is away.
 */
export async function emulate(
  { broker, limits }: Pick<Hub, "broker" | "limits">,
  body: Frame,
): Promise<Emulated> {
  const { success, output } = v.safeParse(schema, parse(body));
  if (!success) return "malformed";
  const { session, node, data } = output;
  // It would end the connection (1009), which a stream cannot express.
  if (isLongerThan(data, limits.maxMessageBytes)) return "tooLong";
  // Other nodes cannot be reached then, and no answer would look like no node.
  const isWithinReach = () => node === broker.node || broker.ready;
  if (!isWithinReach()) return "unavailable";
  const call: NodeCall = typeof data === "string"
    ? { type: "emulate", session, data }
    : { type: "emulate", session, bytes: toBase64(data.slice()) };
  const answers = await broker.call(node, call);
  if (answers.length > 0) return "taken";
  return isWithinReach() ? "noNode" : "unavailable";
}

/** Fields of a body; `undefined` if it is malformed. */
function parse(body: Frame): unknown {
  try {
    if (typeof body === "string") return JSON.parse(body);
    const reader = new ProtobufReader(new Uint8Array(body));
    return EMULATION_REQUEST.readToEnd(reader);
  } catch (error) {
    const isMalformed = error instanceof SyntaxError ||
      error instanceof MalformedError;
    if (isMalformed) return undefined;
    throw error;
  }
}
