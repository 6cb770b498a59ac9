/** Script calls of one connection, by the names of the scripts. */

import { type Ordered, OrderedRuns } from "./ordered_runs.ts";

/** Error of Redis for an unknown script, after a restart or `SCRIPT FLUSH`. */
const UNKNOWN = /^NOSCRIPT\b/;

/** Dependencies of script calls. */
export interface ScriptRunsDeps {
  /** Sends a command. Redis carries commands out, and replies, in the order of the calls. */
  readonly send: (args: string[]) => Promise<unknown>;
  /** Name of a script in Redis: the SHA-1 of its text, in hexadecimal digits. */
  readonly nameOf: (script: string) => string;
  /** Reads the life of the server. */
  readonly lifeOf: () => string;
}

/** Call of a script. */
export interface ScriptCall extends Ordered {
  /** Text of the script. */
  readonly script: string;
  /** Keys that it uses, all of one slot. */
  readonly keys: readonly string[];
  /** Arguments after the first, which is the life of the server that runs the script. */
  readonly args: readonly string[];
}

/** Runs scripts by name. If Redis does not know one, its text is sent. */
export class ScriptRuns {
  readonly #deps: ScriptRunsDeps;
  readonly #names = new Map<string, string>();
  readonly #runs = new OrderedRuns<ScriptCall>({
    send: (call, isAgain) => this.#send(call, isAgain),
    isRefused: (error) => error instanceof Error && UNKNOWN.test(error.message),
  });

  constructor(deps: ScriptRunsDeps) {
    this.#deps = deps;
  }

  /** Runs a script; resolves with its result. */
  run(call: ScriptCall): Promise<unknown> {
    return this.#runs.run(call);
  }

  /** Resolves once every call has a reply, also those that were sent again. */
  answered(): Promise<void> {
    return this.#runs.answered();
  }

  #send(call: ScriptCall, isAgain: boolean): Promise<unknown> {
    const { script, keys, args } = call;
    const { send, lifeOf } = this.#deps;
    const name = isAgain ? ["EVAL", script] : ["EVALSHA", this.#nameOf(script)];
    return send([...name, String(keys.length), ...keys, lifeOf(), ...args]);
  }

  #nameOf(script: string): string {
    const known = this.#names.get(script);
    if (known !== undefined) return known;
    const name = this.#deps.nameOf(script);
    this.#names.set(script, name);
    return name;
  }
}
