/** Types of messages: their fields by name, and how each is written and read in protobuf and in JSON. */

import { type Payload, toJson } from "../base/publication.ts";
import {
  DELIMITED,
  MalformedError,
  type ProtobufReader,
  VARINT,
} from "./protobuf_reader.ts";
import type { ProtobufWriter } from "./protobuf_writer.ts";

/** Type of a field with values `T`, which are read as `R`. */
export interface FieldType<T, R = T> {
  /** Wire type in protobuf. */
  readonly wireType: number;
  /** Puts a value and the key of its field in front of what is written; nothing for the value of an absent field. */
  write(writer: ProtobufWriter, key: number, value: T): void;
  /** Reads a value. A field that comes again replaces the value before it, or adds to it. */
  read(reader: ProtobufReader, before: unknown): R;
  /** Writes a value as JSON. */
  toJson(value: T): string;
}

/** A field of a message: its number in protobuf, and its type. */
export type Field<T, R = T> = readonly [number: number, type: FieldType<T, R>];

/** Fields of a message by name. */
export type Fields = Readonly<
  // deno-lint-ignore no-explicit-any -- each field has values of its own type
  Record<string, Field<any, unknown>>
>;

/** Values of fields; those of absent fields are `undefined`. */
export type ValuesOf<F extends Fields> = {
  readonly [Name in keyof F]?: F[Name] extends Field<infer T, infer _>
    ? T | undefined
    : never;
};

/** Values of a message type, as they are written. */
export type Values<Type> = Type extends MessageType<infer F> ? ValuesOf<F>
  : never;

/** Fields of a message that was read, by their names; the others are absent. */
export interface ReadValues {
  [name: string]: unknown;
}

/** A whole number of 0 or more. */
export const uint: FieldType<number> = {
  wireType: VARINT,
  write(writer, key, value) {
    if (value === 0) return;
    writer.varint(value);
    writer.varint(key);
  },
  read: (reader) => reader.varint(),
  toJson: String,
};

/** A whole number, which may be negative where it is read. */
export const int: FieldType<number> = {
  ...uint,
  read: (reader) => reader.signedVarint(),
};

/** A whole number of 0 or more that protobuf has no field for. */
export const uintOfJson: FieldType<number> = { ...uint, write() {} };

/** True or false. */
export const bool: FieldType<boolean> = {
  wireType: VARINT,
  write: (writer, key, value) => uint.write(writer, key, Number(value)),
  read: (reader) => reader.varint() !== 0,
  toJson: String,
};

/** A text. */
export const text: FieldType<string> = {
  wireType: DELIMITED,
  write(writer, key, value) {
    if (value === "") return;
    writer.text(value);
    writer.varint(key);
  },
  read: (reader) => reader.text(),
  toJson: (value) => JSON.stringify(value),
};

/** Data of clients and programs: bytes in protobuf, any value in JSON. */
export const data: FieldType<Payload, Uint8Array<ArrayBuffer>> = {
  wireType: DELIMITED,
  write(writer, key, value) {
    writer.payload(value);
    writer.varint(key);
  },
  read: (reader) => reader.bytes(),
  // Line ends stand between its values only, and a line end is the end of a message.
  toJson: (value) => toJson(value).replace(/[\r\n]/g, " "),
};

/** Several values in their order. */
export function repeated<T, R>(
  item: FieldType<T, R>,
): FieldType<readonly T[], unknown[]> {
  return {
    wireType: item.wireType,
    write(writer, key, values) {
      for (let index = values.length - 1; index >= 0; index--) {
        item.write(writer, key, values[index]!);
      }
    },
    read(reader, before) {
      const values: unknown[] = Array.isArray(before) ? before : [];
      values.push(item.read(reader, undefined));
      return values;
    },
    toJson: (values) => `[${values.map((each) => item.toJson(each)).join()}]`,
  };
}

