/** OpenAPI document of `/openapi.json`, from the schemas that bodies are checked with. */

import { toJsonSchema } from "@valibot/to-json-schema";
import {
  describeRoute,
  type DescribeRouteOptions,
  generateSpecs,
  loadVendor,
  resolver,
} from "hono-openapi";
import { Hono, type MiddlewareHandler } from "hono";
import * as v from "valibot";
import { jsonObject } from "../../lib/base/json.ts";
import {
  API_METHODS,
  type ApiMethod,
} from "../../lib/server_api/server_api.ts";
import { VERSION } from "../../lib/base/version.ts";
import { errorAnswer, METHOD_NOTES } from "./api_methods.ts";

// hono-openapi's own import of @valibot/to-json-schema does not resolve under Deno.
loadVendor("valibot", {
  toJSONSchema: (schema, options) => {
    if (isSchema(schema)) return toJsonSchema(schema, options);
    throw new TypeError(
      "Cannot translate a schema to JSON Schema: expected one of valibot",
    );
  },
});

function isSchema(schema: unknown): schema is v.GenericSchema {
  return typeof schema === "object" && schema !== null && "kind" in schema;
}

const JSON_TYPE = "application/json";
const LINES_TYPE = "application/x-ndjson";
/** A schema, and its translation so far. */
interface Override {
  readonly valibotSchema: v.GenericSchema;
  readonly jsonSchema: object;
}

const OPTIONS = {
  typeMode: "input",
  errorMode: "ignore",
  overrideSchema({ valibotSchema, jsonSchema }: Override) {
    const parts = partsOf(valibotSchema);
    // A check by code has no translation.
    const isObject = [valibotSchema, ...parts]
      .some(({ reference }) => reference === jsonObject.reference);
    if (!isObject) return undefined;
    const known = parts.find(({ type }) => type === "object");
    if (known === undefined) return { type: "object" as const, ...jsonSchema };
    const { $schema: _, ...fields } = toJsonSchema(known, OPTIONS);
    return { ...jsonSchema, ...fields };
  },
} as const;

/** Schemas that an optional value passes one after the other, if it is present. */
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

function refusal(description: string) {
  return {
    description,
    content: { [JSON_TYPE]: { schema: schemaOf(errorAnswer) } },
  };
}

/** Describes the body and the answers of a method of the server API. */
function describeMethod(
  name: string,
  { schema }: Pick<ApiMethod, "schema">,
): MiddlewareHandler {
  const note = METHOD_NOTES[name];
  if (note === undefined) {
    throw new TypeError(
      `Cannot describe the method "${name}": expected a note in METHOD_NOTES`,
    );
  }
  const { summary, result, bare = false, lines = false, example } = note;
  const answer = bare ? result : v.strictObject({ result });
  return describeRoute({
    operationId: name,
    summary,
    tags: ["Server API"],
    security: [{ header: [] }, { authorization: [] }],
    requestBody: {
      required: Object.keys(example).length > 0,
      content: { [JSON_TYPE]: { schema: schemaOf(schema), example } },
    },
    responses: {
      200: {
        description: "the result, or an error",
        content: {
          [JSON_TYPE]: {
            schema: schemaOf(
              lines ? errorAnswer : v.union([answer, errorAnswer]),
            ),
          },
          ...lines ? { [LINES_TYPE]: { schema: schemaOf(result) } } : {},
        },
      },
      400: refusal("the body is not valid JSON"),
      401: refusal("the key is invalid"),
      404: refusal("the server API is off"),
      405: refusal("another verb than POST"),
      413: refusal("the body is too long"),
      415: refusal("the body is compressed"),
    },
  });
}

/** Describes a health check. */
export function describeHealth(
  { id, summary, negative }: {
    readonly id: string;
    readonly summary: string;
    /** Meaning of 503; without it, the check never answers so. */
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

/** Describes the metrics. */
export function describeMetrics(): MiddlewareHandler {
  return describeRoute({
    operationId: "metrics",
    summary: "Metrics of this process, in the text format of Prometheus",
    tags: ["Health"],
    security: [{ metrics: [] }, {}],
    responses: {
      200: text("the metrics"),
      401: text("the key is invalid"),
      403: text("without a key, the metrics are for the server's machine only"),
    },
  });
}

/** Makes the document of the methods of the server API, and of all routes of `app` that were described. */
export async function openApiOf(app: Hono): Promise<OpenApi> {
  const described = new Hono();
  // They share one route.
  for (const [name, method] of API_METHODS) {
    described.post(`/api/${name}`, describeMethod(name, method));
  }
  described.route("/", app);
  return await generateSpecs(described, {
    documentation: {
      openapi: "3.1.0",
      info: {
        title: "Thrum",
        version: VERSION,
        description: "Requests of backends to the hub over HTTP.",
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
          metrics: { type: "http", scheme: "bearer" },
        },
      },
    },
  });
}

/** An OpenAPI document. */
export type OpenApi = Awaited<ReturnType<typeof generateSpecs>>;
