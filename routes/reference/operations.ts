/** Operations of an OpenAPI document and the fields of their bodies, for the page that shows them. */

import * as v from "valibot";
import type { OpenApi } from "./openapi.ts";

/** A field of a body. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

const bodySchema = v.object({
  properties: v.optional(v.record(v.string(), v.looseObject({})), {}),
  required: v.optional(v.array(v.string()), []),
});

const operationSchema = v.object({
  operationId: v.string(),
  summary: v.string(),
  requestBody: v.object({
    content: v.object({
      "application/json": v.object({
        schema: bodySchema,
        example: v.unknown(),
      }),
    }),
  }),
});

/** Schema of a body. */
export type Body = v.InferOutput<typeof bodySchema>;

/** An operation that takes a body. */
export interface Operation {
  readonly id: string;
  readonly path: string;
  readonly summary: string;
  readonly body: Body;
  readonly example: unknown;
}

/** Lists the operations that take JSON, in the order of the document. */
export function operationsOf({ paths }: Pick<OpenApi, "paths">): Operation[] {
  return Object.entries(paths ?? {}).flatMap(([path, item]) => {
    const { success, output } = v.safeParse(operationSchema, item?.post);
    if (!success) return [];
    const { schema, example } = output.requestBody.content["application/json"];
    const { operationId: id, summary } = output;
    return [{ id, path, summary, body: schema, example }];
  });
}

/** Lists the fields of a body, required ones first, each followed by its own: `since`, `since.offset`. */
export function fieldsOf({ properties, required }: Body): Field[] {
  return Object.entries(properties)
    .toSorted(([a], [b]) =>
      Number(required.includes(b)) - Number(required.includes(a))
    )
    .flatMap(([name, schema]) => {
      const { type, description } = schema;
      const field = {
        name,
        type: typeof type === "string" ? type : "any JSON",
        required: required.includes(name),
        description: typeof description === "string" ? description : "",
      };
      const inner = v.safeParse(bodySchema, schema);
      const fields = inner.success ? fieldsOf(inner.output) : [];
      const of = (inner: Field) => ({
        ...inner,
        name: `${name}.${inner.name}`,
      });
      return [field, ...fields.map(of)];
    });
}
