/** The client's half of the WebSocket handshake on a plain TCP connection. */

// The sample key of RFC 6455 and its answer: nothing here has to be secret.
const KEY = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/** What {@linkcode upgrade} asks for. */
export interface UpgradeOptions {
  readonly path: string;
  readonly port: number;
  /** Read into; it has to have room for the whole head of the answer. */
  readonly buffer: Uint8Array;
}

/** Writes the request and reads the head of its answer. */
async function exchange(
  tcp: Deno.TcpConn,
  { path, port, buffer }: UpgradeOptions,
): Promise<{ head: string; bytes: number }> {
  const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n` +
    "Upgrade: websocket\r\nConnection: Upgrade\r\n" +
    `Sec-WebSocket-Key: ${KEY}\r\nSec-WebSocket-Version: 13\r\n\r\n`;
  const encoded = new TextEncoder().encode(request);
  let written = 0;
  while (written < encoded.length) {
    written += await tcp.write(encoded.subarray(written));
  }
  // Latin-1 gives one character a byte, so that indexes into `head` are bytes.
  const decoder = new TextDecoder("latin1");
  let head = "";
  let bytes = 0;
  while (!head.includes("\r\n\r\n")) {
    const read = await tcp.read(buffer.subarray(bytes));
    if (!read) throw new Error(`Cannot upgrade ${path}: answer "${head}"`);
    bytes += read;
    head = decoder.decode(buffer.subarray(0, bytes));
  }
  return { head, bytes };
}

/**
 * Upgrades `tcp` to a WebSocket.
 *
 * @returns the bytes of the first frames, if some came with the answer
 * @throws {Error} if the server does not switch protocols
 */
export async function upgrade(
  tcp: Deno.TcpConn,
  options: UpgradeOptions,
): Promise<Uint8Array> {
  const { head, bytes } = await exchange(tcp, options);
  if (!head.startsWith("HTTP/1.1 101 ") || !head.includes(ACCEPT)) {
    const status = head.slice(0, head.indexOf("\r\n"));
    throw new Error(`Cannot upgrade ${options.path}: answer "${status}"`);
  }
  return options.buffer.slice(head.indexOf("\r\n\r\n") + 4, bytes);
}
