/** What happens in a channel: a publication, a join or a leave, and its place in the channel's order. */

/** A JSON value, kept as the text it was sent as. */
export interface Json {
  /** The value's text. */
  readonly json: string;
}

/** A message as it was sent: text, bytes, or a JSON value. */
export type Payload = string | ArrayBuffer | Json;

/** A place in a channel's order. Positions of different epochs cannot be compared. */
export interface StreamPosition {
  /** 1 for the first publication of the epoch, then one more each; 0 before the first. */
  readonly offset: number;
  /** Names one life of the stream; a new one starts when its past is lost. */
  readonly epoch: string;
}

/** Who a connection is to others. */
export interface ClientInfo {
  /** The connection's id. */
  readonly client: string;
  /** Its uid; empty for nobody. */
  readonly user: string;
  /** What its token says about it, as JSON text. */
  readonly connInfo?: string;
  /** What its token for this channel says about it, as JSON text. */
  readonly chanInfo?: string;
}

/** Whether a value, such as one that was kept as JSON, is what {@linkcode ClientInfo} describes. */
export function isClientInfo(value: unknown): value is ClientInfo {
  if (typeof value !== "object" || value === null) return false;
  const info: { readonly [Field in keyof ClientInfo]?: unknown } = value;
  const { client, user, connInfo = "", chanInfo = "" } = info;
  return [client, user, connInfo, chanInfo].every((field) =>
    typeof field === "string"
  );
}

/** What a publication is besides its payload. */
export type PublicationType = "publication" | "join" | "leave";

/** One event of a channel, on its way to the subscribers. Without a place in the order its offset is 0. */
export interface Publication extends StreamPosition {
  /** A join and a leave have an empty payload and no place in the order. */
  readonly type: PublicationType;
  /** The channel's name, or an inbox (see `names.ts`). */
  readonly channel: string;
  /** The message itself. */
  readonly payload: Payload;
  /** Who sent it, joined or left; `undefined` for a program. */
  readonly info: ClientInfo | undefined;
  /** What the publisher says about it. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** About how many bytes a payload is. */
export function lengthOf(payload: Payload): number {
  if (typeof payload === "string") return payload.length;
  return payload instanceof ArrayBuffer
    ? payload.byteLength
    : payload.json.length;
}

/** The payload for those who take text and bytes: a JSON string is its content, other JSON its text. */
export function toText(payload: Payload): string | ArrayBuffer {
  if (typeof payload === "string" || payload instanceof ArrayBuffer) {
    return payload;
  }
  const { json } = payload;
  return json.startsWith('"') ? String(JSON.parse(json)) : json;
}

/** The payload for those who take JSON: text is a JSON string, and so are bytes, in base64. */
export function toJson(payload: Payload): string {
  if (typeof payload === "string") return JSON.stringify(payload);
  if (payload instanceof ArrayBuffer) {
    return `"${new Uint8Array(payload).toBase64()}"`;
  }
  return payload.json;
}

/** The payload of a value: text and bytes as they are, anything else as JSON; `undefined` is `null`. */
export function toPayload(value: unknown): Payload {
  if (typeof value === "string" || value instanceof ArrayBuffer) return value;
  if (value instanceof Uint8Array) return new Uint8Array(value).buffer;
  return asJson(value);
}

/** Any value as JSON; `undefined`, and what JSON has no words for, is `null`. */
export function asJson(value: unknown): Json {
  return { json: JSON.stringify(value) ?? "null" };
}

/** A value as JSON, where there is one. */
export function optionalJson(value: unknown): Json | undefined {
  return value === undefined ? undefined : asJson(value);
}

/** The value of a payload, as a program works with it. */
export function toValue(payload: Payload | undefined): unknown {
  if (payload === undefined || typeof payload === "string") return payload;
  return payload instanceof ArrayBuffer ? payload : JSON.parse(payload.json);
}
