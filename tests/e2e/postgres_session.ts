/** A session of psql that stays open, as that of an application. */

import type { PostgresServer } from "../support/postgres_server.ts";

/** Carries out one statement after the other; disposing of it ends the session. */
export class PostgresSession implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reader: ReadableStreamDefaultReader<string>;

  private constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#writer = child.stdin.getWriter();
    this.#reader = child.stdout.pipeThrough(new TextDecoderStream())
      .getReader();
  }

  /** Opens a session. */
  static open(server: PostgresServer): Promise<PostgresSession> {
    const child = server.psql();
    return Promise.resolve(new PostgresSession(child));
  }

  /** Resolves once the statement is carried out. */
  async run(sql: string): Promise<void> {
    const mark = crypto.randomUUID();
    const lines = `${sql};\n\\echo ${mark}\n`;
    await this.#writer.write(new TextEncoder().encode(lines));
    for (let text = ""; !text.includes(mark);) {
      const { value, done } = await this.#reader.read();
      if (done) throw new Error(`psql has ended after "${text}"`);
      text += value;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer.close();
    await this.#reader.cancel();
    await this.#child.status;
  }
}
