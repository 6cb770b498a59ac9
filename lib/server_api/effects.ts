/** Effects of a call of the server API, as a log may name them: the method, and what it is about. */

import * as v from "valibot";
import { isRecord } from "../base/record.ts";
import { batchSchema } from "./schemas.ts";
import { API_METHODS, readBody } from "./server_api.ts";

/** Methods that change nothing. A new one counts as one that does until it stands here. */
export const READING: ReadonlySet<string> = new Set([
  "presence",
  "presence_stats",
  "history",
  "channels",
  "info",
  "connections",
  "connection",
  "user",
  "channels_page",
  "channel",
  "explain",
  "node_metrics",
  "load",
  "trace",
]);

/** Longest name that is shown, in characters. */
const MAX_SHOWN = 255;
/** Channels of a `broadcast` that are shown: a line has to stay short. */
const MAX_CHANNELS = 10;

/** Effect of a call. It has no payload, and no session, by which another could take a client's place. */
export interface Effect {
  readonly method: string;
  readonly channel?: string;
  /** The first channels of a `broadcast`. */
  readonly channels?: readonly string[];
  /** Number of those after them. */
  readonly more?: number;
  readonly user?: string;
  readonly client?: string;
  /** Name of the program's own procedure. */
  readonly procedure?: string;
}

/** Lists the effects of a call, those of a batch one by one; none if it only reads, or its body is refused. */
export function effectsOf(method: string, body: string): readonly Effect[] {
  if (READING.has(method)) return [];
  const value = readBody(body)?.value;
  if (method !== "batch") return effectOf(method, value);
  const batch = v.safeParse(batchSchema, value);
  return batch.success ? batch.output.commands.flatMap(effectOfCommand) : [];
}

/** Effect of `{"<method>":{…}}`. */
function effectOfCommand(command: object): readonly Effect[] {
  const [entry, ...others] = Object.entries(command)
    .filter(([name]) => name !== "id");
  if (entry === undefined || others.length > 0) return [];
  const [method, body] = entry;
  return method === "batch" ? [] : effectOf(method, body);
}

function effectOf(method: string, body: unknown): readonly Effect[] {
  const schema = READING.has(method)
    ? undefined
    : API_METHODS.get(method)?.schema;
  if (schema === undefined || !isRecord(body) || !v.is(schema, body)) return [];
  const channels = Array.isArray(body.channels) ? body.channels : [];
  return [{
    method,
    channel: shown(body.channel),
    ...channels.length === 0
      ? {}
      : { channels: channels.slice(0, MAX_CHANNELS) },
    ...channels.length <= MAX_CHANNELS
      ? {}
      : { more: channels.length - MAX_CHANNELS },
    user: shown(body.user),
    client: shown(body.client),
    procedure: method === "rpc" ? shown(body.method) : undefined,
  }];
}

function shown(name: unknown): string | undefined {
  return typeof name === "string" ? name.slice(0, MAX_SHOWN) : undefined;
}
