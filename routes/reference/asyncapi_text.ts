/** The messages of the text protocol, for `/asyncapi.json`. */

import type { Message } from "./asyncapi.ts";

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
  ["auth", "Say who this is, by a token", "^auth:", "auth:eyJhbGciOi"],
  ["ping", "I am here; answered with pong", "^ping$", "ping"],
  ["pong", "I am here; an empty frame says so too", "^(pong)?$", "pong"],
] as const;

const FROM_SERVER = [
  ["message", "A direct message or a broadcast, bare", "", "hello"],
  [
    "messageWithSender",
    "The same, for who connected with ?from=1",
    "^[^>]*>",
    "alice>hello",
  ],
  ["publication", "A publication of a channel", "^#[^:]+:", "#room:hello"],
  ["subscribed", "A channel was joined", "^\\+#.+$", "+#room"],
  ["unsubscribed", "A channel was left", "^-#.+$", "-#room"],
  ["pinged", "A question whether it is there", "^ping$", "ping"],
  ["ponged", "The answer to ping", "^pong$", "pong"],
  [
    "error",
    "A mistake, by code and words",
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
