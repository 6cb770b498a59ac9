/** Growing texts: joins what is appended to a channel on this node, and publishes the whole. */

import type { Clock } from "../base/clock.ts";
import { type Deferred, deferred } from "../base/deferred.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { StreamPosition } from "../base/publication.ts";
import { NOWHERE } from "../base/recovery.ts";
import type {
  Broker,
  Published,
  Publishing,
  PublishRequest,
} from "../broker/types.ts";
import { checkData, type StandardSchema } from "../channel/data_schema.ts";
import {
  type Addition,
  grow,
  type GrowingText,
  MAX_TEXT_BYTES,
  readText,
  writeText,
} from "../channel/growing_text.ts";

/** Milliseconds within which appends to a channel are joined to one publication. */
const JOIN_MS = 40;
/** Milliseconds for which no append waits, after one has waited alone: its caller waits for each answer. */
const IMPATIENT_MS = 1_000;
/** Times that an append is tried, where other nodes append at the same moment. */
const MAX_ATTEMPTS = 32;

/** A request to append. */
export interface AppendRequest extends Addition {
  /** The channel, which keeps its newest publication. */
  readonly channel: string;
  /** Milliseconds for which the text is kept, from its last part on. */
  readonly ttlMs: number;
  /** Schema of what is published in the channel. */
  readonly data?: StandardSchema;
  /** Key of this part: the same key on the same channel appends nothing again. A part with a key is joined with no other. */
  readonly idempotencyKey?: string;
}

/** Parts that {@linkcode GrowingTexts} works with. */
export interface GrowingTextsDeps {
  readonly clock: Clock;
  readonly broker: Pick<Broker, "history">;
  readonly publish: (request: PublishRequest) => Publishing;
}

/** An append without an answer. */
interface Append extends Deferred<StreamPosition> {
  readonly request: AppendRequest;
}

/** A channel that is appended to on this node. */
interface Growth {
  readonly channel: string;
  /** Appends that are not published, the oldest first. */
  readonly waiting: Append[];
  /** Length of their parts, and one more for each. */
  waitingLength: number;
  /** Time up to which no append waits for others. */
  impatientUntil: number;
  /** Ends the pause that lasts now, if any. */
  wake: (() => void) | undefined;
  /** Resolves when nothing is left to publish. */
  done: Promise<void>;
}

/** A text with the parts of a batch. */
interface Grown {
  /** `undefined` where every part was refused. */
  readonly text: GrowingText | undefined;
  readonly refused: ReadonlyMap<Append, unknown>;
}

/**
 * A text lives in the one kept publication of its channel, and nowhere else. Each
 * publication of an append reads it, and publishes the grown one on the condition that
 * the channel's position is still the same; where another node was faster, it begins
 * again. So the parts of all nodes are in the text, each once, in the order of their
 * publications.
 */
export class GrowingTexts {
  readonly #deps: GrowingTextsDeps;
  readonly #growths = new Map<string, Growth>();
  #closed = false;

  /** Begins with no channel. */
  constructor(deps: GrowingTextsDeps) {
    this.#deps = deps;
  }

  /**
   * Appends to the text of a channel. The promise resolves with the position of the
   * publication that has the part, and rejects with a {@linkcode ProtocolError} where
   * the text does not take it.
   */
  append(request: AppendRequest): Promise<StreamPosition> {
    const { channel } = request;
    if (this.#closed) {
      const action = `Cannot append to "${channel}"`;
      return Promise.reject(new Error(`${action}: the hub is closed`));
    }
    const growth = this.#growths.get(channel) ?? this.#begin(channel);
    const length = growth.waitingLength + request.text.length;
    if (growth.waiting.length > 0 && length > MAX_TEXT_BYTES) {
      const reason = "too much waits to be appended to this channel";
      const error = new ProtocolError(errors.tooManyRequests, reason);
      return Promise.reject(error);
    }
    const append: Append = { request, ...deferred<StreamPosition>() };
    growth.waiting.push(append);
    growth.waitingLength = length + 1;
    // Two that wait are not of one caller that waits for each answer.
    if (growth.waiting.length > 1) growth.impatientUntil = -Infinity;
    const isImpatient = this.#deps.clock.now < growth.impatientUntil;
    if (isImpatient || isUrgent(append)) growth.wake?.();
    return append.promise;
  }

  /** Publishes what waits, and takes no more. */
  async close(): Promise<void> {
    this.#closed = true;
    const growths = [...this.#growths.values()];
    for (const { wake } of growths) wake?.();
    await Promise.all(growths.map(({ done }) => done));
  }

  #begin(channel: string): Growth {
    const growth: Growth = {
      channel,
      waiting: [],
      waitingLength: 0,
      impatientUntil: -Infinity,
      wake: undefined,
      done: Promise.resolve(),
    };
    this.#growths.set(channel, growth);
    growth.done = this.#run(growth);
    return growth;
  }

