/** The methods `publish`, `broadcast` and `append`. */

import { knownOptions } from "../commands/permission.ts";
import { rawValue } from "../protocol/raw_json.ts";
import { isName } from "../base/names.ts";
import { isRecord } from "../base/record.ts";
import {
  fromBytes,
  type Payload,
  type StreamPosition,
} from "../base/publication.ts";
import { toVersion } from "../broker/version.ts";
import {
  answerOf,
  type ApiMethod,
  method,
  type ServerApiDeps,
} from "./method.ts";
import { appendText } from "./operations.ts";
import { appendSchema, broadcastSchema, publishSchema } from "./schemas.ts";

interface MessageBody {
  readonly b64data?: ArrayBuffer;
  readonly skip_history?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly idempotency_key?: string;
  readonly version?: number;
  readonly version_epoch?: string;
}

/** Publishes to one channel. */
export const publish: ApiMethod = method(
  publishSchema,
  (deps, message, json) =>
    publishTo(deps, message.channel, message, payloadOf(message, json)),
  isBrief,
);

/** Publishes the same to many channels; the result has an answer for each, in their order. */
export const broadcast: ApiMethod = method(
  broadcastSchema,
  async (deps, message, json) => {
    const payload = payloadOf(message, json);
    const responses = await Promise.all(
      message.channels.map((channel) =>
        answerOf(
          deps,
          "broadcast",
          () => publishTo(deps, channel, message, payload),
        )
      ),
    );
    return `{"responses":[${responses.join(",")}]}`;
  },
);

/** Appends to the text of a channel, which its subscribers see grow. */
export const append: ApiMethod = method(
  appendSchema,
  async ({ hub }, { channel, append: text, ...options }) => {
    const { close, restart, idempotency_key: idempotencyKey } = options;
    const part = { text, close, restart, idempotencyKey };
    return positionOf(await appendText(hub, channel, part));
  },
);

/** Recognizes the body of most publications: a channel and data, and nothing else. */
function isBrief(
  body: unknown,
): body is { readonly channel: string; readonly data: unknown } {
  if (!isRecord(body) || typeof body.channel !== "string") return false;
  for (const field in body) {
    if (field !== "channel" && field !== "data") return false;
  }
  return body.data !== undefined && isName(body.channel);
}

function publishTo(
  { hub }: ServerApiDeps,
  channel: string,
  message: MessageBody,
  payload: Payload,
): string | Promise<string> {
  knownOptions(hub, channel);
  const publishing = hub.publish(channel, payload, {
    tags: message.tags,
    skipHistory: message.skip_history,
    idempotencyKey: message.idempotency_key,
    version: toVersion(message.version, message.version_epoch),
  });
  return publishing instanceof Promise
    ? publishing.then(positionOf)
    : positionOf(publishing);
}

function positionOf({ offset, epoch }: StreamPosition): string {
  return offset > 0 ? JSON.stringify({ offset, epoch }) : "{}";
}

/** Payload of a body; JSON as text, so that its numbers keep their digits. */
function payloadOf({ b64data }: MessageBody, json: string): Payload {
  if (b64data !== undefined) return fromBytes(new Uint8Array(b64data));
  return { json: rawValue(json, ["data"]) ?? "null" };
}
