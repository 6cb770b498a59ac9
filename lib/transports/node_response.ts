/** Answers to requests for an upgrade that a server of Node has given out of its hands. */

/** Socket of the module `node:net`, as far as it is used here. */
export interface NodeSocket {
  /** Queues bytes or text; false if more waits than it likes. */
  write(chunk: string | Uint8Array): boolean;
  /** Ends it when all is written. */
  end(): unknown;
  /** Ends it at once. */
  destroy(): unknown;
  /** Calls back for each event. */
  on(event: string, listener: () => void): unknown;
}

/**
 * Writes a response, and ends the connection: what comes after a request for an
 * upgrade is not read as HTTP any more.
 */
export async function writeResponse(
  socket: NodeSocket,
  { status, statusText, headers, body }: Response,
): Promise<void> {
  const lines = [`HTTP/1.1 ${status} ${statusText}`];
  for (const [name, value] of headers) {
    if (!OWN_HEADERS.has(name)) lines.push(`${name}: ${value}`);
  }
  const upgrade = headers.get("upgrade");
  // A refusal names the protocol to upgrade to (RFC 9110, §7.8).
  lines.push(
    upgrade === null ? "connection: close" : "connection: upgrade, close",
  );
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  if (body !== null) await pipe(body, socket);
  socket.end();
}

/** Headers of the connection itself: it is closed at the end of the body. */
const OWN_HEADERS = new Set(["connection", "transfer-encoding", "keep-alive"]);

/** Writes a body as fast as its client reads it, and cancels it once the client has gone. */
async function pipe(
  body: ReadableStream<Uint8Array>,
  socket: NodeSocket,
): Promise<void> {
  const reader = body.getReader();
  let hasGone = false;
  let onReady = () => {};
  socket.on("close", () => {
    hasGone = true;
    onReady();
    reader.cancel().catch(() => {});
  });
  socket.on("drain", () => onReady());
  while (!hasGone) {
    const { done, value } = await reader.read();
    if (done || hasGone) return;
    if (socket.write(value)) continue;
    await new Promise<void>((resolve) => onReady = resolve);
  }
}
