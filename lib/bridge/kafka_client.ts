/** A client of Kafka, as far as the bridge uses it: that of the package `kafkajs`. */

import type { Buffer } from "node:buffer";

/** Header values of kafkajs. */
export type KafkaHeader =
  | Uint8Array
  | string
  | (Uint8Array | string)[]
  | undefined;

/** A message that was read. */
export interface KafkaMessage {
  /** Key; none for a message without one. */
  readonly key?: Uint8Array | null;
  /** Data; none for a tombstone. */
  readonly value: Uint8Array | null;
  /** Place in its partition. */
  readonly offset: string;
  /** Headers by name. */
  readonly headers?: Readonly<Record<string, KafkaHeader>>;
}

/** Messages of one partition that were read together. */
export interface KafkaBatch {
  /** The messages, and where they were read. */
  readonly batch: {
    readonly topic: string;
    readonly partition: number;
    readonly messages: readonly KafkaMessage[];
  };
  /** Notes that all up to this offset may be committed. */
  resolveOffset(offset: string): void;
  /** Shows the group that this member lives. */
  heartbeat(): Promise<void>;
  /** Commits what was noted, when it is time. */
  commitOffsetsIfNecessary(): Promise<void>;
  /** False once the consumer stops. */
  isRunning(): boolean;
  /** True once another member has the partition. */
  isStale(): boolean;
}

/** A consumer of a group, as far as it is used here. */
export interface KafkaConsumer {
  /** Connects it. */
  connect(): Promise<void>;
  /** Says which topics it reads. */
  subscribe(options: {
    readonly topics: string[];
    readonly fromBeginning: boolean;
  }): Promise<void>;
  /** Begins to read. */
  run(options: {
    readonly eachBatchAutoResolve: boolean;
    readonly autoCommitInterval: number;
    readonly autoCommitThreshold: number;
    readonly partitionsConsumedConcurrently: number;
    readonly eachBatch: (batch: KafkaBatch) => Promise<void>;
  }): Promise<void>;
  /** Calls back when it fails. */
  on(
    event: "consumer.crash",
    listener: (event: {
      readonly payload: { readonly error: Error };
    }) => void,
  ): unknown;
  /** Leaves the group. */
  disconnect(): Promise<void>;
}

/** A producer, as far as it is used here. */
export interface KafkaProducer {
  /** Connects it. */
  connect(): Promise<void>;
  /** Sends messages, and resolves once they are acknowledged. */
  send(record: {
    readonly topic: string;
    readonly acks: number;
    readonly messages: {
      readonly key: string | null;
      readonly value: Buffer | null;
      readonly headers: Record<string, string>;
    }[];
  }): Promise<unknown>;
  /** Ends its connections. */
  disconnect(): Promise<void>;
}

/** A client of Kafka: `new Kafka({ brokers })` of the package `kafkajs`. */
export interface KafkaClient {
  /** Makes a consumer. */
  consumer(options: {
    readonly groupId: string;
    readonly sessionTimeout: number;
    readonly maxWaitTimeInMs: number;
    readonly retry: {
      readonly restartOnFailure: (error: Error) => Promise<boolean>;
    };
  }): KafkaConsumer;
  /** Makes a producer. */
  producer(options: { readonly maxInFlightRequests: number }): KafkaProducer;
}
