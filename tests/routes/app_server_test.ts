/** The server of the tests leaves nothing behind in the process of its test. */

import { assertEquals } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { inSeconds, SECRET, signToken } from "../support/token.ts";
import { AppServer } from "./app_server.ts";

/** Milliseconds that a verification takes, as on a machine that is busy. */
const VERIFY_MS = 100;

/** Has the verifications of signatures take their time; they are counted until its disposal. */
class SlowVerifications implements Disposable {
  begun = 0;
  ended = 0;
  readonly #verify = crypto.subtle.verify;

  constructor() {
    crypto.subtle.verify = async (...args) => {
      this.begun++;
      await new Promise((resolve) => setTimeout(resolve, VERIFY_MS));
      const isSigned = await this.#verify.apply(crypto.subtle, args);
      this.ended++;
      return isSigned;
    };
  }

  [Symbol.dispose](): void {
    crypto.subtle.verify = this.#verify;
  }
}

for (const path of ["poll", "sse", "ws"] as const) {
  Deno.test(`The end of an AppServer waits for the token of a client of /${path} that has gone`, async () => {
    const token = await signToken({ sub: "alice", exp: inSeconds(60) });
    using verifications = new SlowVerifications();
    {
      await using server = new AppServer({ env: { TOKEN_SECRET: SECRET } });
      const leave = path === "ws"
        ? openSocket(server.wsUrl, token)
        : request(`${server.url}/${path}`, token);
      await eventually(() => verifications.begun === 1, {
        awaited: "a verification",
      });
      await leave();
    }
    assertEquals(verifications.ended, 1);
  });
}

/** Sends a request; the returned function takes it back. */
function request(url: string, token: string): () => Promise<void> {
  const abort = new AbortController();
  const response = fetch(url, {
    headers: { Authorization: `Bearer ${token}` },
    signal: abort.signal,
  });
  return async () => {
    abort.abort();
    await response.catch(() => {});
  };
}

/** Opens a socket that sends its token as a frame; the returned function closes it. */
function openSocket(url: string, token: string): () => Promise<void> {
  const socket = new WebSocket(url);
  const closed = new Promise<void>((resolve) => {
    socket.onclose = () => resolve();
  });
  socket.onopen = () => socket.send(`auth:${token}`);
  return () => {
    socket.close();
    return closed;
  };
}
