/** One frame from a client without a connection, and what became of it. */

import { disconnects } from "../base/disconnect.ts";
import type { Hub } from "../hub/hub.ts";
import { textProtocolOneWay } from "../protocol/text.ts";
import type { Frame } from "../protocol/types.ts";
import type { Transport } from "../base/transport.ts";
import type { ListenOptions, Refusal } from "./listen.ts";

/** How long an answer is waited for: brokers give up before. */
const ANSWER_WITHIN_MS = 10_000;

/** A frame of the text protocol in answer, empty where all is well; or why the frame was not taken. */
export type OneAnswer =
  | { readonly frame: string }
  | { readonly refusal: Refusal };

/** Carries out one frame of the text protocol as `identity`. */
export async function answerOne(
  hub: Hub,
  frame: Frame,
  { identity, slot, headers }: ListenOptions,
): Promise<OneAnswer> {
  const { promise, resolve } = Promise.withResolvers<OneAnswer>();
  const transport: Transport = {
    bufferedAmount: 0,
    send: (frame) => resolve({ frame: String(frame) }),
    close: (code, message) => resolve({ refusal: { code, message } }),
  };
  const connection = hub.connect(
    transport,
    textProtocolOneWay,
    identity,
    headers,
  );
  const giveUp = hub.clock.after(
    ANSWER_WITHIN_MS,
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
