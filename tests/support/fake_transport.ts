/** A transport that remembers what it was told. */

import type { Frame } from "../../lib/protocol/types.ts";
import type { Transport } from "../../lib/base/transport.ts";

/** Takes every frame at once, unless a test lets it fall behind. */
export class FakeTransport implements Transport {
  /** Frames that were sent, oldest first. */
  readonly sent: Frame[] = [];
  /** Code and reason of the close, once there was one. */
  closed: { readonly code: number; readonly reason: string } | undefined;
  bufferedAmount = 0;

  send(frame: Frame): void {
    if (this.closed) throw new Error("Cannot send: the transport is closed");
    this.sent.push(frame);
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason };
  }

  /** Hands over the frames that were sent since the last call. */
  take(): Frame[] {
    return this.sent.splice(0);
  }
}
