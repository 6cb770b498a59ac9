/** Script calls of one connection, which keep their order also when Redis has lost the scripts. */

import { deferred } from "../../base/deferred.ts";

/** Error of Redis for an unknown script, after a restart or `SCRIPT FLUSH`. */
const UNKNOWN = /^NOSCRIPT\b/;

/** Dependencies of script calls. */
export interface ScriptRunsDeps {
  /** Sends a command. Redis carries commands out, and replies, in the order of the calls. */
  readonly send: (args: string[]) => Promise<unknown>;
  /** Name of a script in Redis: the SHA-1 of its text, in hexadecimal digits. */
  readonly nameOf: (script: string) => string;
}

/** Call of a script. */
export interface ScriptCall {
  /** Text of the script. */
  readonly script: string;
  /** Keys that it uses, all of one slot. */
  readonly keys: readonly string[];
  readonly args: readonly string[];
  /**
   * Names of the orders that it has a place in: calls with a name in common keep it. A
   * call without one, such as a read, may run after later ones.
   */
  readonly order?: readonly string[];
}

/** A call of a script that Redis did not know. */
interface Missed extends PromiseWithResolvers<unknown> {
  readonly call: ScriptCall;
}

/**
 * Runs scripts by name. If Redis does not know one, its text is sent, and later calls
 * wait until then: the order of a channel is the order of the calls.
 */
export class ScriptRuns {
  readonly #deps: ScriptRunsDeps;
  readonly #names = new Map<string, string>();
  /** Number of calls that were sent and have no reply yet. */
  #flying = 0;
  #idle: PromiseWithResolvers<void> | undefined;
  /** Calls of unknown scripts, in their order. */
  #missed: Missed[] = [];
  /** Functions that run the calls since the first of those, in their order. */
  #held: (() => void)[] = [];

  constructor(deps: ScriptRunsDeps) {
    this.#deps = deps;
  }

  /** Runs a script; resolves with its result. */
  async run(call: ScriptCall): Promise<unknown> {
    if (this.#isHolding) {
      const { promise, resolve } = deferred<unknown>();
      this.#held.push(() => resolve(this.run(call)));
      return promise;
    }
    const name = this.#nameOf(call.script);
    this.#flying++;
    try {
      const reply = await this.#deps.send(["EVALSHA", name, ...tailOf(call)]);
      if (this.#isHolding) this.#refuseBefore(call);
      return reply;
    } catch (error) {
      const isUnknown = error instanceof Error && UNKNOWN.test(error.message);
      if (!isUnknown) throw error;
      const missed = { call, ...deferred<unknown>() };
      this.#missed.push(missed);
      // Not awaited here, because it is sent again only after all other replies.
      return missed.promise;
    } finally {
      this.#land();
    }
  }

  /** Resolves once every call has a reply, also those that were sent again. */
  answered(): Promise<void> {
    if (this.#flying === 0) return Promise.resolve();
    this.#idle ??= deferred();
    return this.#idle.promise;
  }

  get #isHolding(): boolean {
    return this.#missed.length > 0 || this.#held.length > 0;
  }

  #land(): void {
    if (--this.#flying > 0) return;
    // Now all calls of unknown scripts are known.
    if (this.#isHolding) return this.#repeat();
    this.#idle?.resolve();
    this.#idle = undefined;
  }

  #repeat(): void {
    const missed = this.#missed;
    const held = this.#held;
    this.#missed = [];
    this.#held = [];
    for (const run of missed) this.#sendText(run);
    for (const run of held) run();
  }

  async #sendText({ call, ...run }: Missed): Promise<void> {
    this.#flying++;
    try {
      const text = ["EVAL", call.script, ...tailOf(call)];
      run.resolve(await this.#deps.send(text));
    } catch (error) {
      run.reject(error);
    } finally {
      this.#land();
    }
  }

  /**
   * Refuses the earlier calls that were to come first: another node has loaded the
   * script meanwhile, so that a later call ran before them.
   */
  #refuseBefore({ order }: ScriptCall): void {
    if (order === undefined) return;
    const names = new Set(order);
    const late = this.#missed.filter(({ call }) =>
      call.order?.some((name) => names.has(name))
    );
    if (late.length === 0) return;
    this.#missed = this.#missed.filter((run) => !late.includes(run));
    const reason = "Redis did not know it and has already run a later one";
    for (const { reject } of late) {
      reject(new Error(`Cannot run a script: ${reason}`));
    }
  }

  #nameOf(script: string): string {
    const known = this.#names.get(script);
    if (known !== undefined) return known;
    const name = this.#deps.nameOf(script);
    this.#names.set(script, name);
    return name;
  }
}

/** Rest of a command after the script: the number of keys, the keys, the arguments. */
function tailOf({ keys, args }: ScriptCall): string[] {
  return [String(keys.length), ...keys, ...args];
}
