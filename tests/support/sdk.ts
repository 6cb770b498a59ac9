/** The official SDK of the Centrifuge protocol, unchanged, with its events at hand. */

import { Centrifuge, type Options, type Subscription } from "centrifuge";
import type {
  DisconnectedContext,
  JoinContext,
  LeaveContext,
  PublicationContext,
  ServerPublicationContext,
  SubscribedContext,
  SubscriptionOptions,
  TransportEndpoint,
} from "centrifuge";
import { deadline } from "./deadline.ts";
import { eventually } from "./eventually.ts";
import { protobufSdk } from "./protobuf_sdk.ts";

/** What an event says beside what the test asks for. */
type Context = object;

/** Something with events: the client, or one of its subscriptions. */
interface Emitter {
  // deno-lint-ignore no-explicit-any -- the SDK's own type of its listeners
  once(event: any, listener: (context: any) => void): unknown;
}

/** Resolves with the next event of that name. */
export function nextEvent<T extends Context>(
  emitter: Emitter,
  name: string,
  timeoutMs?: number,
): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  emitter.once(name, resolve);
  return deadline(promise, { awaited: `the SDK's event "${name}"`, timeoutMs });
}

/** One subscription, and everything it has heard. */
export class SdkSubscription {
  readonly sub: Subscription;
  readonly publications: PublicationContext[] = [];
  readonly subscribed: SubscribedContext[] = [];
  /** Uids of those who came and went, each with a sign before it. */
  readonly comings: string[] = [];

  /** Wraps a subscription before it subscribes. */
  constructor(sub: Subscription) {
    this.sub = sub;
    sub.on("publication", (context) => this.publications.push(context));
    sub.on("subscribed", (context) => this.subscribed.push(context));
    sub.on(
      "join",
      ({ info }: JoinContext) => this.comings.push(`+${info.user}`),
    );
    sub.on(
      "leave",
      ({ info }: LeaveContext) => this.comings.push(`-${info.user}`),
    );
  }

  /** The payloads that came, oldest first. */
  get data(): unknown[] {
    return this.publications.map(({ data }) => data);
  }

  /** Subscribes, and resolves when that is done. */
  async start(): Promise<this> {
    this.sub.subscribe();
    await deadline(this.sub.ready(), {
      awaited: `to be subscribed to ${this.sub.channel}`,
    });
    return this;
  }

  /** Resolves once so many publications have come. */
  async count(count: number): Promise<void> {
    await eventually(() => this.publications.length >= count, {
      awaited: () =>
        `${count} publications; there are ${this.publications.length}`,
    });
  }
}

/**
 * Fetches as `fetch` does, and closes the connection of a response that is aborted.
 * Deno itself left it open after 3 of 100 aborts of a stream that was being read, and
 * the server had no sign that its client was gone.
 */
async function fetchAndClose(
  input: RequestInfo | URL,
  { signal, ...init }: RequestInit = {},
): Promise<Response> {
  const response = await fetch(input, init);
  const reader = response.body?.getReader();
  if (reader === undefined) return response;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const onAbort = () => {
        controller.error(signal?.reason);
        reader.cancel().catch(() => {});
      };
      if (signal?.aborted) onAbort();
      else signal?.addEventListener("abort", onAbort);
    },
    async pull(controller) {
      const { value, done } = await reader.read();
      if (signal?.aborted) return;
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(body, response);
}

/** One client; disposing of it disconnects it. */
export class Sdk implements Disposable {
  readonly client: Centrifuge;
  /** What came to the server's own subscriptions. */
  readonly publications: ServerPublicationContext[] = [];
  readonly disconnects: DisconnectedContext[] = [];

  /** A client that has not connected yet; its codec is JSON or protobuf. */
  constructor(
    transports: TransportEndpoint[],
    options: Partial<Options> = {},
    codec: "json" | "protobuf" = "json",
  ) {
    const all = {
      minReconnectDelay: 20,
      maxReconnectDelay: 50,
      fetch: fetchAndClose,
      ...options,
    };
    this.client = codec === "protobuf"
      ? protobufSdk(transports, all)
      : new Centrifuge(transports, all);
    this.client.on("publication", (context) => this.publications.push(context));
    this.client.on("disconnected", (context) => this.disconnects.push(context));
    // Without a listener the SDK's errors would be thrown at nobody.
    this.client.on("error", () => {});
  }

  /** Connects, and resolves when that is done. */
  async connect(): Promise<this> {
    this.client.connect();
    await deadline(this.client.ready(), { awaited: "the SDK to be connected" });
    return this;
  }

  /** A subscription that has not begun. */
  subscription(
    channel: string,
    options: Partial<SubscriptionOptions> = {},
  ): SdkSubscription {
    const sub = this.client.newSubscription(channel, {
      minResubscribeDelay: 20,
      maxResubscribeDelay: 50,
      ...options,
    });
    sub.on("error", () => {});
    return new SdkSubscription(sub);
  }

  /** Subscribes to a channel. */
  async subscribe(
    channel: string,
    options?: Partial<SubscriptionOptions>,
  ): Promise<SdkSubscription> {
    return await this.subscription(channel, options).start();
  }

  [Symbol.dispose](): void {
    this.client.disconnect();
  }
}

/** The code that a call of the SDK is refused with; 0 if it is not. */
export async function codeOf(call: Promise<unknown>): Promise<number> {
  try {
    await call;
    return 0;
  } catch (error) {
    if (typeof error === "object" && error !== null && "code" in error) {
      return Number(error.code);
    }
    throw error;
  }
}
