/** A method of the server API: what its body must be, and what it does. */

import type * as v from "valibot";
import { errors, ProtocolError } from "../base/errors.ts";
import type { Hub } from "../hub/hub.ts";
import { jsonObject, parseJson } from "../base/json.ts";
import type { Log } from "../base/log.ts";
import type { HubHooks } from "../hub/hooks.ts";

/** What the methods act upon. */
export interface ServerApiDeps {
  /** What is published to, asked and changed, on all nodes. */
  readonly hub: Hub;
  /** Where failures go that are not the caller's. */
  readonly log: Log;
  /** Answers `rpc`; without it, that is not available. */
  readonly policy: Pick<HubHooks, "onRpc">;
}

/** A body: what it says, and how it was written. */
export interface ApiBody {
  readonly value: unknown;
  /** Valid JSON. */
  readonly json: string;
}

/** A method, whatever its parameters are. */
export interface ApiMethod {
  /** What its body must be. */
  readonly schema: v.GenericSchema;
  /**
   * Carries it out, and resolves with its result as JSON text.
   *
   * @throws {ProtocolError} What the caller is told: 107 for a body that is wrong.
   */
  carryOut(deps: ServerApiDeps, body: ApiBody): Promise<string>;
}

/** Does what a method is for; `json` is its body as it was written. */
type Run<Schema extends v.GenericSchema> = (
  deps: ServerApiDeps,
  parameters: v.InferOutput<Schema>,
  json: string,
) => string | Promise<string>;

/** Makes a method of its schema and of what it does. */
export function method<Schema extends v.GenericSchema>(
  schema: Schema,
  run: Run<Schema>,
): ApiMethod {
  return {
    schema,
    async carryOut(deps, { value, json }) {
      // To valibot an array is an object, too.
      const object = parseJson(jsonObject, value);
      const parsed = object.ok ? parseJson(schema, value) : object;
      if (parsed.ok) return await run(deps, parsed.value, json);
      throw new ProtocolError(errors.badRequest, parsed.problems.join("; "));
    },
  };
}
