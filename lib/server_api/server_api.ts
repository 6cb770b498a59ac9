/** The server API for the application's backend, with its methods. Centrifuge, §12. */

import { errors, ProtocolError } from "../base/errors.ts";
import { rawElements, rawValue } from "../protocol/raw_json.ts";
import { asJson } from "../base/publication.ts";
import * as channels from "./channels.ts";
import * as clients from "./clients.ts";
import {
  answerOf,
  type ApiBody,
  type ApiMethod,
  errorOf,
  method,
  parseBody,
  type ServerApiDeps,
} from "./method.ts";
import * as inspection from "./inspection.ts";
import { traceBodySchema } from "./inspection_schemas.ts";
import { send } from "./send.ts";
import { OpenTraces, type TraceLines } from "./trace.ts";
import { append, broadcast, publish } from "./publish.ts";
import { batchSchema, rpcSchema } from "./schemas.ts";

export type { ApiMethod, ServerApiDeps, TraceLines };

/** Outcome of a call: an answer as JSON text with a result or an error, lines of JSON that go on, or a reason why there is no answer. */
export type ApiAnswer =
  | { readonly type: "answer"; readonly json: string }
  | { readonly type: "lines"; readonly lines: TraceLines }
  | { readonly type: "unknownMethod" | "malformedJson" };

/** Calls the application's own procedure. */
const rpc = method(rpcSchema, async ({ hooks }, { method, params }) => {
  if (hooks.onRpc === undefined) throw new ProtocolError(errors.notAvailable);
  const data = params ?? null;
  const answer = await hooks.onRpc({
    connection: undefined,
    headers: undefined,
    method,
    data,
  });
  return `{"data":${asJson(answer ?? null, "answer a call").json}}`;
});

const METHODS: ReadonlyMap<string, ApiMethod> = new Map([
  ["publish", publish],
  ["broadcast", broadcast],
  ["append", append],
  ["subscribe", clients.subscribe],
  ["unsubscribe", clients.unsubscribe],
  ["disconnect", clients.disconnect],
  ["refresh", clients.refresh],
  ["presence", channels.presence],
  ["presence_stats", channels.presenceStats],
  ["history", channels.history],
  ["history_remove", channels.historyRemove],
  ["channels", channels.channels],
  ["info", channels.info],
  ["rpc", rpc],
  ["send", send],
  ["connections", inspection.connections],
  ["connection", inspection.connection],
  ["user", inspection.user],
  ["channels_page", inspection.channelsPage],
  ["channel", inspection.channel],
  ["explain", inspection.explain],
  ["node_metrics", inspection.nodeMetrics],
  ["load", inspection.load],
]);

/** Carries out several commands; the result has a reply for each, in their order. */
const batch = method(batchSchema, async (deps, { parallel }, json) => {
  const commands = rawElements(rawValue(json, ["commands"]) ?? "[]");
  const replies: string[] = [];
  if (parallel) {
    replies.push(
      ...await Promise.all(
        commands.map((command) => reply(deps, command)),
      ),
    );
  } else {
    for (const command of commands) replies.push(await reply(deps, command));
  }
  return `{"replies":[${replies.join(",")}]}`;
});

/** Methods that answer at once; those of a batch have no batch in them. */
const ANSWERING: ReadonlyMap<string, ApiMethod> = new Map([
  ...METHODS,
  ["batch", batch],
]);

/** Methods by name, each with the schema of its body; a Map, so that `constructor` is not found. */
export const API_METHODS: ReadonlyMap<string, Pick<ApiMethod, "schema">> =
  new Map<string, Pick<ApiMethod, "schema">>([
    ...ANSWERING,
    ["trace", { schema: traceBodySchema }],
  ]);

/**
 * Makes the function that calls a method with a body; it neither throws nor rejects,
 * and answers at once where no promise is waited for.
 */
export function createServerApi(
  deps: ServerApiDeps,
): (name: string, body: string) => ApiAnswer | Promise<ApiAnswer> {
  const traces = new OpenTraces(deps.hub);
  return (name, body) => {
    const method = ANSWERING.get(name);
    if (method === undefined && name !== "trace") {
      return { type: "unknownMethod" };
    }
    const read = readBody(body);
    if (read === undefined) return { type: "malformedJson" };
    if (method === undefined) return openTrace(deps, traces, read.value);
    const answer = answerOf(
      deps,
      name,
      () => method.carryOut(deps, read),
      // The result of a batch has no `result` around it.
      { isBare: method === batch },
    );
    return typeof answer === "string"
      ? { type: "answer", json: answer }
      : answer.then((json) => ({ type: "answer", json }));
  };
}

/** Reads a body; `undefined` if it is no JSON. An empty one is `{}`. */
export function readBody(body: string): ApiBody | undefined {
  const json = body.trim() === "" ? "{}" : body;
  const value = parse(json);
  return value === undefined ? undefined : { json, value };
}

async function openTrace(
  deps: ServerApiDeps,
  traces: OpenTraces,
  value: unknown,
): Promise<ApiAnswer> {
  try {
    const query = parseBody(traceBodySchema, value);
    return { type: "lines", lines: await traces.open(query) };
  } catch (error) {
    return { type: "answer", json: errorOf(deps, "trace", error) };
  }
}

/** Parses JSON; `undefined` if it is invalid. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Writes the reply `{"<method>":{…}}` to a command `{"<method>":{…}}`, or `{"error":{…}}`; never rejects. */
async function reply(deps: ServerApiDeps, command: string): Promise<string> {
  const names = Object.keys(Object(parse(command)))
    .filter((name) => name !== "id");
  const [name = ""] = names;
  try {
    const method = METHODS.get(name);
    if (method === undefined || names.length > 1) {
      throw new ProtocolError(errors.methodNotFound);
    }
    const json = rawValue(command, [name]) ?? "{}";
    const value = parse(json);
    return `{"${name}":${await method.carryOut(deps, { json, value })}}`;
  } catch (error) {
    return errorOf(deps, name, error);
  }
}
