/** Commands of the Centrifuge client protocol, by the fields of its messages: an object with exactly one method. */

import type { Payload, StreamPosition } from "../base/publication.ts";
import { isRecord, type UnknownRecord } from "../base/record.ts";
import type { Command, FaultyCommand } from "./types.ts";

/** Reads the fields of a method; `data` returns its field `data`. */
type Decode = (
  id: number,
  fields: UnknownRecord,
  data: () => Payload | undefined,
) => Command;

const MAX_ID = 2 ** 32 - 1;
const PONG: Command = { type: "pong", id: 0 };

/** Makes the command of anything that is not a command. */
export function invalid(problem: string): FaultyCommand {
  return { type: "invalid", id: 0, problem };
}

/** A field with an invalid value, which makes the command invalid. */
class FieldError extends Error {
  /** Names the field, what it should be, and the type of what it is: a value may be a payload or a token. */
  constructor(name: string, expected: string, value: unknown) {
    super(`${name}: expected ${expected}, but got ${withArticle(value)}`);
  }
}

function withArticle(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (value === "") return "an empty string";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  return `a ${typeof value}`;
}

/** Makes a command of what a codec has read; `dataOf` returns the field `data` of a method. */
export function decodeCommand(
  command: unknown,
  dataOf: (method: string) => Payload | undefined,
): Command {
  try {
    if (isRecord(command)) return readCommand(command, dataOf);
    return invalid(`expected an object, but got ${withArticle(command)}`);
  } catch (error) {
    if (error instanceof FieldError) return invalid(error.message);
    throw error;
  }
}

function readCommand(
  command: UnknownRecord,
  dataOf: (method: string) => Payload | undefined,
): Command {
  let decode: Decode | undefined;
  let method = "";
  for (const name of Object.keys(command)) {
    if (name === "id") continue;
    const known = METHODS.get(name);
    // An unknown key next to a known method is ignored: a newer client may send it.
    if (known === undefined) continue;
    if (decode !== undefined) {
      return invalid(`expected one method, but got ${method} and ${name}`);
    }
    decode = known;
    method = name;
  }
  const fields = command[method];
  const id = command.id ?? 0;
  if (!isId(id)) {
    throw new FieldError("id", `a whole number up to ${MAX_ID}`, id);
  }
  if (decode === undefined) {
    return isEmpty(command) ? PONG : invalid("expected a known method");
  }
  if (!isRecord(fields)) throw new FieldError(method, "an object", fields);
  if (id === 0 && decode !== decodeSend) {
    return invalid(`${method}: expected an id from 1 on beside it`);
  }
  try {
    return decode(id, fields, () => dataOf(method));
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    return invalid(`${method}.${error.message}`);
  }
}

const decodeSend: Decode = (_, _fields, data) => {
  const payload = data();
  if (payload === undefined) throw new FieldError("data", "data", payload);
  return { type: "message", id: 0, payload };
};

