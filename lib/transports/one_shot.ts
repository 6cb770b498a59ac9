/** One frame from a client without a connection, and its reply. */

import { deferred } from "../base/deferred.ts";
import { disconnects, readCloseReason } from "../base/disconnect.ts";
import type { Hub } from "../hub/hub.ts";
import { sendProtocol } from "../protocol/send.ts";
import type { Frame, Reply } from "../protocol/types.ts";
import type { Transport } from "../base/transport.ts";
import type { PlainHttpOptions, Refusal } from "./plain_http.ts";

/** Longest wait for a reply: brokers give up before. */
const REPLY_WITHIN_MS = 10_000;

/** Kind of the reply, or the reason why the frame is refused. */
export type OneReply =
  | { readonly type: Exclude<Reply["type"], "error"> }
  | { readonly refusal: Refusal };

/** Carries out one frame of the text protocol as `identity`. */
export async function replyToOne(
  hub: Hub,
  frame: Frame,
  { identity, slot, headers }: PlainHttpOptions,
): Promise<OneReply> {
  const { promise, resolve } = deferred<OneReply>();
  const refuse = (refusal: Refusal) => resolve({ refusal });
  const transport: Transport<Reply> = {
    kind: "request",
    bufferedAmount: 0,
    send(reply) {
      if (reply.type !== "error") return resolve(reply);
      refuse({ code: reply.code, message: reply.message });
    },
    close(code, text) {
      const { reason: message, ...advice } = readCloseReason(text);
      refuse({ code, message, ...advice });
    },
  };
  const connection = hub.connect(transport, sendProtocol, identity, headers);
  connection.countFor(slot.group);
  const giveUp = hub.clock.after(
    REPLY_WITHIN_MS,
    () => connection.disconnect(disconnects.internal),
  );
  connection.receive(frame);
  try {
    return await promise;
  } finally {
    giveUp();
    connection.ended();
    slot.written();
  }
}
