/** Counts of the JSON that is read and written, and of the text that becomes bytes, while a function runs. */

/** Calls that were made. */
export interface Encodings {
  /** Of `JSON.parse`. */
  readonly parses: number;
  /** Of `JSON.stringify`. */
  readonly writes: number;
  /** Of `TextEncoder.encode`. */
  readonly encodes: number;
}

/** Counts the calls until `run` is done. */
export async function countEncodings(
  run: () => void | Promise<void>,
): Promise<Encodings> {
  const count = { parses: 0, writes: 0, encodes: 0 };
  const { parse, stringify } = JSON;
  const { prototype } = TextEncoder;
  const { encode } = prototype;
  JSON.parse = (...args: Parameters<typeof parse>) => {
    count.parses++;
    return parse(...args);
  };
  JSON.stringify = (...args: [unknown]) => {
    count.writes++;
    return stringify(...args);
  };
  prototype.encode = function (text) {
    count.encodes++;
    return encode.call(this, text);
  };
  try {
    await run();
  } finally {
    Object.assign(JSON, { parse, stringify });
    prototype.encode = encode;
  }
  return count;
}
