/** A WebSocket client made by hand over TCP, for handshakes and frames no library would send. */

import { ByteReader } from "./byte_reader.ts";
import {
  encodeFrame,
  type FrameInit,
  type ReadFrame,
  readFrame,
} from "./frame.ts";
import { boundReceiveBuffer } from "./receive_buffer.ts";
import {
  formatRequest,
  type RawRequest,
  type RawResponse,
  readResponse,
} from "./raw_http.ts";

/** A TCP connection that speaks as much HTTP and WebSocket as it is told to. */
export class RawSocket implements AsyncDisposable {
  #conn: Deno.TcpConn;
  #reader: ByteReader;
  #url: URL;
  #closed = false;

  private constructor(conn: Deno.TcpConn, url: URL) {
    this.#conn = conn;
    this.#reader = new ByteReader(conn);
    this.#url = url;
  }

  /**
   * Connects to the host of an `http:` or `ws:` URL, and sends nothing yet.
   * With `receiveBytes`, the kernel takes no more than about that while nothing is read.
   */
  static async connect(
    url: string | URL,
    { receiveBytes }: { readonly receiveBytes?: number } = {},
  ): Promise<RawSocket> {
    const target = new URL(url);
    const conn = await Deno.connect({
      hostname: target.hostname.replace(/^\[|\]$/g, ""),
      port: Number(target.port || 80),
    });
    if (receiveBytes !== undefined) boundReceiveBuffer(conn, receiveBytes);
    return new RawSocket(conn, target);
  }

  /** Connects and makes the handshake; throws unless the answer is 101. */
  static async open(
    url: string | URL,
    request?: RawRequest,
  ): Promise<RawSocket> {
    const socket = await RawSocket.connect(url);
    try {
      const { status, body } = await socket.request(request);
      if (status === 101) return socket;
      throw new Error(`Cannot open ${url}: answered ${status} ${body}`);
    } catch (error) {
      await socket.close();
      throw error;
    }
  }

  /** Sends a request for the URL, a handshake unless told otherwise, and reads the response. */
  async request(request: RawRequest = {}): Promise<RawResponse> {
    await this.write(formatRequest(this.#url, request));
    return await this.readResponse();
  }

  /** Sends bytes as they are. */
  async write(data: string | Uint8Array): Promise<void> {
    let rest = typeof data === "string" ? new TextEncoder().encode(data) : data;
    while (rest.length > 0) {
      rest = rest.subarray(await this.#conn.write(rest));
    }
  }

  /** Sends one frame, masked unless told otherwise. */
  async writeFrame(frame: FrameInit): Promise<void> {
    await this.write(encodeFrame(frame));
  }

  /** Reads one frame; undefined when the server has ended the connection. */
  readFrame(): Promise<ReadFrame | undefined> {
    return readFrame((count) => this.#reader.take(count));
  }

  /** Reads one HTTP response. */
  readResponse(): Promise<RawResponse> {
    return readResponse(this.#reader);
  }

  /** Reads what the server still sends until it ends the connection. */
  readToEnd(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#reader.takeToEnd();
  }

  /** Ends the connection without a close frame; more calls do nothing. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#conn.close();
    await this.#reader.settled();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
