/** Life of a Redis server: the time in which it loses nothing that it has acknowledged. A restart ends it, and so does a failover. */

import type { Random } from "../../base/random.ts";

/** Hexadecimal digits of each id that a life is made of; every position in Redis has a life. */
const ID_DIGITS = 8;

/** Error of Redis for an unknown script. */
const UNKNOWN = /^NOSCRIPT\b/;

/**
 * Replaces a life. KEYS: the life. ARGV: the life that has ended, and the next one.
 * Returns the next one, which may be that of a faster node.
 */
const REPLACE = `
local life = redis.call('GET', KEYS[1]) or ''
if life ~= ARGV[1] then return life end
redis.call('SET', KEYS[1], ARGV[2])
return ARGV[2]
`;

/**
 * Reads the life from the sections `server` and `replication` of `INFO`: the run of the
 * process, and the replication id, which a failover changes without a restart. (So does
 * the first replica of a primary; that loses nothing, and clients recover.) Returns
 * `undefined` if the server tells neither.
 */
export function lifeOf(info: string): string | undefined {
  const ids = info.matchAll(/^(?:run_id|master_replid):(\w+)/gm);
  const life = [...ids].map(([, id = ""]) => id.slice(0, ID_DIGITS)).join("");
  return life === "" ? undefined : life;
}

/** Dependencies of {@linkcode markedLife}. */
export interface MarkedLifeDeps {
  /** Sends a command; commands are carried out in the order of the calls. */
  readonly send: (args: string[]) => Promise<unknown>;
  /** See `ScriptRunsDeps`. */
  readonly nameOf: (script: string) => string;
  readonly random: Random;
  /** Key of the life. */
  readonly key: string;
}

/**
 * Reads the life of a server that does not tell it, or begins one. The life is stored
 * under a key, and a script with its name is run: the key survives a restart, or
 * reaches a replica, but the script stays in the memory of the process.
 */
export async function markedLife(
  { send, nameOf, random, key }: MarkedLifeDeps,
): Promise<string> {
  const known = await send(["GET", key]);
  const ended = typeof known === "string" ? known : "";
  const name = nameOf(markerOf(ended));
  if (ended !== "" && await isKnown(send, name)) return ended;
  const next = random.uuid().replaceAll("-", "").slice(0, 2 * ID_DIGITS);
  // Before the key, so that no node finds a life without its script.
  await send(["EVAL", markerOf(next), "0"]);
  return String(await send(["EVAL", REPLACE, "1", key, ended, next]));
}

function markerOf(life: string): string {
  return `return '${life}'`;
}

async function isKnown(
  send: MarkedLifeDeps["send"],
  name: string,
): Promise<boolean> {
  try {
    await send(["EVALSHA", name, "0"]);
    return true;
  } catch (error) {
    if (error instanceof Error && UNKNOWN.test(error.message)) return false;
    throw error;
  }
}
