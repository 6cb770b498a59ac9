/** AsyncAPI document of `/asyncapi.json`: the two protocols that are spoken over a WebSocket. */

import { VERSION } from "../../lib/base/version.ts";
import type { Message } from "./asyncapi_message.ts";
import { SDK_MESSAGES, SDK_SCHEMAS } from "./asyncapi_sdk.ts";
import { TEXT_MESSAGES } from "./asyncapi_text.ts";

type Messages = Readonly<Record<string, Message>>;

interface ChannelNote {
  readonly address: string;
  readonly title: string;
  readonly description: string;
  readonly messages: Messages;
}

const CHANNELS: Readonly<Record<string, ChannelNote>> = {
  text: {
    address: "/ws",
    title: "Text protocol",
    description:
      "One frame is one message; nothing is JSON. Bytes take the same addresses, with a zero byte for the first colon.",
    messages: TEXT_MESSAGES,
  },
  sdk: {
    address: "/connection/websocket",
    title: "Centrifuge client protocol, in JSON",
    description:
      "A frame is one object or several, a line each. The subprotocol centrifuge-protobuf has the same messages, each behind its length. Both are spoken at /ws too.",
    messages: SDK_MESSAGES,
  },
};

/** The server that answers: its host, and the path that the hub is mounted under. */
export interface AsyncApiServer {
  readonly host: string;
  /** Empty, or such as `/realtime`. */
  readonly pathname: string;
}

/** Makes the document, with the server that answers as its only one. */
export function asyncApiOf({ host, pathname }: AsyncApiServer): object {
  return {
    asyncapi: "3.1.0",
    info: {
      title: "Thrum",
      version: VERSION,
      description: "Messages between clients and the hub.",
      license: { name: "MIT" },
    },
    defaultContentType: "application/json",
    servers: {
      here: { host, protocol: "ws", ...pathname === "" ? {} : { pathname } },
    },
    channels: mapValues(CHANNELS, ({ messages, ...channel }) => ({
      ...channel,
      messages: mapValues(messages, ({ from: _, ...message }) => message),
      bindings: { ws: { method: "GET" } },
    })),
    operations: Object.fromEntries(
      Object.entries(CHANNELS).flatMap(([name, { messages, title }]) => [
        [`${name}Receive`, {
          action: "receive",
          summary: `Messages from clients: ${title}`,
          ...operation(name, messages, "client"),
        }],
        [`${name}Send`, {
          action: "send",
          summary: `Messages to clients: ${title}`,
          ...operation(name, messages, "server"),
        }],
      ]),
    ),
    components: { schemas: SDK_SCHEMAS },
  };
}

function operation(
  channel: string,
  messages: Messages,
  from: Message["from"],
): object {
  const $ref = `#/channels/${channel}`;
  const names = Object.keys(messages).filter((name) =>
    messages[name]?.from === from
  );
  return {
    channel: { $ref },
    messages: names.map((name) => ({ $ref: `${$ref}/messages/${name}` })),
  };
}

function mapValues<Value, Other>(
  object: Readonly<Record<string, Value>>,
  change: (value: Value) => Other,
): Record<string, Other> {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, change(value)]),
  );
}
