/** The ports of the bridge: sources bring records of a message system to channels, sinks take publications there. */

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
}

/**
 * Takes records in their order, and resolves once each of them is published, or is given
 * up as the options say: only then the source may commit them. It rejects when the
 * source has to stop.
 */
export type TakeRecords = (records: readonly SourceRecord[]) => Promise<void>;

/** Records of a message system, on their way to channels. */
export interface BridgeSource {
  /** Name for the log, such as `kafka orders`. */
  readonly name: string;
  /**
   * Reads records, and hands them over, until `signal` is aborted. It rejects when it
   * fails or `take` rejects; the bridge runs it again after a pause, and records that
   * were not committed come again.
   */
  run(take: TakeRecords, signal: AbortSignal): Promise<void>;
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
