/** Codec of the isolates' messages: JSON text, in which publications and their requests are short lists. */

import { fromBase64, toBase64 } from "../../base/bytes.ts";
import type { Payload, Publication } from "../../base/publication.ts";
import type {
  HistoryQuery,
  Published,
  PublishRequest,
  RecoverQuery,
} from "../types.ts";
import type {
  Delivery,
  FollowerMessage,
  Publish,
  Results,
  SequencerMessage,
  WirePayload,
  WirePublished,
  WireRest,
} from "./messages.ts";

/** Writes a message. */
export function encode(message: FollowerMessage | SequencerMessage): string {
  return JSON.stringify(message);
}

/**
 * Writes a message with a node call or an answer as its last item; `undefined` is left out.
 *
 * @throws {TypeError} If that is no JSON value, such as a function.
 */
export function encodeValue(
  head:
    | readonly [kind: "call" | "answer", id: number]
    | readonly [kind: "call", id: number, node: string | null],
  value: unknown,
): string {
  const text = JSON.stringify(head);
  return value === undefined ? text : `${text.slice(0, -1)},${toJson(value)}]`;
}

/**
 * Writes the answers of several nodes.
 *
 * @throws {TypeError} If one of them is no JSON value, such as a function.
 */
export function encodeAnswers(id: number, answers: readonly unknown[]): string {
  const items = answers.map((answer) =>
    answer === undefined ? "[]" : `[${toJson(answer)}]`
  );
  return `["answers",${id},[${items}]]`;
}

/** Writes a publication. */
export function toDelivery(publication: Publication): Delivery {
  const { channel, offset, epoch, info, tags, type, previous } = publication;
  const payload = writePayload(publication.payload);
  const rest = previous === undefined
    ? restOf(publication)
    : [info ?? null, tags ?? null, type, previous] as const;
  return ["delivery", channel, payload, offset, epoch, ...rest];
}

/** Reads what {@linkcode toDelivery} wrote. */
export function fromDelivery(
  [, channel, payload, offset, epoch, info, tags, type, previous]: Delivery,
): Publication {
  const publication: Publication = {
    type: type ?? "publication",
    channel,
    payload: readPayload(payload),
    info: info ?? undefined,
    tags: tags ?? undefined,
    offset,
    epoch,
  };
  return previous === undefined ? publication : { ...publication, previous };
}

/** Writes a request to publish. */
export function toPublish(id: number, request: PublishRequest): Publish {
  const { channel, history, skipHistory = false, idempotencyKey } = request;
  const payload = writePayload(request.payload);
  const size = history === undefined ? -1 : finite(history.size);
  const ttlMs = finite(history?.ttlMs ?? 0);
  const options = [size, ttlMs, skipHistory, idempotencyKey ?? null] as const;
  const { info = null, tags = null, type = "publication" } = request;
  const { version, after } = request;
  const isPlain = version === undefined && after === undefined;
  const rest = isPlain
    ? restOf(request)
    : [info, tags, type, version ?? null, after ?? null] as const;
  return ["publish", id, channel, payload, ...options, ...rest];
}

/** Reads what {@linkcode toPublish} wrote. */
export function fromPublish(
  [, , channel, payload, size, ttlMs, skipHistory, key, ...rest]: Publish,
): PublishRequest {
  const [info, tags, type, version, after] = rest;
  return {
    type: type ?? "publication",
    channel,
    payload: readPayload(payload),
    info: info ?? undefined,
    tags: tags ?? undefined,
    version: version ?? undefined,
    after: after ?? undefined,
    history: size === -1 ? undefined : { size, ttlMs },
    skipHistory,
    idempotencyKey: key ?? undefined,
  };
}

/** Writes the result of a publish. */
export function encodePublished(
  id: number,
  { offset, epoch, delivered, conflict }: Published,
): string {
  const published = ["published", id, offset, epoch, delivered] as const;
  return encode(conflict ? [...published, conflict] : [...published]);
}

/** Reads what {@linkcode encodePublished} wrote. */
export function fromPublished(
  [, , offset, epoch, delivered, conflict]: WirePublished,
): Published {
  const published = { offset, epoch, delivered };
  return conflict ? { ...published, conflict } : published;
}

/** Replaces the infinite numbers of a query, which JSON lacks, by the largest ones. */
export function toFinite<Q extends HistoryQuery | RecoverQuery>(query: Q): Q {
  const { cap } = query;
  return {
    ...query,
    ...(cap === undefined ? {} : { cap: finite(cap) }),
    ...("limit" in query ? { limit: finite(query.limit) } : {}),
  };
}

/** Writes the result of a method; `undefined` is left out. */
export function encodeResult(
  id: number,
  result: Results[keyof Results],
): string {
  if (result === undefined) return encode(["result", id]);
  if (!hasPublications(result)) return encode(["result", id, result]);
  const publications = result.publications.map(toDelivery);
  return encode(["result", id, { ...result, publications }]);
}

/** Reads the result that {@linkcode encodeResult} wrote. */
export function fromResult(result: unknown): unknown {
  if (!hasPublications<Delivery>(result)) return result;
  return { ...result, publications: result.publications.map(fromDelivery) };
}

function hasPublications<P = Publication>(
  result: unknown,
): result is { readonly publications: readonly P[] } {
  return typeof result === "object" && result !== null &&
    "publications" in result;
}

function toJson(value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  if (json !== undefined) return json;
  throw new TypeError(`Cannot send a ${typeof value} to another node`);
}

function finite(number: number): number {
  return Math.min(number, Number.MAX_SAFE_INTEGER);
}

function writePayload(payload: Payload): WirePayload {
  return payload instanceof ArrayBuffer
    ? [toBase64(new Uint8Array(payload))]
    : payload;
}

function readPayload(payload: WirePayload): Payload {
  if (typeof payload === "string" || "json" in payload) return payload;
  return fromBase64(payload[0]).buffer;
}

function restOf(
  { info, tags, type = "publication" }: PublishRequest,
): WireRest {
  if (info === undefined && tags === undefined && type === "publication") {
    return [];
  }
  return [info ?? null, tags ?? null, type];
}
