/** Emulation: commands that arrive beside their stream, as requests of their own, perhaps at another node (Centrifuge, §1). */

import * as v from "valibot";
import { isLongerThan, toBase64 } from "../base/bytes.ts";
import { logFailure } from "../base/log.ts";
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
 * that has ended is no mistake: its client is notified by its stream. A node that
 * looks for the others, as each does when it starts, asks once it has found them. The
 * connection's node is `unavailable` while the broker is away.
 */
export async function emulate(
  hub: Pick<Hub, "broker" | "limits" | "log">,
  body: Frame,
): Promise<Emulated> {
  const { broker, limits } = hub;
  const { success, output } = v.safeParse(schema, parse(body));
  if (!success) return "malformed";
  const { session, node, data } = output;
  // It would end the connection (1009), which a stream cannot express.
  if (isLongerThan(data, limits.maxMessageBytes)) return "tooLong";
  const call: NodeCall = typeof data === "string"
    ? { type: "emulate", session, data }
    : { type: "emulate", session, bytes: toBase64(data.slice()) };
  try {
    const answers = await broker.call(node, call);
    if (answers.length > 0) return "taken";
  } catch (error) {
    logFailure(hub, "emulation_failed", { node, error });
    return "unavailable";
  }
  // Without the broker a node that does not answer may still be there.
  return broker.ready ? "noNode" : "unavailable";
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
