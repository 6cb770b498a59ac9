/** Histories of channels in a stream: which of its messages count, and what a client missed. */

import type { Publication, StreamPosition } from "../../base/publication.ts";
import { judgeRecovery, type Recovery } from "../../base/recovery.ts";
import {
  DEFAULT_CAP,
  type HistoryQuery,
  type HistoryResult,
  type RecoverQuery,
} from "../types.ts";
import { BEGINNING, decodeEntry, type Entry } from "./codec.ts";
import {
  isJetStreamError,
  type Part,
  type StoredMessage,
} from "./jet_stream.ts";
import type { NatsStore } from "./store.ts";

/** Header that lets a message be stored only if its subject is at that place. */
export const EXPECTED_LAST = "Nats-Expected-Last-Subject-Sequence";

const decoder = new TextDecoder();

/** A message that was read; without an entry it is the beginning of the channel. */
interface Read {
  readonly message: StoredMessage;
  readonly entry: Entry | undefined;
  /** Sequence number of the message before it in the channel; `undefined` if that is not known. */
  readonly previous: number | undefined;
}

/** Reads positions and histories. */
export class NatsHistory {
  readonly #store: NatsStore;

  /** Uses the streams of a hub. */
  constructor(store: NatsStore) {
    this.#store = store;
  }

