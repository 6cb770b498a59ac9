/** Schemas of a channel's data, by the Standard Schema that valibot, zod and arktype implement (version 1). */

import { errors, ProtocolError } from "../base/errors.ts";
import { type Payload, toClientValue, toPayload } from "../base/publication.ts";

/** A schema of any library that implements the Standard Schema, <https://standardschema.dev>. */
export interface StandardSchema<Input = unknown, Output = Input> {
  /** The part that libraries agree on. */
  readonly "~standard": {
    /** Version of the standard. */
    readonly version: 1;
    /** Name of the library. */
    readonly vendor: string;
    /** Checks a value; a hub refuses schemas that answer with a promise. */
    readonly validate: (
      value: unknown,
    ) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    /** Types of the schema; there is no such value at run time. */
    readonly types?:
      | { readonly input: Input; readonly output: Output }
      | undefined;
  };
}

/** Result of a check: the value as the schema has it, or the reasons against it. */
export type SchemaResult<Output = unknown> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] };

/** One reason against a value. */
export interface SchemaIssue {
  /** A sentence for people. */
  readonly message: string;
  /** Keys that lead to the part that is wrong. */
  readonly path?:
    | readonly (PropertyKey | { readonly key: PropertyKey })[]
    | undefined;
}

/** Reasons against a value in an error. */
const MAX_ISSUES = 10;

/** Characters of a reason: some libraries repeat the value in it. */
const MAX_REASON = 200;

/**
 * The payload as the schema of its channel has it; without a schema as it is. Schemas are synchronous, so that
 * publications keep the order in which they came.
 *
 * @throws {ProtocolError} 107 with the path of each part that does not fit.
 * @throws {TypeError} If the schema is asynchronous, or answers with neither a value nor issues.
 */
export function checkData(
  schema: StandardSchema | undefined,
  payload: Payload,
): Payload {
  if (schema === undefined) return payload;
  const result = schema["~standard"].validate(toClientValue(payload));
  if (result instanceof Promise) {
    // Its answer comes too late, and must not end the process.
    result.catch(() => {});
    throw new TypeError(
      "Cannot check data: the schema is asynchronous, expected a synchronous one",
    );
  }
  if (result.issues !== undefined) {
    throw new ProtocolError(errors.badRequest, describeAll(result.issues));
  }
  if ("value" in result) {
    return toPayload(result.value, "publish the output of a schema");
  }
  throw new TypeError(
    "Cannot check data: the schema answers with neither a value nor issues, expected one of them",
  );
}

/** The first reasons: data may be invalid in as many places as it has bytes. */
function describeAll(issues: readonly SchemaIssue[]): string {
  const reasons = issues.slice(0, MAX_ISSUES).map(describe);
  const more = issues.length - reasons.length;
  return more > 0
    ? `${reasons.join("; ")}; and ${more} more`
    : reasons.join("; ");
}

/** For example `data.lines[0].text: Expected string but received 1`. */
function describe({ path = [], message }: SchemaIssue): string {
  // A path may be of a class of its library's own, whose `map` makes another of that class.
  const steps = Array.from(path, (step) => {
    const key = typeof step === "object" ? step.key : step;
    return typeof key === "number" ? `[${key}]` : `.${String(key)}`;
  });
  const reason = `data${steps.join("")}: ${message}`;
  return reason.length > MAX_REASON
    ? `${reason.slice(0, MAX_REASON).toWellFormed()}…`
    : reason;
}