/** Methods by name (client protocol §3); a Map, so that `constructor` is not found. */
const METHODS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ["connect", (id, fields, data) => ({
    type: "connect",
    id,
    token: text(fields, "token"),
    data: data(),
    positions: positions(fields.subs),
    headers: headers(fields.headers),
  })],
  ["subscribe", (id, fields, data) => {
    // Map and shared-poll subscriptions are not available.
    if (whole(fields, "type") !== 0) return { type: "unavailable", id };
    return {
      type: "subscribe",
      id,
      channel: channel(fields),
      token: text(fields, "token"),
      since: flag(fields, "recover") ? position(fields) : undefined,
      positioned: flag(fields, "positioned") || flag(fields, "recoverable"),
      joinLeave: flag(fields, "join_leave"),
      delta: text(fields, "delta") === "fossil",
      tagsFilter: fields.tf ?? undefined,
      rejectUnrecovered: (whole(fields, "flag") & 2) !== 0,
      data: data(),
    };
  }],
  ["unsubscribe", (id, fields) => ({
    type: "unsubscribe",
    id,
    channel: channel(fields),
  })],
  ["publish", (id, fields, data) => {
    if (whole(fields, "type") !== 0) return { type: "unavailable", id };
    const payload = data();
    const name = channel(fields);
    if (payload === undefined) {
      return { type: "incomplete", id, problem: "publish.data: expected data" };
    }
    return { type: "publish", id, channel: name, payload };
  }],
  ["presence", (id, fields) => ({
    type: "presence",
    id,
    channel: channel(fields),
  })],
  ["presence_stats", (id, fields) => ({
    type: "presenceStats",
    id,
    channel: channel(fields),
  })],
  ["history", (id, fields) => {
    const since = fields.since ?? undefined;
    if (since !== undefined && !isRecord(since)) {
      throw new FieldError("since", "an object", since);
    }
    return {
      type: "history",
      id,
      channel: channel(fields),
      limit: integer(fields, "limit"),
      since: since === undefined ? undefined : position(since),
      reverse: flag(fields, "reverse"),
    };
  }],
  ["rpc", (id, fields, data) => ({
    type: "rpc",
    id,
    method: text(fields, "method"),
    payload: data() ?? { json: "null" },
  })],
  ["send", decodeSend],
  ["refresh", (id, fields) => ({
    type: "refresh",
    id,
    token: text(fields, "token"),
  })],
  ["sub_refresh", (id, fields) => {
    // A shared poll tracks its keys by it.
    if (whole(fields, "type") !== 0) return { type: "unavailable", id };
    return {
      type: "subRefresh",
      id,
      channel: channel(fields),
      token: text(fields, "token"),
    };
  }],
  ["ping", (id) => ({ type: "unavailable", id })],
]);

/** Checks for a pong: an object without fields, or with an id of 0 alone. */
function isEmpty({ id = 0, ...rest }: UnknownRecord): boolean {
  return id === 0 && Object.keys(rest).length === 0;
}

function isId(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 &&
    Number(value) <= MAX_ID;
}

function text(fields: UnknownRecord, name: string): string {
  const value = fields[name] ?? "";
  if (typeof value !== "string") throw new FieldError(name, "a string", value);
  return value;
}

function flag(fields: UnknownRecord, name: string): boolean {
  const value = fields[name] ?? false;
  if (typeof value !== "boolean") {
    throw new FieldError(name, "a boolean", value);
  }
  return value;
}

function integer(fields: UnknownRecord, name: string): number {
  const value = fields[name] ?? 0;
  if (typeof value !== "number" || !Number.isSafeInteger(value)) {
    throw new FieldError(name, "a whole number", value);
  }
  return value;
}

function whole(fields: UnknownRecord, name: string): number {
  const value = integer(fields, name);
  if (value < 0) throw new FieldError(name, "a number from 0 on", value);
  return value;
}

function channel(fields: UnknownRecord): string {
  const name = text(fields, "channel");
  if (name === "") throw new FieldError("channel", "a name", name);
  return name;
}

function position(fields: UnknownRecord): StreamPosition {
  return { offset: whole(fields, "offset"), epoch: text(fields, "epoch") };
}

const NO_POSITIONS: ReadonlyMap<string, StreamPosition> = new Map();

function positions(subs: unknown): ReadonlyMap<string, StreamPosition> {
  if (subs === undefined || subs === null) return NO_POSITIONS;
  if (!isRecord(subs)) throw new FieldError("subs", "an object", subs);
  return new Map(
    Object.entries(subs).flatMap(([name, given]) => {
      const fields = given ?? {};
      if (!isRecord(fields)) {
        throw new FieldError("subs", "objects by channel", fields);
      }
      return flag(fields, "recover") ? [[name, position(fields)]] : [];
    }),
  );
}

const NO_HEADERS: ReadonlyMap<string, string> = new Map();

function headers(given: unknown): ReadonlyMap<string, string> {
  if (given === undefined || given === null) return NO_HEADERS;
  if (!isRecord(given)) throw new FieldError("headers", "an object", given);
  return new Map(
    Object.keys(given).map((name) => [name, text(given, name)]),
  );
}
