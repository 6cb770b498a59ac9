/** Subjects of a hub: names of channels are parts of them, in which dots, spaces and wildcards mean something else. */

const encoder = new TextEncoder();
/** A name that is a token of a subject as it is. */
const PLAIN = /^[\w:#@,+-]+$/;

/** Writes a name as one token: other characters as the hexadecimal digits of their bytes behind `=`. */
export function tokenOf(name: string): string {
  if (PLAIN.test(name)) return name;
  return Array.from(name, (char) => {
    if (PLAIN.test(char)) return char;
    const bytes = Array.from(encoder.encode(char));
    return bytes.map((byte) => `=${byte.toString(16).padStart(2, "0")}`)
      .join("");
  }).join("") || "=";
}

/** Subjects of the hub with a name. */
export class Subjects {
  /** Beginning of all subjects. */
  readonly prefix: string;
  /** Name of the stream of publications. */
  readonly stream: string;
  /** Name of the stream of leases: of clients in channels, and of nodes. */
  readonly leases: string;

  /** @throws {RangeError} If the name of the hub is no part of a subject. */
  constructor(name: string) {
    if (!/^[\w-]+$/.test(name)) {
      throw new RangeError(
        `Cannot name the streams of NATS "${name}": expected letters, digits, - and _`,
      );
    }
    this.prefix = `${name}.`;
    this.stream = `${name}_publications`;
    this.leases = `${name}_leases`;
  }

  /** Stored publications of a channel; without one, of all. */
  stored(channel?: string): string {
    return this.#of("p", channel);
  }

  /** Copies of the stored publications, and those that are not stored. */
  live(channel?: string): string {
    return this.#of("l", channel);
  }

  /** Newest offset that was removed from a channel's history. */
  removed(channel?: string): string {
    return this.#of("r", channel);
  }

  /** Newest version of a channel's state. */
  version(channel?: string): string {
    return this.#of("v", channel);
  }

  /** Keys of publications that are not stored. */
  keys(channel?: string): string {
    return this.#of("k", channel);
  }

  /** Time of the server. */
  get time(): string {
    return `${this.prefix}t`;
  }

  /** Lease of a client in a channel; without one, of all its clients. */
  lease(channel?: string, client?: string): string {
    if (channel === undefined) return this.#of("e");
    const token = client === undefined ? "*" : tokenOf(client);
    return `${this.#of("e", channel)}.${token}`;
  }

  /** Lease of a node; without one, of all nodes. */
  member(node?: string): string {
    return this.#of("m", node);
  }

  /** Calls of a node. */
  calls(node: string): string {
    return this.#of("n", node);
  }

  #of(kind: string, name?: string): string {
    return `${this.prefix}${kind}.${name === undefined ? ">" : tokenOf(name)}`;
  }
}
