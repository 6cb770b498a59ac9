/** RESP3, the protocol of Redis: commands are written, replies and messages are read. */

import { Buffer } from "node:buffer";

const RETURN = 13;
const NONE = Buffer.alloc(0);

/** Writes a command. */
export function encodeCommand(args: readonly string[]): string {
  let text = `*${args.length}\r\n`;
  for (const arg of args) {
    text += `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`;
  }
  return text;
}

/** Receives a reply; an error is an `Error`, a map the list of its keys and values. */
export type TakeReply = (reply: unknown, isPush: boolean) => void;

/** A list whose last values have not arrived. */
interface OpenList {
  readonly values: unknown[];
  readonly isPush: boolean;
  missing: number;
}

/** Reads what arrives, however it is cut into pieces. */
export class ReplyReader {
  readonly #take: TakeReply;
  /** Bytes that are not read yet. */
  #bytes: Buffer = NONE;
  #at = 0;
  /** Pieces after those bytes, while the next reply is longer than all of them. */
  #pieces: Buffer[] = [];
  #length = 0;
  /** Number of unread bytes with which it is worth while to read on. */
  #needed = 1;
  readonly #lists: OpenList[] = [];

  constructor(take: TakeReply) {
    this.#take = take;
  }

  /**
   * Reads the next bytes.
   *
   * @throws {SyntaxError} If Redis did not write them.
   */
  push(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length < this.#needed) return;
    this.#bytes = this.#pieces.length === 1
      ? piece
      : Buffer.concat(this.#pieces);
    this.#at = 0;
    this.#needed = 1;
    while (this.#at < this.#bytes.length && this.#read());
    const rest = this.#bytes.subarray(this.#at);
    this.#pieces = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
    this.#bytes = NONE;
  }

  /** Reads one value, or the head of a list; returns false if it is not there as a whole. */
  #read(): boolean {
    const end = this.#bytes.indexOf(RETURN, this.#at);
    // The line feed follows the carriage return.
    if (end < 0 || end + 2 > this.#bytes.length) {
      this.#needed = this.#bytes.length - this.#at + 1;
      return false;
    }
    const type = String.fromCharCode(this.#bytes[this.#at] ?? 0);
    const head = this.#bytes.toString("latin1", this.#at + 1, end);
    if ("$=!".includes(type)) return this.#readText(type, head, end + 2);
    const isList = "*~>%".includes(type);
    const value = isList ? undefined : scalarOf(type, head, this.#lineTo(end));
    this.#at = end + 2;
    if (isList) this.#open(type, lengthOf(head));
    else this.#add(value);
    return true;
  }

  #lineTo(end: number): string {
    return this.#bytes.toString("utf8", this.#at + 1, end);
  }

  #readText(type: string, head: string, from: number): boolean {
    const length = lengthOf(head);
    const end = length < 0 ? from - 2 : from + length;
    if (end + 2 > this.#bytes.length) {
      this.#needed = end + 2 - this.#at;
      return false;
    }
    this.#at = end + 2;
    if (length < 0) this.#add(null);
    else this.#add(textOf(type, this.#bytes.toString("utf8", from, end)));
    return true;
  }

  #open(type: string, length: number): void {
    if (length <= 0) return this.#add(length < 0 ? null : [], type === ">");
    const missing = type === "%" ? 2 * length : length;
    this.#lists.push({ values: [], isPush: type === ">", missing });
  }

  #add(value: unknown, isPush = false): void {
    const list = this.#lists.at(-1);
    if (list === undefined) return this.#take(value, isPush);
    list.values.push(value);
    if (--list.missing > 0) return;
    this.#lists.pop();
    this.#add(list.values, list.isPush);
  }
}

function lengthOf(head: string): number {
  const length = Number(head);
  if (head !== "" && Number.isSafeInteger(length)) return length;
  throw new SyntaxError(`Cannot read a reply: expected a length, got ${head}`);
}

/** A text by its type: `=` has its format in front, and `!` is an error. */
function textOf(type: string, text: string): unknown {
  if (type === "$") return text;
  return type === "=" ? text.slice(4) : new Error(text);
}

/** @throws {SyntaxError} If there is no such type. */
function scalarOf(type: string, head: string, line: string): unknown {
  switch (type) {
    case "+":
      return line;
    case "-":
      return new Error(line);
    case ":":
    case ",":
      return Number(head);
    case "(":
      return head;
    case "#":
      return head === "t";
    case "_":
      return null;
    default:
      throw new SyntaxError(
        `Cannot read a reply: expected its type, got ${JSON.stringify(type)}`,
      );
  }
}
