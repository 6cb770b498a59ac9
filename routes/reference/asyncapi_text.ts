/** Messages of the text protocol, for `/asyncapi.json`. */

import type { Message } from "./asyncapi_message.ts";

function message(
  from: Message["from"],
  [name, summary, pattern, example]: readonly [string, string, string, string],
): [string, Message] {
  return [name, {
    name,
    summary,
    from,
    contentType: "text/plain",
    payload: { type: "string", pattern },
    examples: [{ payload: example }],
  }];
}

const FROM_CLIENT = [
  ["direct", "To every connection of a uid", "^[^:#][^:]*:", "bob:hello"],
  ["broadcast", "To every connection", "^all:", "all:hello"],
  ["publish", "To a channel", "^#[^:]+:", "#room:hello"],
  ["subscribe", "Join a channel", "^\\+#.+$", "+#room"],
  ["unsubscribe", "Leave a channel", "^-#.+$", "-#room"],
  ["auth", "Authenticate by a token", "^auth:", "auth:eyJhbGciOi"],
  ["ping", "A sign of life, answered with pong", "^ping$", "ping"],
  ["pong", "A sign of life, as is an empty frame", "^(pong)?$", "pong"],
] as const;

const FROM_SERVER = [
  ["message", "A direct message or a broadcast, bare", "", "hello"],
  [
    "messageWithSender",
    "The same, for clients that connected with ?from=1",
    "^[^>]*>",
    "alice>hello",
  ],
  ["publication", "A publication of a channel", "^#[^:]+:", "#room:hello"],
  ["subscribed", "A channel was joined", "^\\+#.+$", "+#room"],
  ["unsubscribed", "A channel was left", "^-#.+$", "-#room"],
  ["pinged", "A ping, to be answered with pong", "^ping$", "ping"],
  ["ponged", "The answer to ping", "^pong$", "pong"],
  [
    "error",
    "An error, by code and message",
    "^error:\\d+ ",
    'error:404 "bob" is not connected',
  ],
] as const;

/** Every message by its name. */
export const TEXT_MESSAGES: Readonly<Record<string, Message>> = Object
  .fromEntries([
    ...FROM_CLIENT.map((each) => message("client", each)),
    ...FROM_SERVER.map((each) => message("server", each)),
  ]);
