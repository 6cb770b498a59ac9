/** A log that cannot be written, or that nobody reads, once ended the server or held it up. */

import { assertEquals, assertLess } from "@std/assert";
import { killChild } from "../support/child.ts";
import { deadline } from "../support/deadline.ts";
import { eventually } from "../support/eventually.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { keptEnv } from "../support/server.ts";
import { ROOT } from "../support/source_files.ts";

const PORT_RANGE = [20_000, 10_000] as const;

/** A server whose log goes where a shell sends it, or to a pipe that is not read. */
class Speechless implements AsyncDisposable {
  readonly url: string;
  readonly #child: Deno.ChildProcess;
  #running = true;

  private constructor(redirection: string) {
    const [first, count] = PORT_RANGE;
    const port = first + Math.floor(Math.random() * count);
    this.url = `http://127.0.0.1:${port}`;
    const serve = `"${Deno.execPath()}" serve --quiet --no-prompt`;
    const args = "--allow-net --allow-env --allow-read main.ts";
    this.#child = new Deno.Command("sh", {
      args: ["-c", `exec ${serve} ${args} ${redirection}`],
      cwd: ROOT,
      clearEnv: true,
      env: {
        ...keptEnv(),
        PORT: `${port}`,
        LOG_LEVEL: "debug",
        INSECURE_ANONYMOUS_ALL: "true",
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#child.status.then(() => this.#running = false);
  }

  static async start(redirection: string): Promise<Speechless> {
    const server = new Speechless(redirection);
    await eventually(() => server.lives(), { awaited: "the server" });
    return server;
  }

  /** Whether it answers, in time. */
  async lives(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(2_000);
      const response = await fetch(`${this.url}/healthz`, { signal });
      await response.body?.cancel();
      return response.ok;
    } catch (error) {
      // It does not listen yet.
      if (this.#running && error instanceof TypeError) return false;
      throw error;
    }
  }

  /** Ends it by SIGTERM; resolves with its code. */
  async end(): Promise<number> {
    this.#child.kill("SIGTERM");
    const { code } = await deadline(this.#child.status, {
      awaited: "the server's end",
    });
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await killChild(this.#child);
    await this.#child.stdout.cancel();
    await this.#child.stderr.cancel();
  }
}

/** Makes the server log so many refusals. */
async function provoke(url: string, count: number): Promise<void> {
  const origin = `https://${"x".repeat(5_000)}.example`;
  for (let index = 0; index < count; index++) {
    const response = await fetch(`${url}/sse?channel=a`, {
      headers: { origin },
      signal: AbortSignal.timeout(5_000),
    });
    assertEquals(response.status, 403);
    await response.body?.cancel();
  }
}

for (
  const [name, redirection] of [
    ["A disk that is full", ">/dev/full 2>&1"],
    ["A log that nobody reads", ""],
  ] as const
) {
  Deno.test(`${name} holds up neither the clients nor the end`, async () => {
    await using server = await Speechless.start(redirection);
    // Some hundred kilobytes: more than a pipe holds.
    await provoke(server.url, 600);
    await using client = await RawSocket.open(
      `${server.url.replace("http", "ws")}/ws?uid=alice`,
    );
    await client.writeFrame({ opcode: 1, payload: "alice:still here" });
    const frame = await client.readFrame();
    assertEquals(new TextDecoder().decode(frame?.payload), "still here");
    assertEquals(await server.lives(), true);
    await client.close();
    const from = performance.now();
    assertEquals(await server.end(), 0);
    assertLess(performance.now() - from, 5_000);
  });
}
