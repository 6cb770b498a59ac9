/** Publications of one channel that fall together, encoded once for all subscribers that read alike. */

import type { TagsFilter } from "../channel/tags_filter.ts";
import type { Outgoing, Protocol } from "../protocol/types.ts";
import { lengthOf, previousOf, type Publication } from "../base/publication.ts";
import type { DeltaState, Subscription } from "./subscription.ts";

/** Bounds of what is joined: more is sent without a wait. */
const MAX_JOINED = 256;
const MAX_JOINED_BYTES = 65_536;
/** Multiple of these bounds that collects at most behind a fan-out which is being sent. */
const MOST = 2;

/** Frames for one kind of subscriber, and what such subscribers have in common. */
interface Reading {
  readonly protocol: Protocol<Outgoing>;
  readonly joinLeave: boolean;
  readonly delta: DeltaState;
  /** Index of the first publication that they get. */
  readonly from: number;
  readonly frames: readonly Outgoing[];
}

/** Frames of one protocol, by the index of the publication; `undefined` for one that the protocol does not have. */
interface Encoding {
  readonly protocol: Protocol<Outgoing>;
  readonly frames: (Outgoing | undefined)[];
}

/** Publications that subscribers get by their filters, and their frames for each kind of such subscribers. */
interface Choice {
  /** Says of each publication whether it is one of them; `undefined` for all. */
  readonly chosen: readonly boolean[] | undefined;
  /** The reading of the last subscriber: the next one mostly reads alike. */
  last: Reading | undefined;
  /** Those that were read before it, and perhaps itself. */
  readings: Reading[] | undefined;
}

/** One fan-out: its publications, and their frames for each kind of subscriber. */
export class FanOut {
  /** The publications, in the order of the channel. */
  publications: Publication[] = [];
  /** True once a recipient could not be sent them, and that was reported. */
  hasFailed = false;
  /** Number in the channel of the first of them. */
  readonly number: number;
  readonly #before: Publication | undefined;
  #last: Publication | undefined;
  #bytes = 0;
  /** Of the publications with an offset: their epoch, the offset before the first, the first and the last, and whether none is missing. */
  #epoch = "";
  #previous = 0;
  #first = 0;
  #top = 0;
  #isWhole = true;
  /** Each publication as a fan-out of its own. */
  #singles: FanOut[] | undefined;
  /** Frames of the publications in full: most channels have subscribers of one protocol only. */
  #encodings: Encoding[] | undefined;
  #all: Choice = choiceOf(undefined);
  /** Choices by the text of the filter, and by what is chosen: all that choose alike share their frames. */
  #byFilter: Map<string, Choice> | undefined;
  #byChosen: Map<string, Choice> | undefined;

  /** Begins with the number of its first publication, and the last one before it, the base of its first delta. */
  constructor(number: number, before: Publication | undefined) {
    this.number = number;
    this.#before = before;
    this.#last = before;
  }

  /** Adds a publication; the frames of those that were there are kept. */
  add(publication: Publication): void {
    this.publications = pushTo(this.publications, publication);
    this.#bytes += lengthOf(publication.payload);
    if (this.#all.last !== undefined) this.#all = choiceOf(undefined);
    this.#byFilter = undefined;
    this.#byChosen = undefined;
    if (publication.type !== "publication") return;
    this.#last = publication;
    if (publication.offset > 0) this.#place(publication);
  }

  /** True if no more are to be waited for. */
  get full(): boolean {
    return this.#has(1);
  }

  /** True if no more may be added. */
  get overfull(): boolean {
    return this.#has(MOST);
  }

  /** Base of the next delta: the newest publication that is no join or leave. */
  get last(): Publication | undefined {
    return this.#last;
  }

  /** True if one of them is no join or leave. */
  get hasBase(): boolean {
    return this.#last !== this.#before;
  }

  /** The publication with this index alone, in full also for those that get deltas. */
  single(index: number): FanOut {
    const singles = this.#singles ??= [];
    const known = singles[index];
    if (known !== undefined) return known;
    const single = new FanOut(this.number + index, undefined);
    single.add(this.publications[index]!);
    return singles[index] = single;
  }

  /** Moves `subscription` to the end of this batch, if what it gets of that continues its position. */
  follow(subscription: Subscription, from = 0): boolean {
    if (!subscription.positioned || this.#top === 0) return true;
    let previous = this.#previous;
    let first = this.#first;
    if (from > 0) {
      const publication = this.#placedFrom(from);
      if (publication === undefined) return true;
      previous = previousOf(publication);
      first = publication.offset;
    }
    const { offset } = subscription;
    const fits = this.#isWhole && this.#epoch === subscription.epoch &&
      previous <= offset && offset < first;
    if (fits) subscription.offset = this.#top;
    return fits;
  }

  /** Frames for a subscriber like this one, that gets the publications from an index on. */
  framesFor(
    { connection, joinLeave, delta, filter }: Subscription,
    skip = 0,
  ): readonly Outgoing[] {
    const { protocol } = connection;
    const from = skip === 0 ? 0 : this.#startFor(joinLeave, skip);
    const choice = filter === undefined ? this.#all : this.#choose(filter);
    const { last } = choice;
    if (
      last !== undefined && last.protocol === protocol &&
      last.delta === delta && last.joinLeave === joinLeave && last.from === from
    ) return last.frames;
    const known = choice.readings?.find((known) =>
      known.protocol === protocol && known.delta === delta &&
      known.joinLeave === joinLeave && known.from === from
    );
    const reading = known ??
      this.#read(choice, { protocol, joinLeave, delta, from });
    choice.last = reading;
    return reading.frames;
  }

  #has(times: number): boolean {
    return this.publications.length >= MAX_JOINED * times ||
      this.#bytes >= MAX_JOINED_BYTES * times;
  }

  /** Evaluates a filter, once for all subscribers that have it. */
  #choose(filter: TagsFilter): Choice {
    const byFilter = this.#byFilter ??= new Map();
    const known = byFilter.get(filter.text);
    if (known !== undefined) return known;
    const chosen = this.publications.map(({ type, tags }) =>
      type !== "publication" || filter.matches(tags)
    );
    const choice = chosen.includes(false) ? this.#choiceOf(chosen) : this.#all;
    byFilter.set(filter.text, choice);
    return choice;
  }