  /** Publishes once in the time in which appends are joined, until no more come. */
  async #run(growth: Growth): Promise<void> {
    do {
      const pauseUntil = this.#deps.clock.now + JOIN_MS;
      await this.#publishNext(growth);
      await this.#pause(growth, pauseUntil);
    } while (growth.waiting.length > 0);
    this.#growths.delete(growth.channel);
  }

  async #pause(growth: Growth, until: number): Promise<void> {
    const { clock } = this.#deps;
    const { waiting, impatientUntil } = growth;
    const isImpatient = waiting.length > 0 && clock.now < impatientUntil;
    const mustGoOn = this.#closed || isImpatient || waiting.some(isUrgent);
    if (mustGoOn || clock.now >= until) return;
    const { promise, resolve } = deferred();
    const cancel = clock.after(until - clock.now, () => {
      if (waiting.length === 1) {
        growth.impatientUntil = clock.now + IMPATIENT_MS;
      }
      resolve();
    });
    growth.wake = resolve;
    await promise;
    growth.wake = undefined;
    cancel();
  }

  /** Publishes the oldest appends that can be joined, and settles them. Never rejects. */
  async #publishNext(growth: Growth): Promise<void> {
    const { channel } = growth;
    let batch: readonly Append[] = [];
    try {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const query = { limit: 1, reverse: true };
        const kept = await this.#deps.broker.history(channel, query);
        if (batch.length === 0) batch = takeBatch(growth);
        const [newest] = kept.type === "history" ? kept.publications : [];
        const grown = growAll(readText(newest?.payload), batch);
        const published = grown.text === undefined
          ? await this.#findPublished(batch)
          : await this.#publish(batch, grown.text, kept.position);
        if (!published?.conflict) return settle(batch, grown, published);
      }
      throw new ProtocolError(
        errors.internal,
        `other nodes have appended ${MAX_ATTEMPTS} times meanwhile`,
      );
    } catch (error) {
      if (batch.length === 0) batch = takeBatch(growth);
      for (const { reject } of batch) reject(error);
    }
  }

  #publish(
    [first]: readonly Append[],
    text: GrowingText,
    after: StreamPosition,
  ): Publishing {
    const { channel, ttlMs, data, idempotencyKey } = first!.request;
    const payload = checkData(data, writeText(text));
    const history = { size: 1, ttlMs };
    return this.#deps.publish({
      ...{ channel, payload, history, idempotencyKey, after },
    });
  }

  /** Finds what was published with the key of an append that is refused now; `undefined` if nothing was. */
  async #findPublished(
    [first]: readonly Append[],
  ): Promise<Published | undefined> {
    const { channel, ttlMs, idempotencyKey } = first!.request;
    if (idempotencyKey === undefined) return undefined;
    const history = { size: 1, ttlMs };
    // No channel is nowhere, so nothing is published.
    const published = await this.#deps.publish({
      ...{ channel, payload: "", history, idempotencyKey, after: NOWHERE },
    });
    return published.conflict ? undefined : published;
  }
}

function isUrgent(
  { request: { close, restart, idempotencyKey } }: Append,
): boolean {
  return close === true || restart === true || idempotencyKey !== undefined;
}

/** Takes the oldest appends, up to the first that is not to be joined with them. */
function takeBatch(growth: Growth): readonly Append[] {
  const { waiting } = growth;
  const end = waiting.findIndex((append, index) =>
    index > 0 && !isJoined(waiting[index - 1]!, append)
  );
  const batch = waiting.splice(0, end < 0 ? waiting.length : end);
  for (const { request: { text } } of batch) {
    growth.waitingLength -= text.length + 1;
  }
  return batch;
}

/** A text that is closed or begins is shown; a key stands for one publication. */
function isJoined({ request: before }: Append, { request }: Append): boolean {
  const isKeyed = before.idempotencyKey !== undefined ||
    request.idempotencyKey !== undefined;
  return !isKeyed && !before.close && !request.restart;
}

/** Appends the parts of a batch, each unless it is refused. */
function growAll(
  kept: GrowingText | undefined,
  batch: readonly Append[],
): Grown {
  const refused = new Map<Append, unknown>();
  let text = kept;
  for (const append of batch) {
    try {
      text = grow(text, append.request);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      refused.set(append, error);
    }
  }
  return { text: refused.size < batch.length ? text : undefined, refused };
}

/** Answers the appends of a batch; one that is refused now may have been published before. */
function settle(
  batch: readonly Append[],
  { text, refused }: Grown,
  published: Published | undefined,
): void {
  for (const append of batch) {
    const error = text === undefined && published !== undefined
      ? undefined
      : refused.get(append);
    if (error !== undefined) append.reject(error);
    else if (published !== undefined) {
      const { offset, epoch } = published;
      append.resolve({ offset, epoch });
    }
  }
}
