/** The method `trace`: what one connection receives and sends, or what a channel delivers, as it happens. */

import { pause } from "../base/pause.ts";
import { GONE } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import { knownOptions } from "../commands/permission.ts";
import type { Hub } from "../hub/hub.ts";
import { askAll } from "../node_calls/ask.ts";
import { FrameTrace, NO_FRAMES } from "../node_calls/frame_trace.ts";
import {
  connectionDetailsSchema,
  type TraceAnswer,
  type TraceCall,
  traceSchema,
} from "../node_calls/inspection_call.ts";
import { parseJson } from "../base/json.ts";

/** Pause between two lines, in milliseconds. */
const PERIOD_MS = 500;
/** Time after which a line comes although there is nothing new. */
const QUIET_MS = 2_000;
/** Traces that go on at most. */
const MAX_TRACES = 16;

/** Subject and bounds of a trace. */
export interface TraceQuery {
  readonly client?: string;
  readonly channel?: string;
  /** True if payloads are shown. */
  readonly payloads: boolean;
  readonly seconds: number;
}

/** Source of the answers of a trace. */
interface TraceSource {
  /** Takes the frames since the last answer. */
  take(): TraceAnswer | Promise<TraceAnswer>;
  /** Ends it; may be called again. */
  close(): void;
}

/** Lines of a trace: the first, and those that follow. */
export interface TraceLines {
  readonly first: string;
  readonly rest: AsyncGenerator<string, void>;
}

/** The traces that were asked for here. */
export class OpenTraces {
  readonly #hub: Hub;
  #count = 0;

  /** Called once for each server API. */
  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /**
   * Begins a trace. Each item is a line of JSON; it ends by itself, with the subject,
   * after `seconds`, or once its lines are not taken any more.
   *
   * @throws {ProtocolError} If there is no such connection (404) or channel (102), or too many traces go on (111).
   */
  async open(query: TraceQuery): Promise<TraceLines> {
    if (this.#count >= MAX_TRACES) {
      throw new ProtocolError(errors.tooManyRequests, "too many traces go on");
    }
    const rest = this.#lines(query);
    // Once it has begun, its end is certain.
    const { value: first = "" } = await rest.next();
    return { first, rest };
  }

  async #sourceOf({ client, channel, payloads }: TraceQuery) {
    if (client !== undefined) {
      return await traceConnection(this.#hub, client, payloads);
    }
    if (channel === undefined) throw new ProtocolError(errors.badRequest);
    return traceChannel(this.#hub, channel, payloads);
  }

  async *#lines(query: TraceQuery): AsyncGenerator<string, void> {
    const { clock } = this.#hub;
    const lastsMs = query.seconds * 1_000;
    const endsAt = clock.now + lastsMs;
    let source: TraceSource | undefined;
    let isCounted = true;
    const release = () => {
      if (isCounted) this.#count--;
      isCounted = false;
      source?.close();
    };
    // A reader that stands still holds this function back for ever, and takes no place of others.
    const cancelEnd = clock.after(lastsMs, release);
    let saidAt = -Infinity;
    this.#count++;
    try {
      source = await this.#sourceOf(query);
      while (!this.#hub.draining) {
        const answer = await source.take();
        const isOver = clock.now >= endsAt;
        const isNews = answer.in.frames + answer.out.frames > 0 ||
          answer.ended !== undefined || isOver;
        if (isNews || clock.now - saidAt >= QUIET_MS) {
          saidAt = clock.now;
          yield `${JSON.stringify(answer)}\n`;
        }
        if (isOver || answer.ended !== undefined) return;
        await pause(clock, PERIOD_MS);
      }
    } finally {
      cancelEnd();
      release();
    }
  }
}

/** Traces a connection at its node, which ends the trace when it is not asked any more. */
async function traceConnection(
  hub: Hub,
  client: string,
  payloads: boolean,
): Promise<TraceSource> {
  const find = { type: "connection", client } as const;
  const [found] = (await askAll(hub, find, connectionDetailsSchema)).flat();
  if (found === undefined) {
    throw new ProtocolError(errors.unreachable, "no connection of this id");
  }
  const trace = hub.random.uuid();
  const call: TraceCall = { type: "trace", trace, client, payloads };
  return {
    async take() {
      const [answer] = await hub.broker.call(found.node, call);
      if (answer === undefined) return { ...NO_FRAMES, ended: GONE };
      const parsed = parseJson(traceSchema, answer);
      if (parsed.ok) return parsed.value;
      throw new TypeError(
        `Cannot read a node's trace: ${parsed.problems.join("; ")}`,
      );
    },
    close() {},
  };
}

/** Traces a channel here: every node gets its events, in their order and each once, while it has a subscriber. */
function traceChannel(
  hub: Hub,
  channel: string,
  payloads: boolean,
): TraceSource {
  knownOptions(hub, channel);
  const trace = new FrameTrace(hub.clock, { payloads });
  let stop: (() => void) | undefined = hub.subscriptions.observe(
    channel,
    (publication) => trace.addEvent(publication),
  );
  return {
    take: () => trace.take(),
    close() {
      stop?.();
      stop = undefined;
    },
  };
}
