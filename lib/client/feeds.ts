/** What a client of plain HTTP hears: an event stream, or one poll after the other. */

/** Where a feed comes from, and what it is about. */
export interface FeedRequest {
  /** The server, and who asks, such as `http://localhost:8000/?uid=alice`. */
  readonly url: URL;
  readonly channels: readonly string[];
  /** Where to go on; `undefined` to begin now. */
  readonly since: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly fetch: typeof fetch;
}

/** Something that was heard, and where that leads. */
export type FeedEvent =
  | { readonly type: "open" }
  | { readonly type: "cursor"; readonly cursor: string }
  | { readonly type: "message"; readonly message: FeedMessage }
  | { readonly type: "end"; readonly code: number; readonly reason: string };

/** A publication of a channel, or without one a direct message. */
export interface FeedMessage {
  readonly channel?: string;
  readonly data: unknown;
  readonly info?: { readonly user: string };
}

/** Yields what is heard until `signal` or the server ends it. */
export type Feed = (request: FeedRequest) => AsyncIterable<FeedEvent>;

/** Codes for what has no close code of its own: gone, come again; and not allowed, stay away. */
const GONE = 1006;
const REFUSED = 3500;

/** An event stream; read by hand, for an `EventSource` cannot carry a token. */
export const streamFeed: Feed = async function* (request) {
  const response = await ask(request, "/sse");
  if (!response.ok || response.body === null) return yield refusal(response);
  yield { type: "open" };
  const lines = response.body.pipeThrough(new TextDecoderStream());
  let rest = "";
  for await (const text of lines) {
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) yield* readBlock(block);
  }
};

/** Polls that wait for what is new. */
export const pollFeed: Feed = async function* (request) {
  let { since } = request;
  for (let isOpen = false;; isOpen = true) {
    // The first comes back at once, and shows that there is a way.
    const path = isOpen ? "/poll" : "/poll?timeout=0";
    const response = await ask({ ...request, since }, path);
    if (!response.ok) return yield refusal(response);
    if (!isOpen) yield { type: "open" };
    const { publications, cursor } = await response.json();
    for (const message of publications) yield { type: "message", message };
    since = cursor;
    yield { type: "cursor", cursor };
  }
};

function ask(request: FeedRequest, path: string): Promise<Response> {
  const { channels, since, headers, signal } = request;
  const url = new URL(path, request.url);
  for (const [name, value] of request.url.searchParams) {
    url.searchParams.set(name, value);
  }
  for (const channel of channels) url.searchParams.append("channel", channel);
  if (since !== undefined) url.searchParams.set("since", since);
  return request.fetch(url, { headers, signal, cache: "no-store" });
}

function refusal({ status, statusText }: Response): FeedEvent {
  const isForGood = status >= 400 && status < 500 && status !== 429;
  const code = isForGood ? REFUSED : GONE;
  return { type: "end", code, reason: `${status} ${statusText}`.trim() };
}

function* readBlock(block: string): Iterable<FeedEvent> {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const [, name = "", value = ""] = /^([^:]*): ?(.*)$/.exec(line) ?? [];
    fields.set(name, value);
  }
  const data = fields.get("data");
  const cursor = fields.get("id");
  if (data !== undefined) {
    const said = JSON.parse(data);
    const type = fields.get("event") ?? "message";
    if (type === "message") yield { type, message: said };
    if (type === "disconnect") {
      yield { type: "end", code: said.code, reason: said.reason };
    }
  }
  if (cursor !== undefined) yield { type: "cursor", cursor };
}
