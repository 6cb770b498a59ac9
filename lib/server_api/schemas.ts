/** Schemas of the server API's bodies. Unknown fields are ignored. */

import * as v from "valibot";
import {
  base64JsonSchema,
  jsonSchema,
  overrideSchema,
} from "../auth/server_subscription.ts";
import { utf8Length } from "../base/bytes.ts";
import { MAX_REASON_BYTES } from "../base/disconnect.ts";
import { expected, jsonObject } from "../base/json.ts";
import {
  bytes,
  channel,
  expireAt,
  fields,
  flag,
  isSelective,
  list,
  optionalText,
  position,
  SELECTION,
  selection,
  tags,
  text,
  truth,
  wholeNumber,
} from "./fields.ts";

/** Maximum number of channels of one `broadcast`. */
const MAX_CHANNELS = 1_000;
/** Maximum number of commands of one `batch`. */
const MAX_COMMANDS = 1_000;
/** Maximum number of connections that one `disconnect` leaves out. */
const MAX_STAYING = 1_000;
/** Longest key of a publication, and longest epoch of its version, in characters. */
export const MAX_KEY_LENGTH = 255;

const describe = v.description;

/** A text that a broker compares with others: it could not tell two with a lone surrogate apart. */
const key = v.pipe(
  text,
  v.maxLength(
    MAX_KEY_LENGTH,
    expected(`at most ${MAX_KEY_LENGTH} characters`),
  ),
  v.check((key) => key.isWellFormed(), expected("well-formed Unicode")),
);

/** A key that counts once. */
const idempotencyKey = v.optional(v.pipe(
  key,
  describe("the same key within 5 minutes publishes only once"),
  v.transform((value) => value || undefined),
));

/**
 * Fields of a publication. None has a default, which would be checked like a value of the
 * body: those that most publications lack would take longer than the publication.
 */
const message = {
  data: v.optional(v.pipe(v.unknown(), describe("the payload"))),
  b64data: v.pipe(
    v.optional(bytes),
    describe("bytes in base64, instead of data; those of JSON are JSON"),
  ),
  skip_history: v.pipe(
    v.optional(truth),
    describe("deliver it without storing it"),
  ),
  tags: v.pipe(v.optional(tags), describe("strings by name")),
  idempotency_key: idempotencyKey,
  version: v.pipe(
    v.optional(wholeNumber(0)),
    describe(
      "above 0: of the state that data is; dropped if the channel's history had this one or a greater one, with the offset and epoch of the top as the result",
    ),
  ),
  version_epoch: v.pipe(
    v.optional(key),
    describe("a version of another epoch than the last one's counts as newer"),
  ),
  delta: v.pipe(
    v.optional(truth),
    describe("ignored; every client that asks for deltas receives them"),
  ),
};

const hasData = ({ data, b64data }: {
  readonly data?: unknown;
  readonly b64data?: ArrayBuffer;
}) => data !== undefined || b64data !== undefined;
const DATA = "expected data or b64data";

/** The body of `publish`. */
export const publishSchema = v.pipe(
  fields({ channel, ...message }),
  v.check((body) => hasData(body), DATA),
);

/** The body of `broadcast`. */
export const broadcastSchema = v.pipe(
  fields({
    channels: v.pipe(
      list(channel, { max: MAX_CHANNELS, items: "channels" }),
      v.minLength(1, expected("a channel")),
    ),
    ...message,
  }),
  v.check((body) => hasData(body), DATA),
);

/** The body of `append`. */
export const appendSchema = fields({
  channel,
  append: v.pipe(
    v.optional(text, ""),
    describe("the next part of the text; it may be empty with the others"),
  ),
  close: v.pipe(flag, describe("the text is at its end with this part")),
  restart: v.pipe(flag, describe("begin another text with this part")),
  idempotency_key: idempotencyKey,
});

/** The body of `subscribe`. */
export const subscribeSchema = v.pipe(
  fields({
    ...selection,
    channel,
    expire_at: expireAt,
    info: v.pipe(
      jsonSchema,
      describe("any JSON; other clients in the channel see it"),
    ),
    b64info: v.pipe(base64JsonSchema, describe("the same in base64")),
    data: v.pipe(jsonSchema, describe("any JSON; the client receives it")),
    b64data: v.pipe(base64JsonSchema, describe("the same in base64")),
    recover_since: v.optional(
      v.pipe(position, describe("send the publications after this position")),
    ),
    override: v.pipe(
      overrideSchema,
      describe("options of the channel that the subscription overrides"),
    ),
  }),
  v.check((body) => isSelective(body), SELECTION),
);

/** The body of `unsubscribe`. */
export const unsubscribeSchema = v.pipe(
  fields({ ...selection, channel }),
  v.check((body) => isSelective(body), SELECTION),
);

const CLOSE_CODE = "a code from 3000 to 4999";

/** The body of `disconnect`. */
export const disconnectSchema = v.pipe(
  fields({
    ...selection,
    disconnect: v.optional(fields({
      code: v.pipe(
        v.number(expected(CLOSE_CODE)),
        v.integer(expected(CLOSE_CODE)),
        v.minValue(3000, expected(CLOSE_CODE)),
        v.maxValue(4999, expected(CLOSE_CODE)),
        describe(
          "after 3500–3999 and 4500–4999 a client does not connect again",
        ),
      ),
      reason: v.optional(
        v.pipe(
          text,
          v.check(
            (reason) => utf8Length(reason) <= MAX_REASON_BYTES,
            expected(`at most ${MAX_REASON_BYTES} bytes`),
          ),
        ),
        "",
      ),
    })),
    whitelist: v.optional(
      v.pipe(
        list(text, { max: MAX_STAYING, items: "ids" }),
        describe("ids of connections that stay"),
      ),
      [],
    ),
  }),
  v.check((body) => isSelective(body), SELECTION),
);

/** The body of `refresh`. */
export const refreshSchema = v.pipe(
  fields({
    ...selection,
    expired: v.pipe(flag, describe("end the connections now, with 3005")),
    expire_at: expireAt,
  }),
  v.check((body) => isSelective(body), SELECTION),
);

/** The body of `presence`, `presence_stats` and `history_remove`. */
export const channelBodySchema = fields({ channel });

/** The body of `history`. */
export const historySchema = fields({
  channel,
  limit: v.optional(
    v.pipe(
      wholeNumber(-1),
      describe("0: the position alone; -1: all publications, up to 300"),
    ),
    0,
  ),
  since: v.optional(position),
  reverse: v.pipe(flag, describe("newest first")),
});

/** The body of `channels`. */
export const channelsBodySchema = fields({
  pattern: v.pipe(optionalText, describe("* stands for any text, also none")),
});

/** The body of `info`. */
export const infoSchema = fields({});

/** The body of `rpc`. */
export const rpcSchema = fields({
  method: v.optional(text, ""),
  params: v.optional(v.pipe(v.unknown(), describe("the parameters"))),
});

/** The body of `batch`. */
export const batchSchema = fields({
  commands: v.pipe(
    list(jsonObject, { max: MAX_COMMANDS, items: "commands" }),
    describe('each {"<method>": {…}}'),
  ),
  parallel: v.pipe(flag, describe("do not wait for one before the next")),
});
