/** The port that a connection writes to; an open WebSocket fits it as it is. */

/** Way by which a client is reached. `request`: an answer to a single request. */
export type TransportKind =
  | "websocket"
  | "http_stream"
  | "sse"
  | "long_poll"
  | "request";

/**
 * Carries frames to one client, in order. Neither method waits nor throws once
 * the transport is open: frames that cannot be sent any more are dropped.
 * `Out` is the output of the protocol that it goes with.
 */
export interface Transport<Out = string | ArrayBuffer> {
  /**
   * Kind of the transport, for the metrics.
   * @default {"websocket"}
   */
  readonly kind?: TransportKind;
  /**
   * True if the transport pings the client by itself, and ends without an answer.
   * @default {false}
   */
  readonly pinged?: boolean;
  /** Queues one frame. */
  send(frame: Out): void;
  /** Ends the transport after what is queued; `reason` is that of a close frame, see `writeCloseReason`. */
  close(code: number, reason: string): void;
  /** Bytes queued here and not yet taken by the network. */
  readonly bufferedAmount: number;
}
