/** How each server is spoken to: the same work, in its own words. */

import type { Load, Script } from "./generator.ts";

/** What a fan-out needs to know of a server. */
export type Dialect = Pick<Load, "subscriber" | "publisher" | "message">;

const CONNECT = JSON.stringify({ id: 1, connect: {} });
const SUBSCRIBE = { id: 2, subscribe: { channel: "room" } };
/** The mark that begins a number, which the generator looks for. */
const MARK = "~{seq}";
const NUMBER_BYTES = "~00000000".length;

/** A payload of `bytes` bytes with its number. */
export function payloadOf(bytes: number): string {
  return MARK + "x".repeat(bytes - NUMBER_BYTES);
}

/** An SDK that connects. */
export const SDK_CONNECT: Script = {
  path: "/connection/websocket",
  steps: [{ send: CONNECT }, { wait: '"connect"' }],
};

/** An SDK that connects and subscribes, as two frames. */
export function sdkSubscriber(flags: Record<string, boolean> = {}): Script {
  const subscribe = { ...SUBSCRIBE.subscribe, ...flags };
  return {
    path: SDK_CONNECT.path,
    steps: [
      ...SDK_CONNECT.steps ?? [],
      { send: JSON.stringify({ ...SUBSCRIBE, subscribe }) },
      { wait: '"subscribe"' },
    ],
  };
}

/** The JSON of the official SDKs. */
export function sdk(bytes: number): Dialect {
  return {
    subscriber: sdkSubscriber(),
    publisher: SDK_CONNECT,
    message: JSON.stringify({
      id: 3,
      publish: { channel: "room", data: payloadOf(bytes) },
    }),
  };
}

/** The protobuf of the official SDKs, for subscribers: their publisher speaks JSON. */
export function protobufSdk(bytes: number): Dialect {
  return {
    ...sdk(bytes),
    subscriber: {
      path: `${SDK_CONNECT.path}?cf_protocol=protobuf`,
      steps: [
        // The commands `connect`, with a name, and `subscribe`, each behind its length.
        {
          bytes: "\x08\x08\x01\x22\x04\x22\x02js" +
            "\x0a\x08\x02\x2a\x06\x0a\x04room",
        },
        { wait: "thrum" },
      ],
    },
  };
}

/** About what a subscriber gets of an SDK's publication, sent by a bare loop. */
export function sdkPush(bytes: number): Dialect {
  const info = { user: "", client: "00000000-0000-4000-8000-000000000000" };
  const pub = { data: payloadOf(bytes), info };
  return {
    subscriber: { path: "/fanout" },
    publisher: { path: "/publish" },
    message: JSON.stringify({ push: { channel: "room", pub } }),
  };
}

const ROOM = "#room:";

/** The text protocol. */
export function text(bytes: number): Dialect {
  return {
    subscriber: {
      path: "/ws",
      steps: [{ send: "+#room" }, { wait: "+#room" }],
    },
    publisher: { path: "/ws" },
    message: ROOM + payloadOf(bytes - ROOM.length),
  };
}

/** The text of `text()`, sent by a bare loop. */
export function bareText(bytes: number): Dialect {
  return {
    subscriber: { path: "/fanout" },
    publisher: { path: "/publish" },
    message: text(bytes).message,
  };
}

/** Servers that send the payload alone: everyone but `/publish` is subscribed at once. */
export function payloadAlone(bytes: number): Dialect {
  return {
    subscriber: { path: "/" },
    publisher: { path: "/publish" },
    message: payloadOf(bytes),
  };
}

/** The packets of socket.io: 0 opens, 40 connects, 42 is an event, 43 its answer. */
export function socketIo(bytes: number): Dialect {
  const path = "/socket.io/?EIO=4&transport=websocket";
  const connect = [{ wait: "0{" }, { send: "40" }, { wait: "40" }];
  return {
    subscriber: {
      path,
      steps: [...connect, { send: '420["join"]' }, { wait: "430" }],
    },
    publisher: { path, steps: connect },
    message: `42["publish","${payloadOf(bytes)}"]`,
  };
}
