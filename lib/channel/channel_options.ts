/** Namespaces: what channels keep and tell, and what clients may do there. */

import { namespaceOf } from "./channel_name.ts";
import { isInbox, isName } from "../base/names.ts";
import { requireKnown } from "../base/options.ts";
import type { StandardSchema } from "./data_schema.ts";

/**
 * Action of a client on a channel. To `subscribe` is to recover, too: what was
 * missed comes without `history`. `presence` stands for its stats, and for the joins
 * and leaves that a subscriber may ask for, too.
 */
export type ChannelAction = "subscribe" | "publish" | "presence" | "history";

/** Every {@linkcode ChannelAction}. */
export const CHANNEL_ACTIONS: readonly ChannelAction[] = Object.freeze(
  ["subscribe", "publish", "presence", "history"],
);

/** See {@linkcode ChannelOptions.slowPolicy}. */
export type SlowPolicy = "close" | "dropOldest" | "keepLatest";

/** Every {@linkcode SlowPolicy}. */
export const SLOW_POLICIES: readonly SlowPolicy[] = Object.freeze(
  ["close", "dropOldest", "keepLatest"],
);

/** Options of the channels of a namespace. Frozen. */
export interface ChannelOptions {
  /** Lists the clients in a channel. */
  readonly presence: boolean;
  /** Sends joins and leaves to the subscribers that ask for them. */
  readonly joinLeave: boolean;
  /** Publications that a channel keeps at most; 0 keeps none. */
  readonly historySize: number;
  /** Milliseconds for which a publication is kept. */
  readonly historyTtlMs: number;
  /** Makes every subscription recoverable, asked for or not; `false` without a history. Centrifuge, §8. */
  readonly forceRecovery: boolean;
  /** Recover all that was missed, or only the newest publication. Centrifuge, §8. */
  readonly recoveryMode: "stream" | "cache";
  /** In the mode `cache`, a new SDK gets the newest publication too, without a position to recover from. */
  readonly autoCacheRecover: boolean;
  /** Missed publications that an SDK recovers at most; one that missed more does not recover. Centrifuge, §8. */
  readonly recoverySize: number;
  /** The encodings of publications by their difference that a subscriber may ask for. Centrifuge, §9. */
  readonly delta: readonly "fossil"[];
  /** Lets a subscriber ask for publications by their tags alone; it is sent no deltas then. Centrifuge, §3. */
  readonly tagsFilter: boolean;
  /**
   * Treatment of a subscriber that reads more slowly than is published. `close`: it
   * is disconnected with 3008. `dropOldest`: of the publications that wait for it, the
   * oldest are dropped. `keepLatest`: only the newest of each key waits. A subscriber with
   * positions that has lost one by that is unsubscribed with 2500, and may recover.
   * @default {"close"}
   */
  readonly slowPolicy: SlowPolicy;
  /** Tag of a publication that is its key for `keepLatest`; `""`: all of a channel have one key. */
  readonly conflationKey: string;
  /** Actions of clients that need no token; not asked where every client may do everything. */
  readonly allow: readonly ChannelAction[];
  /**
   * Publications per second of one connection to the channels of the namespace.
   * @default {`publishRate` of the hub}
   */
  readonly publishRate?: number;
  /**
   * Subscriptions, and ends of them, per second of one connection.
   * @default {`subscribeRate` of the hub}
   */
  readonly subscribeRate?: number;
  /**
   * Requests for a history per second of one connection.
   * @default {`historyRate` of the hub}
   */
  readonly historyRate?: number;
  /**
   * Requests for the presence per second of one connection.
   * @default {`presenceRate` of the hub}
   */
  readonly presenceRate?: number;
  /** Schema of what is published; its output is what subscribers get. Without one, any data is taken. */
  readonly data?: StandardSchema;
}

/** Pattern of channels: `*` for those without a namespace, `chat:*` for those of the namespace `chat`. */
export type ChannelPattern = "*" | `${string}:*`;

/**
 * Options of channels, by pattern. What a namespace leaves out, it takes from `*`,
 * and that from {@linkcode DEFAULT_CHANNEL_OPTIONS}; `data` is not inherited.
 */
export type ChannelsConfig = {
  readonly [Pattern in ChannelPattern]?: Partial<ChannelOptions>;
};

