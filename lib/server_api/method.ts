/** A method of the server API: the schema of its body, its action and its answer. */

import * as v from "valibot";
import { errors, ProtocolError } from "../base/errors.ts";
import type { CommandsDeps } from "../commands/deps.ts";
import { expected, parseJson } from "../base/json.ts";
import { isRecord } from "../base/record.ts";
import { logFailure } from "../base/log.ts";

/** Problems of a body that its caller learns of at once: one body may have a million. */
const MAX_PROBLEMS = 10;

/** Schema that no value fits. */
const noObject = v.custom<never>(() => false, expected("an object"));

/**
 * Dependencies of the methods: the hub through which they reach all nodes, the log of
 * the failures that are not the caller's, the program's `onRpc`, and the rules for
 * clients, which `explain` explains.
 */
export type ServerApiDeps = Pick<
  CommandsDeps,
  | "hub"
  | "log"
  | "hooks"
  | "tokens"
  | "insecure"
  | "namespaces"
  | "memoryUse"
  | "cpuUse"
>;

/** A body, parsed and as text. */
export interface ApiBody {
  /** The parsed JSON. */
  readonly value: unknown;
  /** The text, which is valid JSON. */
  readonly json: string;
}

/** A method with any parameters. */
export interface ApiMethod {
  /** Schema of its body. */
  readonly schema: v.GenericSchema;
  /**
   * Carries the method out; its result is JSON text, at once or as a promise.
   *
   * @throws {ProtocolError} Error for the caller: 107 for an invalid body.
   */
  carryOut(deps: ServerApiDeps, body: ApiBody): string | Promise<string>;
}

/** Action of a method; `json` is the text of its body. */
type Run<Schema extends v.GenericSchema> = (
  deps: ServerApiDeps,
  parameters: v.InferOutput<Schema>,
  json: string,
) => string | Promise<string>;

/**
 * Makes a method of a schema and an action. A body that is found to be `brief` fits the
 * schema for certain, and is not checked by it, which takes longer than a publication.
 */
export function method<Schema extends v.GenericSchema>(
  schema: Schema,
  run: Run<Schema>,
  isBrief?: (body: unknown) => body is v.InferOutput<Schema>,
): ApiMethod {
  const known = fieldsOf(schema);
  return {
    schema,
    carryOut(deps, { value, json }) {
      if (isBrief?.(value)) return run(deps, value, json);
      const parameters = parseBody(schema, value);
      reportUnknown(deps, known, value);
      return run(deps, parameters, json);
    },
  };
}

/** Fields of the bodies that fit a schema. */
function fieldsOf(schema: v.GenericSchema): ReadonlySet<string> {
  const isObject = "entries" in schema && isRecord(schema.entries);
  return new Set(isObject ? Object.keys(Object(schema.entries)) : []);
}

/** Names that each hub has warned of: a backend repeats its mistake with every call. */
const reported = new WeakMap<object, Set<string>>();
const MAX_REPORTED = 100;

/** Warns of fields that have no effect, which may be misspelt ones; a newer backend may send them, too. */
function reportUnknown(
  { hub, log }: ServerApiDeps,
  known: ReadonlySet<string>,
  body: unknown,
): void {
  for (const field in Object(body)) {
    if (known.has(field)) continue;
    const names = reported.get(hub) ?? new Set();
    if (names.has(field) || names.size >= MAX_REPORTED) continue;
    reported.set(hub, names.add(field));
    const meaning = `it has no effect: expected ${[...known].join(", ")}`;
    log.warn("unknown_field", { field: field.slice(0, 100), meaning });
  }
}

/**
 * Checks a body.
 *
 * @throws {ProtocolError} 107 with its problems if it is invalid.
 */
export function parseBody<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> {
  // valibot accepts an array as an object.
  const parsed = parseJson(isRecord(value) ? schema : noObject, value);
  if (parsed.ok) return parsed.value;
  const problems = parsed.problems.slice(0, MAX_PROBLEMS);
  throw new ProtocolError(errors.badRequest, problems.join("; "));
}

/** Writes `{"error":{…}}` of an error; an error that is not the caller's is logged. */
export function errorOf(
  { hub, log }: ServerApiDeps,
  method: string,
  error: unknown,
): string {
  if (error instanceof ProtocolError) {
    const { code, message } = error;
    return JSON.stringify({ error: { code, message } });
  }
  logFailure({ log, broker: hub.broker }, "api_failed", { method, error });
  const { code, message } = errors.internal;
  return JSON.stringify({ error: { code, message } });
}

/**
 * Writes `{"result":{…}}` of the result of `run`, or the result alone where that `isBare`;
 * `{"error":{…}}` where `run` fails. Neither throws nor rejects.
 */
export function answerOf(
  deps: ServerApiDeps,
  method: string,
  run: () => string | Promise<string>,
  { isBare = false }: { readonly isBare?: boolean } = {},
): string | Promise<string> {
  try {
    const result = run();
    if (typeof result === "string") return write(result, isBare);
    return result.then(
      (result) => write(result, isBare),
      (error) => errorOf(deps, method, error),
    );
  } catch (error) {
    return errorOf(deps, method, error);
  }
}

function write(result: string, isBare: boolean): string {
  return isBare ? result : `{"result":${result}}`;
}