  /** The top of a channel, which begins now at the latest. */
  async position(channel: string): Promise<StreamPosition> {
    return (await this.#top(channel)).position;
  }

  /** Reads a part of a channel's history. */
  async history(channel: string, query: HistoryQuery): Promise<HistoryResult> {
    const { since, limit, reverse = false, cap = DEFAULT_CAP } = query;
    const { position, message } = await this.#top(channel);
    const isOf = since === undefined || since.epoch === "" ||
      since.epoch === position.epoch;
    if (!isOf) return { type: "unrecoverable", position };
    const count = Math.min(limit < 0 ? cap : limit, cap);
    if (count === 0 || message === undefined) {
      return { type: "history", position, publications: [] };
    }
    const [part, removed] = await Promise.all([
      this.#read(channel, 1),
      this.#removed(channel),
    ]);
    const kept = this.#kept(channel, listOf(part), removed);
    const { offset = reverse ? Infinity : -1 } = since ?? {};
    const publications = reverse
      ? kept.filter((each) => each.offset < offset).reverse()
      : kept.filter((each) => each.offset > offset);
    return {
      type: "history",
      position: positionOf(part, position),
      publications: publications.slice(0, count),
    };
  }

  /** Finds the publications that a client missed. */
  async recover(
    channel: string,
    { since, mode, cap = DEFAULT_CAP }: RecoverQuery,
  ): Promise<Recovery<Publication>> {
    const top = await this.#top(channel);
    const { position, message } = top;
    if (message === undefined && mode === "cache") {
      // A client at the beginning has nothing, wherever that is.
      const begun = { ...since, offset: 0 };
      return judgeRecovery([], { since: begun, top: position, mode });
    }
    if (message === undefined && since.offset === 0) {
      const begun = { ...since, offset: position.offset };
      return judgeRecovery([], { since: begun, top: position, mode });
    }
    const isOf = since.epoch === "" || since.epoch === position.epoch;
    const from = mode === "cache" ? position.offset : since.offset;
    const isAhead = from > position.offset;
    if (isAhead || (!isOf && mode === "stream")) {
      return judgeRecovery([], { since, top: position, mode });
    }
    const [part, removed] = await Promise.all([
      // The one that the client has, or the beginning, is read too.
      this.#read(channel, Math.max(from, 1), cap + 2),
      this.#removed(channel),
    ]);
    const list = listOf(part);
    const [first] = list;
    const isBeginning = since.offset === 0 && first !== undefined &&
      first.entry === undefined;
    const found = this.#kept(channel, list, removed)
      .filter(({ offset }) => mode === "cache" || offset > since.offset);
    const newest = mode === "cache" ? found.slice(-1) : found;
    // What comes first is next to a client that has nothing, if it was the first of all.
    const publications = isBeginning
      ? newest.map((each) =>
        each.previous === first.message.seq ? { ...each, previous: 0 } : each
      )
      : newest;
    const current = positionOf(part, position);
    const isTooLong = part.isTooLong || publications.length > cap;
    return judgeRecovery(isTooLong ? [] : publications, {
      since: isTooLong ? { offset: -1, epoch: since.epoch } : since,
      top: current,
      mode,
    });
  }

  /** Removes a channel's history; the newest message stays, for it has the position. */
  async remove(channel: string): Promise<void> {
    const { jetStream, subjects } = this.#store;
    const subject = subjects.stored(channel);
    const top = await jetStream.get(subjects.stream, subject);
    if (top === undefined) return;
    const data = new TextEncoder().encode(String(top.seq));
    await this.#store.put(subjects.removed(channel), data, {
      "Nats-Rollup": "sub",
    });
    await jetStream.purge(subjects.stream, subject, 1);
  }

  /** The top, and its message unless that is the beginning. */
  async #top(channel: string): Promise<{
    readonly position: StreamPosition;
    readonly message: StoredMessage | undefined;
  }> {
    const { jetStream, subjects } = this.#store;
    const subject = subjects.stored(channel);
    const found = await jetStream.get(subjects.stream, subject);
    const { epoch } = this.#store;
    if (found !== undefined) {
      this.#store.see(found.seq, found.data);
      const isBeginning = decodeEntry(found.data) === undefined;
      return {
        position: { offset: found.seq, epoch },
        message: isBeginning ? undefined : found,
      };
    }
    try {
      const headers = { [EXPECTED_LAST]: "0" };
      const { seq } = await this.#store.put(subject, BEGINNING, headers);
      return { position: { offset: seq, epoch }, message: undefined };
    } catch (error) {
      // It has begun meanwhile.
      if (!isJetStreamError(error, "wrongLastSequence")) throw error;
      return await this.#top(channel);
    }
  }

  #read(channel: string, from: number, max = Infinity): Promise<Part> {
    const { jetStream, subjects } = this.#store;
    const subject = subjects.stored(channel);
    return jetStream.read(subjects.stream, subject, { from, max });
  }

  async #removed(channel: string): Promise<number> {
    const { jetStream, subjects } = this.#store;
    const subject = subjects.removed(channel);
    const found = await jetStream.get(subjects.stream, subject);
    return found === undefined ? 0 : Number(decoder.decode(found.data));
  }

  /** The publications of a list that the newest policy keeps. */
  #kept(
    channel: string,
    list: readonly Read[],
    removed: number,
  ): readonly Publication[] {
    const { epoch, nowMs } = this.#store;
    let kept: Publication[] = [];
    let endsAtMs = Infinity;
    // What a smaller size has dropped does not come back with a larger one.
    let dropped = 0;
    for (const { message, entry, previous } of list) {
      if (message.timeMs >= endsAtMs) [kept, dropped] = [[], 0];
      if (entry === undefined) continue;
      const { history } = entry;
      if (history === undefined) {
        [kept, dropped] = [[], 0];
        continue;
      }
      endsAtMs = message.timeMs + history.ttlMs;
      if (message.seq <= removed) continue;
      kept.push(toPublication(channel, entry, {
        offset: message.seq,
        epoch,
        previous,
      }));
      dropped = Math.max(dropped, kept.length - history.size);
    }
    return nowMs >= endsAtMs ? [] : kept.slice(dropped);
  }
}

/** Makes a publication of an entry. */
export function toPublication(
  channel: string,
  { type, payload, info, tags }: Entry,
  place: Pick<Publication, "offset" | "epoch" | "previous">,
): Publication {
  return { type, channel, payload, info, tags, ...place };
}

function listOf({ messages }: Part): readonly Read[] {
  return messages.map((message, index) => ({
    message,
    entry: decodeEntry(message.data),
    previous: messages[index - 1]?.seq,
  }));
}

/** The top when the part was read: newer than before. */
function positionOf(
  { top }: Part,
  { offset, epoch }: StreamPosition,
): StreamPosition {
  return { offset: top?.seq ?? offset, epoch };
}
