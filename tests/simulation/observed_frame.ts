/** Check of each frame that a hub sends: its client may read all that is in it. */

import {
  fieldOf,
  type Message,
  publicationsOf,
} from "../support/sdk_client.ts";
import type { Ledger } from "./ledger.ts";
import type { Rules } from "./rules.ts";

/** What the check needs to know. */
export interface FrameScene {
  readonly ledger: Ledger;
  readonly rules: Rules;
}

/** Receiver of a frame. */
export interface FrameReader {
  readonly name: string;
  readonly uid: string;
  readonly protocol: "sdk" | "text";
}

/** Reports a publication that its receiver may not read. */
export function observeFrame(
  { ledger, rules }: FrameScene,
  { name, uid, protocol }: FrameReader,
  frame: string,
): void {
  const check = (data: unknown, isHistory: boolean) => {
    const text = String(data);
    const id = text.slice(0, text.indexOf(" "));
    const channel = ledger.tried.get(id)?.channel;
    if (channel === undefined) return;
    // A ban is the program's, and histories are not asked of it.
    const isPermitted = isHistory
      ? rules.mayEver(uid, channel)
      : rules.permits(uid, channel);
    if (!isPermitted) {
      ledger.report(`${name} was sent ${id} of ${channel} without permission`);
    }
  };
  if (protocol === "text") {
    if (frame.startsWith("#")) {
      check(frame.slice(frame.lastIndexOf(":") + 1), false);
    }
    return;
  }
  if (!frame.includes('"data":')) return;
  for (const line of frame.split("\n")) {
    const message: Message = JSON.parse(line);
    const isHistory = fieldOf(message, "history") !== undefined;
    for (const { data } of publicationsOf([message])) check(data, isHistory);
  }
}