/** Values by name. */
export function map<T, R>(
  item: FieldType<T, R>,
): FieldType<ReadonlyMap<string, T>, ReadValues> {
  const entry = new MessageType({ key: [1, text], value: [2, item] });
  return {
    wireType: DELIMITED,
    write(writer, key, values) {
      for (const [name, value] of [...values].reverse()) {
        entry.write(writer, key, { key: name, value });
      }
    },
    read(reader, before) {
      const { key = "", value } = entry.read(reader, undefined);
      // Without a prototype, `__proto__` is a name like any other.
      const values: ReadValues = isObject(before)
        ? before
        : Object.create(null);
      values[String(key)] = value;
      return values;
    },
    toJson(values) {
      const members = [...values].map(([name, value]) =>
        `${JSON.stringify(name)}:${item.toJson(value)}`
      );
      return `{${members.join()}}`;
    },
  };
}

function isObject(value: unknown): value is ReadValues {
  return typeof value === "object" && value !== null;
}

/** A field with its name, and the key that it has in protobuf. */
interface NamedField {
  readonly name: string;
  readonly key: number;
  readonly type: Fields[string][1];
}

/** A message of some fields, which may be a field of another. */
export class MessageType<F extends Fields>
  implements FieldType<ValuesOf<F>, ReadValues> {
  /** Wire type in protobuf. */
  readonly wireType = DELIMITED;
  readonly #byName = new Map<string, NamedField>();
  readonly #byNumber = new Map<number, NamedField>();
  /** From the last to the first, in which order they are written. */
  readonly #reversed: NamedField[] = [];

  /** Takes the fields in the order of their numbers. */
  constructor(fields: F) {
    this.add(fields);
  }

  /** Adds fields which are only read, such as messages of this very type. */
  add(fields: Fields): this {
    for (const [name, [number, type]] of Object.entries(fields)) {
      const field = { name, key: (number << 3) | type.wireType, type };
      this.#byName.set(name, field);
      this.#byNumber.set(number, field);
      this.#reversed.unshift(field);
    }
    return this;
  }

  /** Puts a message and its key in front of what is written. */
  write(writer: ProtobufWriter, key: number, values: ValuesOf<F>): void {
    this.writeDelimited(writer, values);
    writer.varint(key);
  }

  /** Puts a message and its length in front of what is written. */
  writeDelimited(writer: ProtobufWriter, values: ValuesOf<F>): void {
    const { length } = writer;
    for (const { name, key, type } of this.#reversed) {
      const value = values[name];
      if (value !== undefined) type.write(writer, key, value);
    }
    writer.varint(writer.length - length);
  }

  /**
   * Reads a message behind its length; unknown fields are skipped.
   *
   * @throws {MalformedError} If that is no such message.
   */
  read(reader: ProtobufReader, before: unknown): ReadValues {
    const values = isObject(before) ? before : {};
    return reader.message(() => this.readToEnd(reader, values));
  }

  /**
   * Reads a message without a length, up to the end of what is read.
   *
   * @throws {MalformedError} If that is no such message.
   */
  readToEnd(reader: ProtobufReader, values: ReadValues = {}): ReadValues {
    while (!reader.done) {
      const key = reader.varint();
      const number = Math.floor(key / 8);
      const field = this.#byNumber.get(number);
      if (number === 0) throw new MalformedError();
      if (field === undefined) reader.skip(key % 8);
      else if (field.key !== key) throw new MalformedError();
      else values[field.name] = field.type.read(reader, values[field.name]);
    }
    return values;
  }

  /** Writes a message as JSON, with its fields in the order of the values. */
  toJson(values: ValuesOf<F>): string {
    let json = "";
    for (const name in values) {
      const value = values[name];
      if (value === undefined) continue;
      const member = this.#byName.get(name)!.type.toJson(value);
      json += `${json === "" ? "" : ","}"${name}":${member}`;
    }
    return `{${json}}`;
  }
}
