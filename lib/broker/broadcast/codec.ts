/** How messages travel: as one JSON text, which costs half of cloning the objects, beside what JSON cannot say. */

import type { StreamPosition } from "../../base/publication.ts";
import type { HistoryResult } from "../types.ts";
import type { Answer, Held, Message, Request } from "./messages.ts";
import type { Parts } from "./packing.ts";
import {
  readDraft,
  readPublication,
  type WireDelivery,
  type WireDraft,
  writeDraft,
  writePublication,
} from "./wire.ts";

/** Several messages, as they travel: the JSON of all of them, and payloads that it refers to by their place. */
export interface Encoded extends Parts {
  /** Messages that the text refers to by their place here. */
  readonly others: readonly Message[];
}

interface Lists {
  readonly bytes: ArrayBuffer[];
  readonly others: Message[];
}

type Publications = readonly WireDelivery[];
type Plain = Exclude<Answer, { type: "published" | "recovery" | "history" }>;
type WireMessage =
  | WireDelivery
  | WireDraft
  | [kind: "t", id: number, offset: number, epoch: string, delivered: boolean]
  | [
    kind: "v" | "h",
    id: number,
    isWhole: boolean,
    position: StreamPosition,
    publications: Publications,
  ]
  | [kind: "r", id: number, answer: Plain]
  | [kind: "f", id: number, reason: string]
  | [kind: "q", id: number, request: Request]
  | [kind: "j", held: Held]
  | [kind: "o", place: number];

/** Writes messages down. */
export function encode(messages: readonly Message[]): Encoded {
  const lists: Lists = { bytes: [], others: [] };
  const wire = messages.map((message) =>
    toWire(message, lists.bytes) ?? toPlace(message, lists)
  );
  return { text: JSON.stringify(wire), ...lists };
}

/** Reads what {@linkcode encode} wrote. */
export function decode({ text, bytes, others }: Encoded): Message[] {
  const wire: WireMessage[] = JSON.parse(text);
  return wire.map((message) =>
    message[0] === "o" ? others[message[1]]! : fromWire(message, bytes)
  );
}

function toPlace(message: Message, { others }: Lists): WireMessage {
  return ["o", others.push(message) - 1];
}

function toWire(
  message: Message,
  bytes: ArrayBuffer[],
): WireMessage | undefined {
  switch (message.type) {
    case "delivery":
      return writePublication(message.publication, bytes);
    case "publish":
      return writeDraft(message.id, message.draft, bytes);
    case "reply":
      return writeReply(message.id, message.answer, bytes);
    case "failure":
      return ["f", message.id, message.reason];
    case "request": {
      const { id, request } = message;
      // These may have values, such as `Infinity`, that JSON does not.
      const isPlain = request.type !== "call" && request.type !== "history";
      return isPlain ? ["q", id, request] : undefined;
    }
    case "join":
      return ["j", message.held];
    default:
      return undefined;
  }
}

function writeReply(
  id: number,
  answer: Answer,
  bytes: ArrayBuffer[],
): WireMessage | undefined {
  switch (answer.type) {
    case "published": {
      const { offset, epoch, delivered } = answer.published;
      return ["t", id, offset, epoch, delivered];
    }
    case "recovery": {
      const { recovered, position, publications } = answer.recovery;
      const wire = publications.map((one) => writePublication(one, bytes));
      return ["v", id, recovered, position, wire];
    }
    case "history": {
      const { result } = answer;
      const isWhole = result.type === "history";
      const publications = isWhole ? result.publications : [];
      const wire = publications.map((one) => writePublication(one, bytes));
      return ["h", id, isWhole, result.position, wire];
    }
    case "answers":
      return undefined;
    default:
      return ["r", id, answer];
  }
}

function fromWire(
  wire: Exclude<WireMessage, [kind: "o", place: number]>,
  bytes: readonly ArrayBuffer[],
): Message {
  switch (wire[0]) {
    case "d":
      return { type: "delivery", publication: readPublication(wire, bytes) };
    case "p":
      return { type: "publish", id: wire[1], draft: readDraft(wire, bytes) };
    case "t": {
      const [, id, offset, epoch, delivered] = wire;
      const published = { offset, epoch, delivered };
      return { type: "reply", id, answer: { type: "published", published } };
    }
    case "v":
    case "h":
      return { type: "reply", id: wire[1], answer: readFound(wire, bytes) };
    case "r":
      return { type: "reply", id: wire[1], answer: wire[2] };
    case "f":
      return { type: "failure", id: wire[1], reason: wire[2] };
    case "q":
      return { type: "request", id: wire[1], request: wire[2] };
    case "j":
      return { type: "join", held: wire[1] };
  }
}

function readFound(
  [kind, , isWhole, position, wire]: Extract<
    WireMessage,
    ["v" | "h", ...unknown[]]
  >,
  bytes: readonly ArrayBuffer[],
): Answer {
  const publications = wire.map((one) => readPublication(one, bytes));
  if (kind === "v") {
    const recovery = { recovered: isWhole, position, publications };
    return { type: "recovery", recovery };
  }
  const result: HistoryResult = isWhole
    ? { type: "history", position, publications }
    : { type: "unrecoverable", position };
  return { type: "history", result };
}
