/** Demo as the server knows it: what people read about it, and its rules. */

import type { ChannelsConfig, EmbeddedHub, HubHooks, Log } from "@thrum/thrum";

/** Hooks of a demo: those about channels see its namespaces alone, `onRpc` its methods alone. */
export type DemoRules = Pick<
  HubHooks,
  "onSubscribe" | "onPublish" | "onRpc" | "onDisconnect"
>;

/** Means of the rules of a demo. */
export interface DemoDeps {
  /** The hub of all demos. */
  readonly hub: EmbeddedHub;
  readonly log: Log;
}

/** One demo. */
export interface Demo {
  /** Name of its folder, and of its page below `/demos`. */
  readonly name: string;
  readonly title: string;
  /** Description in one sentence. */
  readonly summary: string;
  /** Advice what to try first, in one sentence. */
  readonly hint: string;
  /** Parts of the hub that it shows: `presence`, `history`. */
  readonly shows: readonly string[];
  /** Its namespaces, such as `chat:*`. Without `allow`, a client may do nothing there. */
  readonly channels: ChannelsConfig;
  /**
   * Makes its rules, once at the start. They see channels of its namespaces, and
   * procedures whose name begins with that of the demo and a colon: `classroom:raise`.
   */
  readonly rules?: (deps: DemoDeps) => DemoRules;
  /** Files of its folder that people read, the page first. @default {["page.tsx"]} */
  readonly sources?: readonly string[];
}
