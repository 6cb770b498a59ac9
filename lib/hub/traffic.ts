/** Counters of what clients send and receive, by protocol and transport. */

import type { TransportKind } from "../base/transport.ts";
import type { Outgoing, Protocol } from "../protocol/types.ts";
import { sizeOf } from "./frame_queues.ts";

/**
 * Traffic of all connections with one protocol on one transport. A connection finds
 * it once, so that a frame changes a few numbers and looks nothing up.
 */
export class Traffic {
  /** Name of the protocol. */
  readonly protocol: string;
  /** Kind of the transport. */
  readonly transport: TransportKind;
  /** Connections that are registered now, and all that ever were. */
  connections = 0;
  opened = 0;
  framesReceived = 0;
  messagesReceived = 0;
  /** A text counts its UTF-16 units, its bytes in ASCII: to encode each would take a fifth of a message's time. */
  bytesReceived = 0;
  framesSent = 0;
  /** Frames with more than one message. */
  joinedFramesSent = 0;
  messagesSent = 0;
  bytesSent = 0;
  readonly #countMessages: Protocol<Outgoing>["countMessages"];
  /** The frame that was sent last: the next recipient mostly gets the same. */
  #last: Outgoing | undefined;
  #lastMessages = 0;
  #lastBytes = 0;

  /** Begins with zeros. */
  constructor(protocol: Protocol<Outgoing>, transport: TransportKind) {
    this.protocol = protocol.name;
    this.transport = transport;
    this.#countMessages = protocol.countMessages;
  }

  /** Counts a connection that begins. */
  open(): void {
    this.opened++;
    this.connections++;
  }

  /** Counts a connection that has ended. */
  close(): void {
    this.connections--;
  }

  /** Counts a frame of so many bytes that was received; its messages are counted when they are decoded. */
  received(bytes: number): void {
    this.framesReceived++;
    this.bytesReceived += bytes;
  }

  /** Counts a frame that is sent. */
  sent(frame: Outgoing): void {
    if (frame !== this.#last) this.#measure(frame);
    this.framesSent++;
    this.messagesSent += this.#lastMessages;
    if (this.#lastMessages > 1) this.joinedFramesSent++;
    this.bytesSent += this.#lastBytes;
  }

  #measure(frame: Outgoing): void {
    this.#last = frame;
    this.#lastMessages = this.#countMessages?.(frame) ?? 1;
    this.#lastBytes = sizeOf(frame);
  }
}

/** The traffic of a node, for each protocol and transport that has been there. */
export class TrafficTable {
  readonly #traffic: Traffic[] = [];

  /** Traffic of every protocol and transport. */
  get all(): readonly Traffic[] {
    return this.#traffic;
  }

  /** Finds the traffic that a new connection belongs to. */
  find(
    protocol: Protocol<Outgoing>,
    transport: TransportKind = "websocket",
  ): Traffic {
    const known = this.#traffic.find((traffic) =>
      traffic.protocol === protocol.name && traffic.transport === transport
    );
    if (known !== undefined) return known;
    const traffic = new Traffic(protocol, transport);
    this.#traffic.push(traffic);
    return traffic;
  }
}
