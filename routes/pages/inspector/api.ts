/** Calls of the server API in the name of the operator. */

import * as v from "valibot";
import { type TraceLine, traceLine } from "./answers.ts";

/** The API's answer to a call that it does not carry out. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const errorAnswer = v.object({
  error: v.object({ code: v.number(), message: v.string() }),
});

function post(
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
}

/**
 * Calls a method.
 *
 * @throws {ApiError} If it is not carried out.
 */
export async function callApi<Schema extends v.GenericSchema>(
  method: string,
  body: object,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const response = await post(`inspector/api/${method}`, body);
  // The session is over: the page becomes that of the login.
  if (response.status === 401) location.reload();
  const isJson = response.headers.get("content-type")?.includes("json");
  if (!isJson) throw new ApiError(response.status, await response.text());
  const answer: unknown = await response.json();
  const refused = v.safeParse(errorAnswer, answer);
  if (refused.success) {
    const { code, message } = refused.output.error;
    throw new ApiError(code, message);
  }
  return v.parse(v.object({ result: schema }), answer).result;
}

/** Follows a trace until it ends or `signal` ends it. */
export async function followTrace(
  body: object,
  { onLine, signal }: {
    readonly onLine: (line: TraceLine) => void;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const response = await post("inspector/api/trace", body, signal);
  if (response.status === 401) location.reload();
  const type = response.headers.get("content-type") ?? "";
  if (!type.includes("ndjson") || response.body === null) {
    const refused = v.safeParse(errorAnswer, await response.json());
    const message = refused.success
      ? refused.output.error.message
      : `status ${response.status}`;
    throw new ApiError(response.status, message);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream())
    .getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(v.parse(traceLine, JSON.parse(line)));
  }
}

/** Logs in; resolves with a sentence if that fails. */
export async function logIn(key: string): Promise<string | undefined> {
  const response = await post("inspector/login", { key });
  if (response.ok) return undefined;
  const answer = v.safeParse(
    v.object({ error: v.string() }),
    await response.json(),
  );
  return answer.success ? answer.output.error : `Status ${response.status}.`;
}

/** Logs out. */
export async function logOut(): Promise<void> {
  await post("inspector/logout", {});
}
