/** Slot of the hub's admission, held for one response from its beginning to its very end. */

import type { Hub } from "../hub/hub.ts";
import type { ClientGroup } from "../limits/client_groups.ts";

/** A slot that was taken. */
export interface AdmissionSlot {
  /** The clients of its address, where that is known. */
  readonly group?: ClientGroup;
  /**
   * Says that nothing more is written. Where the end of the response is reported,
   * the slot is kept until then, else it is given back now. May be called again.
   */
  written(): void;
}

/** Options of {@linkcode takeSlot}. */
export interface AdmissionSlotOptions {
  /**
   * Settles when the response is over: one that its client does not read any more is
   * not, as long as the network holds it. By default it is over when all is written.
   */
  readonly completed?: Promise<unknown>;
  /**
   * Lets a response that lasts no longer than its request take a slot of the reserve.
   * @default {false}
   */
  readonly brief?: boolean;
  /** Address that the client's limits are counted by; `undefined` if it is not known. */
  readonly address?: string;
}

/**
 * Takes a slot until `completed` settles: a client that does not read keeps its
 * response, and the memory behind it, alive beyond the end of our stream. Returns
 * `undefined` while the hub is full or draining.
 */
export function takeSlot(
  { admission, draining }: Pick<Hub, "admission" | "draining">,
  { completed, brief = false, address }: AdmissionSlotOptions = {},
): AdmissionSlot | undefined {
  if (draining) return undefined;
  const slot = brief
    ? admission.enterBriefly(address)
    : admission.enter(address);
  if (slot === undefined) return undefined;
  const leave = () => slot.leave();
  completed?.then(leave, leave);
  return {
    group: slot.group,
    written() {
      if (completed === undefined) leave();
    },
  };
}
