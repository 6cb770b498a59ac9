/** Scripts under way on one connection, in an order that Redis does not upset by forgetting them. */

/** How Redis says that it does not know a script: it was started again, or told to forget. */
const UNKNOWN = /^NOSCRIPT\b/;

/** What runs work with. */
export interface ScriptRunsDeps {
  /** Sends a command. Redis carries them out, and answers, in the order of the calls. */
  readonly send: (args: string[]) => Promise<unknown>;
  /** What Redis calls a script: the SHA-1 of its text, in hexadecimal digits. */
  readonly nameOf: (script: string) => string;
}

/** A script that Redis did not know when it was to run. */
interface Missed extends PromiseWithResolvers<unknown> {
  readonly script: string;
  /** `EVALSHA`, the name, the number of keys, the keys, the arguments. */
  readonly command: readonly string[];
}

/**
 * Runs scripts by name. Where Redis does not know one, its text is sent, and whatever
 * comes after it waits until that is on its way: a channel's order is that of the calls.
 */
export class ScriptRuns {
  readonly #deps: ScriptRunsDeps;
  readonly #names = new Map<string, string>();
  /** How many were sent and are not answered yet. */
  #flying = 0;
  #idle: PromiseWithResolvers<void> | undefined;
  /** What Redis did not know, in the order of the calls. */
  #missed: Missed[] = [];
  /** Run what was asked for since the first of those, in that order too. */
  #held: (() => void)[] = [];

  constructor(deps: ScriptRunsDeps) {
    this.#deps = deps;
  }

  /** Runs a script; resolves with what it returns. */
  async run(
    script: string,
    keys: readonly string[],
    args: readonly string[],
  ): Promise<unknown> {
    if (this.#isHolding) {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      this.#held.push(() => resolve(this.run(script, keys, args)));
      return promise;
    }
    const name = this.#nameOf(script);
    const command = ["EVALSHA", name, String(keys.length), ...keys, ...args];
    this.#flying++;
    try {
      const reply = await this.#deps.send(command);
      if (this.#isHolding) this.#refuseBefore(command);
      return reply;
    } catch (error) {
      const isUnknown = error instanceof Error && UNKNOWN.test(error.message);
      if (!isUnknown) throw error;
      const missed = { script, command, ...Promise.withResolvers<unknown>() };
      this.#missed.push(missed);
      // Not awaited here, for it is sent again only when nothing is in flight.
      return missed.promise;
    } finally {
      this.#land();
    }
  }

  /** Resolves once all that was asked for is answered, also what was sent again. */
  answered(): Promise<void> {
    if (this.#flying === 0) return Promise.resolve();
    this.#idle ??= Promise.withResolvers();
    return this.#idle.promise;
  }

  get #isHolding(): boolean {
    return this.#missed.length > 0 || this.#held.length > 0;
  }

  #land(): void {
    if (--this.#flying > 0) return;
    // By now it is known which others Redis did not know.
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

  async #sendText({ script, command, ...run }: Missed): Promise<void> {
    this.#flying++;
    try {
      const text = ["EVAL", script, ...command.slice(2)];
      run.resolve(await this.#deps.send(text));
    } catch (error) {
      run.reject(error);
    } finally {
      this.#land();
    }
  }

  /**
   * Another node may have brought a script back before the second of two that were
   * under way, but not before the first: it is too late for that one.
   */
  #refuseBefore([, , , key]: readonly string[]): void {
    const late = this.#missed.filter(({ command }) => command[3] === key);
    if (late.length === 0) return;
    this.#missed = this.#missed.filter((run) => !late.includes(run));
    const reason = "Redis did not know it, and has run a later one";
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
