/** The ports of the bridge: sources bring records of a message system to channels, sinks take publications there. */

import { typeName } from "../base/options.ts";

/** A record of a message system, such as one message of a Kafka topic. */
export interface BridgeRecord {
  /** Its key; the records of one key keep their order. */
  readonly key: string | undefined;
  /** Its data; `undefined` where the record says that its key has no value any more. */
  readonly value: Uint8Array<ArrayBuffer> | undefined;
  /** Strings by name, beside the data. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A record that a source has read. */
export interface SourceRecord extends BridgeRecord {
  /** Its topic, table or stream. */
  readonly topic: string;
  /** Its place among all records of the source, such as `orders/3/1234`: a record that comes again has the same one. */
  readonly id: string;
  /** Reason for which it can never be published, such as tags that are no object; none for all others. */
  readonly problem?: string;
}

/** Terms of a source for records that it hands over. */
export interface TakeOptions {
  /** Ends the attempts to publish them when it is aborted. */
  readonly signal?: AbortSignal;
  /** Called with each record that is published or given up: the source may commit this one. */
  readonly onTaken?: (record: SourceRecord) => void;
}

/**
 * Takes records in their order, and resolves once each of them is published, or is given
 * up as the options say: only then the source may commit them. It rejects when the
 * source has to stop, or gives the attempts up; nothing goes on in the background then.
 */
export type TakeRecords = (
  records: readonly SourceRecord[],
  options?: TakeOptions,
) => Promise<void>;

/** Records of a message system, on their way to channels. */
export interface BridgeSource {
  /** Name for the log, such as `kafka orders`. */
  readonly name: string;
  /**
   * Reads records, and hands them over, until `signal` is aborted. It rejects when it
   * fails or `take` rejects; the bridge runs it again after a pause, and records that
   * were not committed come again. A failure that does not end it goes to `onError`.
   */
  run(
    take: TakeRecords,
    signal: AbortSignal,
    onError: (error: unknown) => void,
  ): Promise<void>;
}

/** A message system, on the way from channels. */
export interface BridgeSink {
  /** Name for the log, such as `kafka chat`. */
  readonly name: string;
  /**
   * Sends records, and resolves once the system has all of them; records of one key in
   * their order. After a rejection the same records are sent again.
   */
  send(records: readonly BridgeRecord[]): Promise<void>;
  /** Ends its connection. */
  close(): Promise<void>;
}

/** Options that hold a message system, and its methods. */
const SYSTEMS = {
  source: { option: "from", methods: ["run"] },
  sink: { option: "to", methods: ["send", "close"] },
};

/**
 * Refuses what is no message system: it would fail with the first record. It is not
 * shown, for it may hold a password.
 *
 * @throws {TypeError} If it lacks a name or a method.
 */
export function requireSystem(
  kind: keyof typeof SYSTEMS,
  system: unknown,
): void {
  const { option, methods } = SYSTEMS[kind];
  const parts = Object(system);
  const isSystem = typeof parts.name === "string" &&
    methods.every((method) => typeof parts[method] === "function");
  if (isSystem) return;
  throw new TypeError(
    `Cannot make a ${kind} of a bridge with ${option} of the type ${
      typeName(system)
    }: expected an object with a name and ${methods.join(" and ")}`,
  );
}
