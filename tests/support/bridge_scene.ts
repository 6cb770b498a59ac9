/** A hub with a bridge, whose message system is a list in the hands of a test. */

import { Bridge, type BridgeOptions } from "../../lib/bridge/bridge.ts";
import type { SinkOptions } from "../../lib/bridge/sink_queue.ts";
import type { SourceOptions } from "../../lib/bridge/source_feed.ts";
import type {
  BridgeRecord,
  BridgeSink,
  BridgeSource,
  SourceRecord,
  TakeRecords,
} from "../../lib/bridge/types.ts";
import { createLog } from "../../lib/base/log.ts";
import { FakeClock, fakeRandom } from "./fake_clock.ts";
import { Scene, type SceneOptions } from "./scene.ts";

/** A record with these fields, and the rest made up. */
export function sourceRecord(fields: Partial<SourceRecord> = {}): SourceRecord {
  return {
    topic: "t",
    id: "t/0/0",
    key: "k",
    value: bytes("1"),
    headers: {},
    ...fields,
  };
}

/** Bytes of a text. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Text of a record's value. */
export function valueOf({ value }: BridgeRecord): string {
  return new TextDecoder().decode(value);
}

/** A source whose records a test hands over. */
export class FakeSource implements BridgeSource {
  readonly name = "fake source";
  /** How often it was run. */
  runs = 0;
  /** False if it goes on though its bridge ends. */
  ends = true;
  #take: TakeRecords | undefined;
  #fail: ((error: unknown) => void) | undefined;

  run(take: TakeRecords, signal: AbortSignal): Promise<void> {
    this.runs++;
    this.#take = take;
    const ended = Promise.withResolvers<void>();
    this.#fail = ended.reject;
    signal.addEventListener("abort", () => {
      if (this.ends) ended.resolve();
    });
    return ended.promise;
  }

  /** Hands records over, as a source that ends when they are not taken. */
  async bring(...records: SourceRecord[]): Promise<void> {
    try {
      await this.#take?.(records);
    } catch (error) {
      this.#fail?.(error);
      throw error;
    }
  }

  /** Ends it by an error. */
  fail(error: unknown): void {
    this.#fail?.(error);
  }
}

/** A sink that keeps what it is sent, unless it is told to fail or to wait. */
export class FakeSink implements BridgeSink {
  readonly name = "fake sink";
  readonly records: BridgeRecord[] = [];
  attempts = 0;
  closed = false;
  /** False if its connection does not end. */
  ends = true;
  /** Called before records are taken; may throw, or take time. */
  onSend: (records: readonly BridgeRecord[]) => void | Promise<void> = () => {};

  async send(records: readonly BridgeRecord[]): Promise<void> {
    this.attempts++;
    await this.onSend(records);
    this.records.push(...records);
  }

  close(): Promise<void> {
    this.closed = true;
    return this.ends ? Promise.resolve() : new Promise(() => {});
  }
}

/** A hub with a bridge. */
export class BridgeScene {
  readonly source = new FakeSource();
  readonly sink = new FakeSink();
  readonly clock = new FakeClock();
  readonly logs: Record<string, unknown>[] = [];
  readonly scene: Scene;

  constructor(
    { source, sink, ...options }: SceneOptions & {
      readonly source?: Omit<SourceOptions, "from">;
      readonly sink?: Omit<SinkOptions, "to">;
    },
  ) {
    const { clock, logs } = this;
    const parts: BridgeOptions = {
      sources: source && [{ ...source, from: this.source }],
      sinks: sink && [{ ...sink, to: this.sink }],
    };
    const log = createLog({
      level: "debug",
      clock,
      write: (_, line) => logs.push(JSON.parse(line)),
    });
    const random = fakeRandom();
    const bridge = new Bridge(parts, { clock, random, log });
    this.scene = new Scene({ ...options, bridge });
  }

  /** Names of the events that were logged. */
  get events(): unknown[] {
    return this.logs.map(({ event }) => event);
  }

  /** Lets time pass for the bridge, in steps. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 50) {
      this.clock.advance(50);
      await this.scene.settle();
    }
  }
}
