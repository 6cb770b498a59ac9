/** Schemas of the bodies by which an operator looks into the hub. */

import * as v from "valibot";
import { expected, oneOf } from "../base/json.ts";
import {
  CHANNEL_SORTS,
  CONNECTION_SORTS,
} from "../node_calls/inspection_call.ts";
import {
  bytes,
  channel,
  fields,
  flag,
  optionalText,
  text,
  wholeNumber,
} from "./fields.ts";

const describe = v.description;

/** Rows of a page at most, and how far a page may begin: the last one has row 1 000. */
const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 50;
const MAX_OFFSET = 900;
/** Longest trace, in seconds. */
const MAX_TRACE_SECONDS = 600;

function upTo(least: number, most: number) {
  return v.pipe(
    wholeNumber(least),
    v.maxValue(most, expected(`a whole number from ${least} to ${most}`)),
  );
}

const page = {
  search: v.pipe(
    v.optional(text, ""),
    describe("text that a name contains"),
  ),
  reverse: v.pipe(flag, describe("the other way round")),
  limit: v.pipe(
    v.optional(upTo(1, MAX_LIMIT), DEFAULT_LIMIT),
    describe(`rows of the page, at most ${MAX_LIMIT}`),
  ),
  offset: v.pipe(
    v.optional(upTo(0, MAX_OFFSET), 0),
    describe(`rows before the page, at most ${MAX_OFFSET}`),
  ),
};

/** The body of `connections`. */
export const connectionsSchema = fields({
  ...page,
  user: v.pipe(optionalText, describe("those of this uid alone")),
  channel: v.optional(
    v.pipe(channel, describe("those in this channel alone")),
  ),
  sort: v.pipe(
    v.optional(oneOf(CONNECTION_SORTS), "since"),
    describe(
      "user: by the alphabet; since: the newest first; rate: frames in half a second; the greatest first",
    ),
  ),
});

/** The body of `connection`. */
export const connectionSchema = fields({
  client: v.pipe(text, describe("the connection's id")),
});

/** The body of `user`. */
export const userSchema = fields({
  user: v.pipe(text, describe("the uid")),
});

/** The body of `channels_page`. */
export const channelsPageSchema = fields({
  ...page,
  sort: v.pipe(
    v.optional(oneOf(CHANNEL_SORTS), "clients"),
    describe("name: by the alphabet; rate: events in half a second"),
  ),
});

const token = v.pipe(
  optionalText,
  describe("a token of a connection or of a subscription"),
);

/** The body of `channel`. */
export const channelSchema = fields({ channel, token });

/** The body of `explain`. */
export const explainSchema = fields({
  token,
  channel_token: v.pipe(
    optionalText,
    describe("a token of a subscription, beside that of the connection"),
  ),
  channel,
});

/** The body of `load`. */
export const loadBodySchema = fields({
  since: v.optional(
    v.pipe(
      v.number(expected("a number")),
      v.finite(),
      describe("samples after this time, in milliseconds since 1970"),
    ),
    0,
  ),
});

/** The body of `trace`. */
export const traceBodySchema = v.pipe(
  fields({
    client: v.pipe(optionalText, describe("the id of a connection")),
    channel: v.optional(v.pipe(channel, describe("or a channel"))),
    payloads: v.pipe(
      flag,
      describe("show the beginning of each payload, without its secrets"),
    ),
    seconds: v.pipe(
      v.optional(upTo(1, MAX_TRACE_SECONDS), 300),
      describe(`length of the trace, at most ${MAX_TRACE_SECONDS}`),
    ),
  }),
  v.check(
    ({ client, channel }) => (client === undefined) !== (channel === undefined),
    "expected client or channel",
  ),
);

/** The body of `send`. */
export const sendSchema = v.pipe(
  fields({
    user: v.pipe(optionalText, describe("the uid of the connections")),
    client: v.pipe(optionalText, describe("or the id of one connection")),
    data: v.optional(v.pipe(v.unknown(), describe("the message"))),
    b64data: v.pipe(
      v.optional(bytes),
      describe("bytes in base64, instead of data; those of JSON are JSON"),
    ),
  }),
  v.check(
    ({ user, client }) => (user === undefined) !== (client === undefined),
    "expected user or client",
  ),
  v.check(
    ({ data, b64data }) => data !== undefined || b64data !== undefined,
    "expected data or b64data",
  ),
);