/** The options of channels that no file says anything about. */
export const DEFAULT_CHANNEL_OPTIONS: ChannelOptions = Object.freeze({
  presence: true,
  joinLeave: true,
  historySize: 100,
  historyTtlMs: 300_000,
  forceRecovery: true,
  recoveryMode: "stream",
  autoCacheRecover: false,
  recoverySize: 300,
  delta: Object.freeze([]),
  tagsFilter: false,
  slowPolicy: "close",
  conflationKey: "",
  allow: CHANNEL_ACTIONS,
});

/** True if channels with these options keep a history. */
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

/** The same channels, where each pattern and each option exists: a misspelt one is a type error. */
export type KnownChannels<Channels> = {
  readonly [Pattern in keyof Channels]: string extends Pattern
    ? Channels[Pattern]
    : Pattern extends ChannelPattern ? KnownOptions<Channels[Pattern]>
    : {
      readonly 'expected the pattern "*" or a namespace such as "chat:*"':
        never;
    };
};

/** The same options, where each exists. */
export type KnownOptions<Options> = Options extends undefined ? Options : {
  readonly [Name in keyof Options]: Name extends keyof ChannelOptions
    ? Options[Name]
    : never;
};

/** Longest history of a channel. */
export const MAX_HISTORY_SIZE = 1_000_000;
/** Most publications that a client recovers. */
export const MAX_RECOVERY_SIZE = 10_000;
/** Longest time for which a publication is kept: a year. */
export const MAX_HISTORY_TTL_MS = 365 * 24 * 3_600_000;

