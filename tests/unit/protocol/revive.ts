/** Values of the vectors, in which `null` stands for what is absent, and a list of pairs for a map. */

/** Fields that are maps where the code has them, by their names. */
const MAPS = new Set(["positions", "subscriptions", "clients", "headers"]);

/** A value of the vectors, as the code has it. */
export function revive(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, field]) => [
    key,
    MAPS.has(key) && Array.isArray(field)
      ? new Map(field.map(([name, item]) => [name, revive(item)]))
      : revive(field),
  ]);
  return Object.fromEntries(entries);
}

/** The bytes of a text of hexadecimal digits. */
export function fromHex(text: string): ArrayBuffer {
  const pairs = text.match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => parseInt(pair, 16)).buffer;
}

/** The hexadecimal digits of bytes. */
export function toHex(bytes: unknown): string | undefined {
  if (!(bytes instanceof ArrayBuffer)) return undefined;
  return Array.from(
    new Uint8Array(bytes),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");
}
