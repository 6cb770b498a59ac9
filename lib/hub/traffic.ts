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
  readonly #countMessages: Protocol<Outgoing>["countMessages"];
  #framesSent = 0;
  #joinedFramesSent = 0;
  #messagesSent = 0;
  #bytesSent = 0;
  /** The frame that was sent last, and how often since it was counted: most recipients get the same. */
  #last: Outgoing | undefined;
  #times = 0;

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
    if (this.#countMessages === undefined) return this.#add(frame, 1, 1);
    if (frame !== this.#last) {
      this.#settle();
      this.#last = frame;
    }
    this.#times++;
  }

  /** Frames that were sent. */
  get framesSent(): number {
    this.#settle();
    return this.#framesSent;
  }

  /** Frames with more than one message that were sent. */
  get joinedFramesSent(): number {
    this.#settle();
    return this.#joinedFramesSent;
  }

  /** Messages that were sent. */
  get messagesSent(): number {
    this.#settle();
    return this.#messagesSent;
  }

  /** Bytes that were sent, as those that were received. */
  get bytesSent(): number {
    this.#settle();
    return this.#bytesSent;
  }

  /** Counts the last frame, as often as it was sent. */
  #settle(): void {
    const frame = this.#last;
    const times = this.#times;
    if (frame === undefined || times === 0) return;
    this.#times = 0;
    this.#add(frame, times, this.#countMessages?.(frame) ?? 1);
  }

  #add(frame: Outgoing, times: number, messages: number): void {
    this.#framesSent += times;
    this.#messagesSent += messages * times;
    if (messages > 1) this.#joinedFramesSent += times;
    this.#bytesSent += sizeOf(frame) * times;
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
