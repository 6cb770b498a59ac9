/** The protocol port: frames from and to one client, as commands, replies and publications. */

import type { Disconnect } from "../disconnect.ts";
import type { Payload, Publication } from "../publication.ts";

/** One message of a transport: text, or bytes. */
export type Frame = string | ArrayBuffer;

/** What a client asks for. */
export type Command =
  | { readonly type: "auth"; readonly token: string }
  | {
    readonly type: "direct";
    readonly uid: string;
    readonly payload: Payload;
  }
  | { readonly type: "broadcast"; readonly payload: Payload }
  | { readonly type: "subscribe"; readonly channel: string }
  | { readonly type: "unsubscribe"; readonly channel: string }
  | {
    readonly type: "publish";
    readonly channel: string;
    readonly payload: Payload;
  }
  | { readonly type: "message"; readonly payload: Payload }
  | { readonly type: "ping" }
  | { readonly type: "pong" };

/** What a client is told in answer to a command, or about its connection. */
export type Reply =
  | { readonly type: "subscribed"; readonly channel: string }
  | { readonly type: "unsubscribed"; readonly channel: string }
  | { readonly type: "ping" }
  | { readonly type: "pong" }
  | { readonly type: "error"; readonly code: number; readonly message: string };

/**
 * Translates between frames and commands. Pure: a protocol keeps no state, so
 * that one instance serves every connection and one encoding serves every
 * subscriber that speaks it.
 */
export interface Protocol {
  /** The subprotocol's name in the handshake, as registered or by custom. */
  readonly name: string;
  /**
   * Reads one frame.
   *
   * @throws {ProtocolError} If the frame is no command of this protocol.
   */
  decode(frame: Frame): Command;
  /** The frame of a publication, the same for all its subscribers. */
  encodePublication(publication: Publication): Frame;
  /** The frame of a reply, or `undefined` where this protocol has no words for it. */
  encodeReply(reply: Reply): Frame | undefined;
  /** The last frame before the transport closes, or `undefined` for none. */
  encodeFarewell(disconnect: Disconnect): Frame | undefined;
}
