/** What `/openapi.json` says: OpenAPI 3.1 from the schemas that bodies are checked with. */

import { toJsonSchema } from "@valibot/to-json-schema";
import {
  describeRoute,
  type DescribeRouteOptions,
  generateSpecs,
  loadVendor,
  resolver,
} from "hono-openapi";
import type { Hono, MiddlewareHandler } from "hono";
import * as v from "valibot";
import { jsonObject } from "../../lib/base/json.ts";
import type { ApiMethod } from "../../lib/server_api/server_api.ts";
import { VERSION } from "../../lib/base/version.ts";
import { errorAnswer, METHOD_NOTES } from "./api_methods.ts";

// It looks for the translation where a package of its own would have it, in vain.
loadVendor("valibot", {
  toJSONSchema: (schema, options) => {
    if (isSchema(schema)) return toJsonSchema(schema, options);
    throw new TypeError("Cannot translate what is no schema of valibot");
  },
});

function isSchema(schema: unknown): schema is v.GenericSchema {
  return typeof schema === "object" && schema !== null && "kind" in schema;
}

const JSON_TYPE = "application/json";
/** A schema, and what it has come to so far. */
interface Override {
  readonly valibotSchema: v.GenericSchema;
  readonly jsonSchema: object;
}

const OPTIONS = {
  typeMode: "input",
  errorMode: "ignore",
  overrideSchema({ valibotSchema, jsonSchema }: Override) {
    const parts = partsOf(valibotSchema);
    // It is checked by code, for which there is no translation.
    const isObject = [valibotSchema, ...parts]
      .some(({ reference }) => reference === jsonObject.reference);
    if (!isObject) return undefined;
    const known = parts.find(({ type }) => type === "object");
    if (known === undefined) return { type: "object" as const, ...jsonSchema };
    const { $schema: _, ...fields } = toJsonSchema(known, OPTIONS);
    return { ...jsonSchema, ...fields };
  },
} as const;

/** What an optional value goes through one after another, where it is there. */
function partsOf(schema: v.GenericSchema): readonly v.GenericSchema[] {
  if (!("wrapped" in schema) || !isSchema(schema.wrapped)) return [];
  const { wrapped } = schema;
  if (!("pipe" in wrapped) || !Array.isArray(wrapped.pipe)) return [wrapped];
  return wrapped.pipe.filter(isSchema);
}

function schemaOf(schema: v.GenericSchema) {
  return resolver(schema, { options: OPTIONS });
}

function text(description: string) {
  return { description, content: { "text/plain": {} } };
}

/** Tells the reference what a method of the server API takes and answers. */
export function describeMethod(
  name: string,
  { schema }: ApiMethod,
): MiddlewareHandler {
  const note = METHOD_NOTES[name];
  if (note === undefined) {
    throw new TypeError(`Cannot describe "${name}": there is no note on it`);
  }
  const { summary, result, bare = false, example } = note;
  const answer = bare ? result : v.strictObject({ result });
  return describeRoute({
    operationId: name,
    summary,
    tags: ["Server API"],
    security: [{ header: [] }, { authorization: [] }, { query: [] }],
    requestBody: {
      required: Object.keys(example).length > 0,
      content: { [JSON_TYPE]: { schema: schemaOf(schema), example } },
    },
    responses: {
      200: {
        description: "done, or an error that says why not",
        content: {
          [JSON_TYPE]: { schema: schemaOf(v.union([answer, errorAnswer])) },
        },
      },
      400: text("the body is no JSON"),
      401: text("the key is not the right one"),
      404: text("the server API is off"),
      405: text("another verb than POST"),
      413: text("the body is too long"),
    },
  });
}

/** Tells the reference of a question about the server's health. */
export function describeHealth(
  { id, summary, negative }: {
    readonly id: string;
    readonly summary: string;
    /** What 503 means; without it, there is none. */
    readonly negative?: string;
  },
): MiddlewareHandler {
  const content = { [JSON_TYPE]: { schema: { type: "object" as const } } };
  const responses: DescribeRouteOptions["responses"] = {
    200: { description: "yes", content },
  };
  if (negative !== undefined) {
    responses[503] = { description: negative, content };
  }
  return describeRoute({
    operationId: id,
    summary,
    tags: ["Health"],
    security: [],
    responses,
  });
}

/** The document of all routes that were described. */
export async function openApiOf(app: Hono): Promise<OpenApi> {
  return await generateSpecs(app, {
    documentation: {
      openapi: "3.1.0",
      info: {
        title: "Thrum",
        version: VERSION,
        description: "What a backend asks of the hub over HTTP.",
        license: { name: "MIT", identifier: "MIT" },
      },
      tags: [{ name: "Server API" }, { name: "Health" }],
      components: {
        securitySchemes: {
          header: { type: "apiKey", in: "header", name: "X-API-Key" },
          authorization: {
            type: "apiKey",
            in: "header",
            name: "Authorization",
            description: "`apikey <key>`",
          },
          query: { type: "apiKey", in: "query", name: "api_key" },
        },
      },
    },
  });
}

/** A document that says what can be asked over HTTP. */
export type OpenApi = Awaited<ReturnType<typeof generateSpecs>>;
