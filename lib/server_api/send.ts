/** The method `send`: a message to the connections of a user, or to one connection. */

import { rawValue } from "../protocol/raw_json.ts";
import { fromBytes, type Payload, toJson } from "../base/publication.ts";
import { sendSchema } from "./inspection_schemas.ts";
import { type ApiMethod, method } from "./method.ts";
import { doOnAll } from "./operations.ts";

/** Sends a message, which its receiver gets as it gets a direct one; the result says whether there was a receiver. */
export const send: ApiMethod = method(
  sendSchema,
  async ({ hub }, { user, client, b64data }, json) => {
    const payload: Payload = b64data === undefined
      ? { json: rawValue(json, ["data"]) ?? "null" }
      : fromBytes(new Uint8Array(b64data));
    if (user !== undefined) {
      const { delivered } = await hub.sendTo(user, payload);
      return JSON.stringify({ delivered });
    }
    if (client === undefined) return '{"delivered":false}';
    const call = { type: "send", client, json: toJson(payload) } as const;
    return JSON.stringify({ delivered: await doOnAll(hub, call) > 0 });
  },
);
