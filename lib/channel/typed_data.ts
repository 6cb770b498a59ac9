/** Types of a channel's data, found by its name as its options are. */

import type { StandardSchema } from "./data_schema.ts";

/** The pattern that a name falls under: that of its namespace, or `*`. */
export type PatternOf<Name extends string> = Name extends `$${infer Rest}`
  ? PatternOf<Rest>
  : Name extends `${infer Namespace}:${string}` ? `${Namespace}:*`
  : "*";

/** Type that the schema of some options takes; `unknown` without one. */
export type InputOf<Options> = Options extends
  { readonly data: StandardSchema<infer Input, infer _> } ? Input : unknown;

/**
 * The data of a channel, as its schema takes it. A name that is only known at run
 * time may have any data, which is checked then.
 */
export type DataOf<Channels, Name extends string> = string extends Name
  ? unknown
  : PatternOf<Name> extends infer Pattern extends keyof Channels
    ? InputOf<Channels[Pattern]>
  : unknown;
