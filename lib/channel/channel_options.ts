/** Namespaces: what channels keep and tell, and what clients may do there. */

import { namespaceOf } from "./channel_name.ts";
import { isInbox } from "../base/names.ts";

/**
 * What a client can do on a channel. To `subscribe` is to recover, too: what was
 * missed comes without `history`. `presence` stands for its stats, and for the joins
 * and leaves that a subscriber may ask for, too.
 */
export type ChannelAction = "subscribe" | "publish" | "presence" | "history";

/** Every {@linkcode ChannelAction}. */
export const CHANNEL_ACTIONS: readonly ChannelAction[] = Object.freeze(
  ["subscribe", "publish", "presence", "history"],
);

/** How the channels of a namespace behave. Frozen. */
export interface ChannelOptions {
  /** Whether it is known who is in a channel. */
  readonly presence: boolean;
  /** Whether joins and leaves are told to the subscribers that ask for them. */
  readonly joinLeave: boolean;
  /** Publications that a channel keeps at most; 0 keeps none. */
  readonly historySize: number;
  /** Milliseconds for which a publication is kept. */
  readonly historyTtlMs: number;
  /** Whether every subscription can be recovered, asked for or not; `false` where no history is kept. Centrifuge, §8. */
  readonly forceRecovery: boolean;
  /** Recover all that was missed, or only the newest publication. Centrifuge, §8. */
  readonly recoveryMode: "stream" | "cache";
  /** The encodings of publications by their difference that a subscriber may ask for. Centrifuge, §9. */
  readonly delta: readonly "fossil"[];
  /** What clients may do without a word of the backend. */
  readonly allow: readonly ChannelAction[];
}

/** The options of channels that no file says anything about. */
export const DEFAULT_CHANNEL_OPTIONS: ChannelOptions = Object.freeze({
  presence: true,
  joinLeave: true,
  historySize: 100,
  historyTtlMs: 300_000,
  forceRecovery: true,
  recoveryMode: "stream",
  delta: Object.freeze([]),
  allow: CHANNEL_ACTIONS,
});

/** Whether channels with these options keep a history. */
export function keepsHistory(
  { historySize, historyTtlMs }: Pick<
    ChannelOptions,
    "historySize" | "historyTtlMs"
  >,
): boolean {
  return historySize > 0 && historyTtlMs > 0;
}

/** History that a channel with these options keeps, as a broker takes it; `undefined` if it keeps none. */
export function historyOf(
  options: ChannelOptions,
): { readonly size: number; readonly ttlMs: number } | undefined {
  if (!keepsHistory(options)) return undefined;
  return { size: options.historySize, ttlMs: options.historyTtlMs };
}

/** The options of every channel, by the namespace in its name. */
export class Namespaces {
  readonly #nameless: ChannelOptions;
  readonly #named: ReadonlyMap<string, ChannelOptions>;

  /** Takes the options of channels without a namespace, and those of each namespace. */
  constructor(
    nameless: ChannelOptions = DEFAULT_CHANNEL_OPTIONS,
    named: ReadonlyMap<string, ChannelOptions> = new Map(),
  ) {
    this.#nameless = nameless;
    this.#named = named;
  }

  /**
   * The options of a channel; `undefined` if it is unknown (error 102), as one of
   * an unknown namespace is. Inboxes have no options. Centrifuge, §11.
   */
  resolve(channel: string): ChannelOptions | undefined {
    if (isInbox(channel)) return undefined;
    const namespace = namespaceOf(channel);
    if (namespace === undefined) return this.#nameless;
    return this.#named.get(namespace);
  }
}
