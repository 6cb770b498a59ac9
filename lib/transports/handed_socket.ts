/** Socket that a program hands over, which another server has upgraded. */

import { isRecord } from "../base/record.ts";

/**
 * Socket that a program hands over: a `WebSocket` of any runtime, or of the package
 * `ws`. It may be open already. Its handlers take `never`, because each runtime has
 * classes of events of its own.
 */
export interface HandedSocket {
  /** Set to `"arraybuffer"`. */
  binaryType: string;
  /** State of the socket; 1 if it is open. */
  readonly readyState: number;
  /** Subprotocol that was agreed upon; empty for none. */
  readonly protocol: string;
  /** Bytes queued and not yet taken by the network. */
  readonly bufferedAmount: number;
  /** Sends one frame. */
  send(frame: string | ArrayBuffer): void;
  /** Closes the socket. */
  close(code: number, reason: string): void;
  /** Called when the socket is open. */
  onopen: ((event: never) => void) | null;
  /** Called with each frame. */
  onmessage: ((event: never) => void) | null;
  /** Called at the end of the socket. */
  onclose: ((event: never) => void) | null;
  /** Called before `onclose`, when the connection fails. */
  onerror: ((event: never) => void) | null;
}

/** Ready state of a socket that opens. */
const CONNECTING = 0;
/** Ready state of a socket that is open. */
export const OPEN = 1;

/** Sockets that a hub has: a second one would take their handlers. */
const handedOver = new WeakSet<object>();

/**
 * Notes that a socket is handed over. Returns `false` for one that has ended: a client
 * may go at any time.
 *
 * @throws {TypeError} If it is no socket, or was handed over before.
 */
export function takeSocket(socket: unknown): boolean {
  if (!isSocket(socket)) {
    throw refusal("something that is no socket", "a WebSocket");
  }
  if (handedOver.has(socket)) {
    throw refusal("a socket again", "each socket once");
  }
  handedOver.add(socket);
  return socket.readyState === CONNECTING || socket.readyState === OPEN;
}

function isSocket(socket: unknown): socket is HandedSocket {
  if (!isRecord(socket)) return false;
  const { readyState, bufferedAmount, send, close } = socket;
  return typeof readyState === "number" && typeof bufferedAmount === "number" &&
    typeof send === "function" && typeof close === "function" &&
    "onmessage" in socket;
}

function refusal(what: string, expected: string): TypeError {
  return new TypeError(`Cannot accept ${what}: expected ${expected}`);
}
