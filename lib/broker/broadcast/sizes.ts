/** About how much memory messages take: what bounds of bytes are measured by. */

import { type ClientInfo, lengthOf } from "../../base/publication.ts";
import type { PublishRequest } from "../types.ts";
import type { Answer, Held, Message, Request } from "./messages.ts";

/** What a message or a publication is reckoned at beside what it carries, in bytes. */
const OVERHEAD_BYTES = 160;
/** What each place of a list or an object is reckoned at beside its value. */
const PLACE_BYTES = 16;

/** About how much memory a message takes, in bytes; a character counts as one. */
export function sizeOf(message: Message): number {
  switch (message.type) {
    case "delivery":
      return sizeOfDraft(message.publication);
    case "publish":
      return sizeOfDraft(message.draft);
    case "request":
      return OVERHEAD_BYTES + sizeOfRequest(message.request);
    case "reply":
      return OVERHEAD_BYTES + sizeOfAnswer(message.answer);
    case "failure":
      return OVERHEAD_BYTES + message.reason.length;
    case "question":
    case "answer":
      return OVERHEAD_BYTES + sizeOfValue(message.value);
    case "join":
      return OVERHEAD_BYTES + sizeOfHeld(message.held);
    case "joined":
    case "lost":
    case "bye":
      return OVERHEAD_BYTES;
  }
}

function sizeOfDraft(
  { payload, info, tags, idempotencyKey }: PublishRequest,
): number {
  let bytes = OVERHEAD_BYTES + lengthOf(payload);
  if (info !== undefined) bytes += sizeOfInfo(info);
  if (tags !== undefined) bytes += sizeOfValue(tags);
  return bytes + (idempotencyKey?.length ?? 0);
}

function sizeOfInfo({ client, user, connInfo, chanInfo }: ClientInfo): number {
  return PLACE_BYTES + client.length + user.length +
    (connInfo?.length ?? 0) + (chanInfo?.length ?? 0);
}

function sizeOfRequest(request: Request): number {
  switch (request.type) {
    case "call":
      return sizeOfValue(request.question);
    case "enter":
      return sizeOfInfo(request.info);
    default:
      return 0;
  }
}

function sizeOfAnswer(answer: Answer): number {
  switch (answer.type) {
    case "recovery":
      return sum(answer.recovery.publications, sizeOfDraft);
    case "history":
      return answer.result.type === "history"
        ? sum(answer.result.publications, sizeOfDraft)
        : 0;
    case "present":
      return sum(answer.infos, sizeOfInfo);
    case "answers":
      return sizeOfValue(answer.answers);
    default:
      return 0;
  }
}

function sizeOfHeld({ channels, leases, keys }: Held): number {
  return sum(channels, (channel) => PLACE_BYTES + channel.length) +
    sum(leases, ({ channel, info }) => channel.length + sizeOfInfo(info)) +
    sum(keys, ({ key }) => OVERHEAD_BYTES + key.length);
}

/** Of a value that can be cloned; what stands in it more than once counts once. */
function sizeOfValue(value: unknown): number {
  const found = new Set([value]);
  let bytes = 0;
  // A set is gone through to its end, also where that moves on.
  for (const part of found) {
    if (typeof part === "string") bytes += part.length;
    else if (part instanceof ArrayBuffer || ArrayBuffer.isView(part)) {
      bytes += part.byteLength;
    } else if (typeof part === "object" && part !== null) {
      for (const [key, inner] of Object.entries(part)) {
        bytes += PLACE_BYTES + key.length;
        found.add(inner);
      }
    }
  }
  return bytes;
}

function sum<T>(values: readonly T[], sizeOf: (value: T) => number): number {
  return values.reduce((bytes, value) => bytes + sizeOf(value), 0);
}
