/** A client of the Centrifuge protocol, made by hand, over whatever brings it lines. */

import type { AppServer } from "../routes/app_server.ts";
import { TextClient } from "../support/text_client.ts";
import type { Told, TransportClient } from "./told.ts";

/** A source of lines of JSON, or of the text between them. */
export interface Lines extends AsyncDisposable {
  next(): Promise<string | undefined>;
}

/** The official protocol, as lines from wherever they come. */
export class CentrifugeClient implements TransportClient {
  since = "";
  readonly #lines: Lines;
  readonly #waiting: Told[] = [];

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  /** What it says first; `since` is JSON that goes into the subscription. */
  static commands(channel: string, since = "{}"): string {
    const subscribe = { channel, ...JSON.parse(since) };
    return `{"id":1,"connect":{}}\n${JSON.stringify({ id: 2, subscribe })}`;
  }

  /** Reads the answers to the first commands. */
  async begin(): Promise<this> {
    while (this.since === "") this.#take(await this.#lines.next() ?? "");
    return this;
  }

  async next(): Promise<Told> {
    for (;;) {
      const told = this.#waiting.shift();
      if (told !== undefined) return told;
      const line = await this.#lines.next();
      if (line === undefined) return { type: "end" };
      this.#take(line);
    }
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#lines[Symbol.asyncDispose]();
  }

  #take(line: string): void {
    const text = line.replace(/^data: /, "");
    if (text === "" || text === ":") return;
    const { subscribe, push, error } = JSON.parse(text);
    if (error) throw new Error(text);
    if (subscribe) {
      const { epoch, offset = 0, was_recovering, recovered } = subscribe;
      this.since = JSON.stringify({ recover: true, epoch, offset });
      if (was_recovering && !recovered) this.#waiting.push({ type: "lost" });
      for (const pub of subscribe.publications ?? []) this.#hear(pub);
    }
    if (push?.pub) this.#hear(push.pub);
    if (push?.message) {
      this.#waiting.push({ type: "message", data: push.message.data });
    }
    if (push?.disconnect) {
      const { code } = push.disconnect;
      this.#waiting.push({ type: "disconnect", code });
    }
  }

  #hear({ data, offset }: { data: unknown; offset: number }): void {
    this.#waiting.push({ type: "message", data });
    this.since = JSON.stringify({ ...JSON.parse(this.since), offset });
  }
}

/** The frames of a WebSocket as lines; its close frame is one as a stream would end with. */
export async function socketLines(
  server: AppServer,
  first: string,
): Promise<Lines> {
  const url = `ws://${server.host}/connection/websocket`;
  const socket = await TextClient.open(url);
  socket.send(first);
  const waiting: string[] = [];
  let end: string | undefined;
  let hasEnded = false;
  socket.closed.then(({ code }) => {
    hasEnded = true;
    if (code >= 3000) end = JSON.stringify({ push: { disconnect: { code } } });
  });
  return {
    async next() {
      while (waiting.length === 0) {
        try {
          waiting.push(...String(await socket.next()).split("\n"));
        } catch (error) {
          if (!hasEnded) throw error;
          const last = end;
          end = undefined;
          return last;
        }
      }
      return waiting.shift();
    },
    [Symbol.asyncDispose]: () => socket[Symbol.asyncDispose](),
  };
}
