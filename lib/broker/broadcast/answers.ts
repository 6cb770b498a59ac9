/** What an asker makes of the sequencer's answers; each throws a `TypeError` for an answer of another kind. */

import type { PresenceStats } from "../../presence/types.ts";
import type {
  ClientInfo,
  Publication,
  StreamPosition,
} from "../../base/publication.ts";
import type { Recovery } from "../../base/recovery.ts";
import type { HistoryResult, Published } from "../types.ts";
import type { Answer } from "./messages.ts";

/** Nothing: it is done. */
export function readDone(answer: Answer): void {
  if (answer.type !== "done") throw unexpected(answer);
}

/** What a publisher learns. */
export function readPublished(answer: Answer): Published {
  if (answer.type === "published") return answer.published;
  throw unexpected(answer);
}

/** The top of a stream. */
export function readPosition(answer: Answer): StreamPosition {
  if (answer.type === "position") return answer.position;
  throw unexpected(answer);
}

/** What somebody gets who was away. */
export function readRecovery(answer: Answer): Recovery<Publication> {
  if (answer.type === "recovery") return answer.recovery;
  throw unexpected(answer);
}

/** A part of a history. */
export function readHistory(answer: Answer): HistoryResult {
  if (answer.type === "history") return answer.result;
  throw unexpected(answer);
}

/** The answers of several nodes. */
export function readAnswers(answer: Answer): readonly unknown[] {
  if (answer.type === "answers") return answer.answers;
  throw unexpected(answer);
}

/** Who is in a channel, by their ids. */
export function readPresent(answer: Answer): ReadonlyMap<string, ClientInfo> {
  if (answer.type !== "present") throw unexpected(answer);
  return new Map(answer.infos.map((info) => [info.client, info]));
}

/** How many are in a channel. */
export function readStats(answer: Answer): PresenceStats {
  if (answer.type === "stats") return answer.stats;
  throw unexpected(answer);
}

function unexpected({ type }: Answer): TypeError {
  return new TypeError(`The sequencer has answered "${type}"`);
}
