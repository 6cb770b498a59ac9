/** A client of the SDKs' protocol that says exactly what a test tells it to. */

import { TextClient } from "./text_client.ts";

/** Any line of the protocol. */
export type Line = Readonly<Record<string, unknown>>;

function isLine(value: unknown): value is Line {
  return typeof value === "object" && value !== null;
}

/** A connection that has sent its `connect` command. */
export class JsonClient implements AsyncDisposable {
  /** What the server said without having been asked, and no test has taken yet. */
  readonly pushes: Line[] = [];
  readonly #client: TextClient;
  readonly #replies: Line[] = [];
  #id = 0;

  private constructor(client: TextClient) {
    this.#client = client;
  }

  /** Connects to the server at `wsUrl`, which lets anybody in. */
  static async connect(wsUrl: string): Promise<JsonClient> {
    const url = `${wsUrl}/connection/websocket`;
    const client = new JsonClient(await TextClient.open(url));
    await client.ask({ connect: {} });
    return client;
  }

  /** Sends a command and waits for its reply. */
  async ask(command: Line): Promise<Line> {
    const id = ++this.#id;
    this.#client.send(JSON.stringify({ id, ...command }));
    for (;;) {
      const index = this.#replies.findIndex((reply) => reply.id === id);
      if (index >= 0) return this.#replies.splice(index, 1)[0]!;
      await this.#read(`the reply to ${JSON.stringify(command)}`);
    }
  }

  /** Waits for the data of the next publication. */
  async nextData(): Promise<unknown> {
    for (;;) {
      for (let push; (push = this.pushes.shift()) !== undefined;) {
        const { pub } = isLine(push.push) ? push.push : {};
        if (isLine(pub)) return pub.data;
      }
      await this.#read("a publication");
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client[Symbol.asyncDispose]();
  }

  async #read(awaited: string): Promise<void> {
    const frame = String(await this.#client.next(awaited));
    for (const text of frame.split("\n")) {
      const line: unknown = JSON.parse(text);
      if (!isLine(line)) throw new Error(`Cannot read "${text}": no object`);
      ("id" in line ? this.#replies : this.pushes).push(line);
    }
  }
}