const NAMESPACE = /^([^:#$]+):\*$/;

/**
 * The options of all channels of a hub.
 *
 * @throws {TypeError} If a pattern is neither `*` nor a namespace such as `chat:*`, or an option does not exist or is of another type.
 * @throws {RangeError} If a history is longer than {@linkcode MAX_HISTORY_SIZE} or {@linkcode MAX_HISTORY_TTL_MS},
 * or a recovery than {@linkcode MAX_RECOVERY_SIZE}.
 */
export function namespacesOf(channels: ChannelsConfig): Namespaces {
  for (const each of Object.entries(channels)) requireOptions(...each);
  const nameless = merge(DEFAULT_CHANNEL_OPTIONS, channels["*"]);
  const { data: _, ...inherited } = nameless;
  const named = new Map<string, ChannelOptions>();
  for (const [pattern, options] of Object.entries(channels)) {
    if (pattern === "*") continue;
    const [, namespace] = NAMESPACE.exec(pattern) ?? [];
    if (namespace === undefined || !isName(namespace)) {
      throw new TypeError(
        `Cannot configure the channels "${pattern}": expected "*" or a namespace such as "chat:*"`,
      );
    }
    named.set(namespace, complete(merge(inherited, options)));
  }
  return new Namespaces(complete(nameless), named, channels);
}

/** Origin of an option: the pattern that states it, or the default of all channels. */
export type OptionOrigin = "default" | ChannelPattern;

/** Values of an option, in words and as a check. */
type Rule = readonly [expected: string, fits: (value: unknown) => boolean];

const FLAG: Rule = ["true or false", (value) => typeof value === "boolean"];
const NUMBER: Rule = ["a number", (value) => typeof value === "number"];
const RATE: Rule = [
  "a number from 0 on",
  (value) => typeof value === "number" && value >= 0 && isFinite(value),
];

function oneOf(words: readonly string[]): Rule {
  return [
    `one of ${words.join(", ")}`,
    (value) => typeof value === "string" && words.includes(value),
  ];
}

function listOf(words: readonly string[]): Rule {
  const [expected, fits] = oneOf(words);
  return [
    `a list, each ${expected}`,
    (value) => Array.isArray(value) && value.every(fits),
  ];
}

const RULES: Readonly<Record<keyof ChannelOptions, Rule>> = {
  presence: FLAG,
  joinLeave: FLAG,
  historySize: NUMBER,
  historyTtlMs: NUMBER,
  forceRecovery: FLAG,
  recoveryMode: oneOf(["stream", "cache"]),
  autoCacheRecover: FLAG,
  recoverySize: NUMBER,
  delta: listOf(["fossil"]),
  tagsFilter: FLAG,
  slowPolicy: oneOf(SLOW_POLICIES),
  conflationKey: ["the name of a tag", (value) => typeof value === "string"],
  allow: listOf(CHANNEL_ACTIONS),
  publishRate: RATE,
  subscribeRate: RATE,
  historyRate: RATE,
  presenceRate: RATE,
  data: [
    "a schema of the Standard Schema",
    (value) => Object(value) === value && "~standard" in Object(value),
  ],
};

const OPTION_NAMES = Object.keys(RULES).filter(isOptionName);

function isOptionName(name: string): name is keyof ChannelOptions {
  return Object.hasOwn(RULES, name);
}

/**
 * Refuses options of a program without types that would be ignored, or read otherwise.
 *
 * @throws {TypeError} If one of them does not exist, or its value is of another type.
 */
function requireOptions(
  pattern: string,
  options: Partial<ChannelOptions> = {},
): void {
  const action = `configure the channels "${pattern}"`;
  requireKnown(action, options, OPTION_NAMES);
  for (const [name, value] of Object.entries(options)) {
    if (!isOptionName(name)) continue;
    const [expected, fits] = RULES[name];
    if (value === undefined || fits(value)) continue;
    throw new TypeError(
      `Cannot ${action} with ${name} ${
        JSON.stringify(value)
      }: expected ${expected}`,
    );
  }
}

/** An option that is `undefined` counts as left out. */
function merge(
  inherited: ChannelOptions,
  options: Partial<ChannelOptions> = {},
): ChannelOptions {
  const given = Object.entries(options)
    .filter(([, value]) => value !== undefined);
  return { ...inherited, ...Object.fromEntries(given) };
}

/** Without a history, no subscription can be recovered. */
function complete(options: ChannelOptions): ChannelOptions {
  const { historySize, historyTtlMs, recoverySize } = options;
  requireCount("historySize", historySize, MAX_HISTORY_SIZE);
  requireCount("recoverySize", recoverySize, MAX_RECOVERY_SIZE);
  if (!(historyTtlMs >= 0 && historyTtlMs <= MAX_HISTORY_TTL_MS)) {
    throw new RangeError(
      `Cannot configure channels with historyTtlMs ${historyTtlMs}: ` +
        `expected a number of milliseconds from 0 to ${MAX_HISTORY_TTL_MS}`,
    );
  }
  const forceRecovery = options.forceRecovery && keepsHistory(options);
  return Object.freeze({ ...options, forceRecovery });
}

function requireCount(name: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= most) return;
  throw new RangeError(
    `Cannot configure channels with ${name} ${value}: ` +
      `expected a whole number from 0 to ${most}`,
  );
}

/** The options of every channel, by the namespace in its name. */
export class Namespaces {
  readonly #nameless: ChannelOptions;
  readonly #named: ReadonlyMap<string, ChannelOptions>;
  readonly #stated: ChannelsConfig;

  /** Takes the options of channels without a namespace, those of each namespace, and what of them is stated by which pattern. */
  constructor(
    nameless: ChannelOptions = DEFAULT_CHANNEL_OPTIONS,
    named: ReadonlyMap<string, ChannelOptions> = new Map(),
    stated: ChannelsConfig = {},
  ) {
    this.#nameless = nameless;
    this.#named = named;
    this.#stated = stated;
  }

  /** Checks whether there is a namespace of that name. */
  has(namespace: string): boolean {
    return this.#named.has(namespace);
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

  /**
   * Origin of each option of a channel: the pattern that states it, or `default`. A
   * channel without a history is never recovered: that comes from where its history does.
   */
  originsOf(channel: string): ReadonlyMap<keyof ChannelOptions, OptionOrigin> {
    const origins = new Map<keyof ChannelOptions, OptionOrigin>();
    const options = this.resolve(channel);
    if (options === undefined) return origins;
    const namespace = namespaceOf(channel);
    const own = namespace === undefined ? undefined : `${namespace}:*` as const;
    const patterns = own === undefined ? ["*"] as const : [own, "*"] as const;
    for (const name of OPTION_NAMES) {
      if (options[name] === undefined) continue;
      const pattern = patterns.find((pattern) =>
        this.#stated[pattern]?.[name] !== undefined
      );
      origins.set(name, pattern ?? "default");
    }
    if (!keepsHistory(options)) {
      const cause = options.historySize > 0 ? "historyTtlMs" : "historySize";
      origins.set("forceRecovery", origins.get(cause) ?? "default");
    }
    return origins;
  }
}
