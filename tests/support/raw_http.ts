/** HTTP/1.1 messages as text (RFC 9112), so that a test can send wrong ones. */

import type { ByteReader } from "./byte_reader.ts";

/** The head and body of an HTTP response. */
export interface RawResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  /** Empty after a 101. */
  readonly body: string;
}

/** A request, with the headers of a WebSocket handshake unless they are replaced or removed. */
export interface RawRequest {
  /** @default {"GET"} */
  readonly method?: string;
  /** Sent as written; null leaves out a header of the handshake. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

const HANDSHAKE = {
  upgrade: "websocket",
  connection: "Upgrade",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  "sec-websocket-version": "13",
} as const;

/** The text of a request without a body. */
export function formatRequest(
  url: URL,
  { method = "GET", headers = {} }: RawRequest,
): string {
  const all = new Map<string, string | null>([
    ["host", url.host],
    ...Object.entries(HANDSHAKE),
  ]);
  for (const [name, value] of Object.entries(headers)) {
    all.set(name.toLowerCase(), value);
  }
  const lines = [`${method} ${url.pathname}${url.search} HTTP/1.1`];
  for (const [name, value] of all) {
    if (value !== null) lines.push(`${name}: ${value}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function parseHead(text: string): Omit<RawResponse, "body"> {
  const [statusLine = "", ...lines] = text.trimEnd().split("\r\n");
  const [, status, statusText = ""] =
    statusLine.match(/^HTTP\/1\.1 (\d{3}) ?(.*)$/) ?? [];
  if (status === undefined) {
    throw new SyntaxError(`Cannot parse the status line "${statusLine}"`);
  }
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return { status: Number(status), statusText, headers };
}

async function readChunks(reader: ByteReader): Promise<string> {
  const decoder = new TextDecoder();
  let body = "";
  for (;;) {
    const size = parseInt(await reader.takeThrough("\r\n"), 16);
    const chunk = await reader.take(size);
    await reader.takeThrough("\r\n");
    if (!chunk || size === 0) return body + decoder.decode();
    body += decoder.decode(chunk, { stream: true });
  }
}

async function readBody(
  reader: ByteReader,
  { status, headers }: Omit<RawResponse, "body">,
): Promise<string> {
  if (status === 101 || status === 204 || status === 304) return "";
  if (headers.get("transfer-encoding") === "chunked") {
    return await readChunks(reader);
  }
  const length = headers.get("content-length");
  const bytes = length === null
    ? await reader.takeToEnd()
    : await reader.take(Number(length));
  return new TextDecoder().decode(bytes);
}

/** Reads one response. */
export async function readResponse(reader: ByteReader): Promise<RawResponse> {
  const head = parseHead(await reader.takeThrough("\r\n\r\n"));
  return { ...head, body: await readBody(reader, head) };
}
