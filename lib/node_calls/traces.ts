/** Traces of this node's connections: each lasts as long as it is asked for, and costs nothing before and after. */

import type { Clock } from "../base/clock.ts";
import { GONE } from "../base/disconnect.ts";
import { errors } from "../base/errors.ts";
import type { Transport } from "../base/transport.ts";
import type { Connection } from "../hub/connection.ts";
import type { Hub } from "../hub/hub.ts";
import type { Outgoing } from "../protocol/types.ts";
import { FrameTrace, NO_FRAMES } from "./frame_trace.ts";
import type { TraceAnswer, TraceCall } from "./inspection_call.ts";

/** Time after which a trace that was not asked for ends, in milliseconds. */
const LEASE_MS = 5_000;
/** Traces that go on at most. */
const MAX_TRACES = 16;

/** Function that gets each frame of a connection. */
type OnFrame = (direction: "in" | "out", frame: Outgoing) => void;

/** A trace that goes on. */
interface Running {
  readonly connection: Connection;
  readonly trace: FrameTrace;
  /** Ends the lease. */
  cancelLease: () => void;
}

/** The traces of a node. */
export class Traces {
  readonly #hub: Hub;
  readonly #running = new Map<string, Running>();
  readonly #taps = new Map<Connection, Tap>();

  /** Called once for each node. */
  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Number of traces that go on. */
  get size(): number {
    return this.#running.size;
  }

  /** Takes what a trace has gathered; the first call begins it. */
  answer(call: TraceCall): TraceAnswer {
    const running = this.#running.get(call.trace) ?? this.#begin(call);
    if (running === undefined) return { ...NO_FRAMES, ended: GONE };
    if (running === "full") {
      const { code, message: reason } = errors.tooManyRequests;
      return { ...NO_FRAMES, ended: { code, reason } };
    }
    running.cancelLease();
    const answer = running.trace.take();
    const { end } = running.connection;
    if (end !== undefined) {
      this.#end(call.trace);
      return { ...answer, ended: { code: end.code, reason: end.reason } };
    }
    this.#lease(call.trace, running);
    return answer;
  }

  #begin(
    { trace: id, client, payloads }: TraceCall,
  ): Running | "full" | undefined {
    const { clock } = this.#hub;
    const connection = this.#hub.find(client);
    if (connection === undefined) return undefined;
    if (this.#running.size >= MAX_TRACES) return "full";
    const trace = new FrameTrace(clock, { payloads });
    const tap = this.#taps.get(connection) ?? new Tap(connection);
    this.#taps.set(connection, tap);
    tap.traces.add(trace);
    const running = { connection, trace, cancelLease: () => {} };
    this.#running.set(id, running);
    return running;
  }

  #lease(id: string, running: Running): void {
    const { clock }: { readonly clock: Clock } = this.#hub;
    running.cancelLease = clock.after(LEASE_MS, () => this.#end(id));
  }

  #end(id: string): void {
    const running = this.#running.get(id);
    if (running === undefined) return;
    this.#running.delete(id);
    running.cancelLease();
    const { connection, trace } = running;
    const tap = this.#taps.get(connection);
    tap?.traces.delete(trace);
    if (tap?.traces.size !== 0) return;
    tap.close();
    this.#taps.delete(connection);
  }
}

/** Shows the frames of a connection to its traces, as long as there are some. */
class Tap {
  readonly traces = new Set<FrameTrace>();
  readonly #connection: Connection;
  readonly #receive: Connection["receive"];
  readonly #transport: Transport<Outgoing>;

  constructor(connection: Connection) {
    const { receive } = connection;
    const onFrame: OnFrame = (direction, frame) => {
      for (const trace of this.traces) trace.add(direction, frame);
    };
    this.#connection = connection;
    this.#receive = receive;
    connection.receive = (frame) => {
      onFrame("in", frame);
      receive(frame);
    };
    const own = connection.exchange({
      get kind() {
        return own.kind;
      },
      get bufferedAmount() {
        return own.bufferedAmount;
      },
      send(frame) {
        onFrame("out", frame);
        own.send(frame);
      },
      close: (code, reason) => own.close(code, reason),
    });
    this.#transport = own;
  }

  /** Gives the connection its own way back. */
  close(): void {
    this.#connection.receive = this.#receive;
    this.#connection.exchange(this.#transport);
  }
}
