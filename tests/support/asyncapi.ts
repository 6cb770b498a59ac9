/** Says what is wrong with an AsyncAPI 3.1 document, by the schema that the specification publishes. */

import schema from "@asyncapi/specs/schemas/3.1.0.json" with { type: "json" };
import { Ajv } from "ajv";
import addFormats from "ajv-formats";

// The schema brings the schema of schemas along.
const ajv = new Ajv({ meta: false, validateSchema: false, strict: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

/** What is wrong with a document, a sentence each; empty where nothing is. */
export function problemsOf(document: unknown): readonly string[] {
  validate(document);
  const problems = (validate.errors ?? []).map(({ instancePath, message }) =>
    `${instancePath || "/"} ${message}`
  );
  // A schema cannot see where a reference leads to.
  for (const ref of refsIn(document)) {
    if (!leadsSomewhere(ref, document)) problems.push(`${ref} is not there`);
  }
  return problems;
}

/** The references in a value, however deep. */
function refsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "$ref" ? [String(inner)] : refsIn(inner)
  );
}

function leadsSomewhere(ref: string, document: unknown): boolean {
  if (!ref.startsWith("#/")) return false;
  let place = document;
  for (const key of ref.slice(2).split("/")) {
    if (!Object.hasOwn(Object(place), key)) return false;
    place = Object(place)[key];
  }
  return true;
}