  #choiceOf(chosen: readonly boolean[]): Choice {
    const byChosen = this.#byChosen ??= new Map();
    const key = chosen.map(Number).join("");
    const known = byChosen.get(key);
    if (known !== undefined) return known;
    const choice = choiceOf(chosen);
    byChosen.set(key, choice);
    return choice;
  }

  /** The first publication with an offset from an index on. */
  #placedFrom(index: number): Publication | undefined {
    const { publications } = this;
    while (publications[index]?.offset === 0) index++;
    return publications[index];
  }

  /** Index that is as good as this one: most that come together differ in the joins of each other alone. */
  #startFor(joinLeave: boolean, index: number): number {
    if (joinLeave) return index;
    const { publications } = this;
    const isFirst = publications.slice(0, index).every(({ type }) =>
      type !== "publication"
    );
    if (isFirst) return 0;
    while (index < publications.length) {
      if (publications[index]?.type === "publication") break;
      index++;
    }
    return index;
  }

  #place(publication: Publication): void {
    const { offset, epoch } = publication;
    const previous = previousOf(publication);
    if (this.#top === 0) {
      this.#previous = previous;
      this.#first = offset;
      this.#epoch = epoch;
    } else if (
      previous > this.#top || offset <= this.#top || epoch !== this.#epoch
    ) {
      this.#isWhole = false;
    }
    this.#top = offset;
  }

  #read(
    choice: Choice,
    { protocol, joinLeave, delta, from }: Omit<Reading, "frames">,
  ): Reading {
    const { chosen, last } = choice;
    const { publications } = this;
    const encoding = this.#encodingOf(protocol);
    let frames: Outgoing[] = [];
    let before = delta === "ready" ? this.#before : undefined;
    for (let index = from; index < publications.length; index++) {
      const publication = publications[index]!;
      const isPublication = publication.type === "publication";
      if (!isPublication && !joinLeave) continue;
      if (chosen !== undefined && !chosen[index]) continue;
      const frame = delta === "off"
        ? encoding[index] ??= protocol.encodePublication(publication)
        : protocol.encodeDelta(publication, before);
      if (frame !== undefined) frames = pushTo(frames, frame);
      if (isPublication) before = publication;
    }
    // Also one alone: a text that is joined lies in one piece, which each send needs.
    const joined = protocol.join === undefined || frames.length === 0
      ? frames
      : [protocol.join(frames)];
    const reading = { protocol, joinLeave, delta, from, frames: joined };
    // One alone needs no list.
    if (last !== undefined) (choice.readings ??= [last]).push(reading);
    return reading;
  }

  #encodingOf(protocol: Protocol<Outgoing>): (Outgoing | undefined)[] {
    const known = this.#encodings?.find((each) => each.protocol === protocol);
    if (known !== undefined) return known.frames;
    const frames = new Array<Outgoing | undefined>(this.publications.length);
    this.#encodings = pushTo(this.#encodings ?? [], { protocol, frames });
    return frames;
  }
}

function choiceOf(chosen: readonly boolean[] | undefined): Choice {
  return { chosen, last: undefined, readings: undefined };
}

/** Adds an item to a list: to a new one if that is empty, for one that grows has room for 16 more, and most fan-outs have one publication. */
function pushTo<Item>(list: Item[], item: Item): Item[] {
  if (list.length === 0) return [item];
  list.push(item);
  return list;
}
