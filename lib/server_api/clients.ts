/** Methods that change connections on all nodes: `subscribe`, `unsubscribe`, `disconnect` and `refresh`. */

import { knownOptions } from "../commands/permission.ts";
import type { NodeCall } from "../node_calls/node_call.ts";
import { disconnects } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { Hub } from "../hub/hub.ts";
import { type ApiMethod, method } from "./method.ts";
import { doOnAll } from "./operations.ts";
import {
  disconnectSchema,
  refreshSchema,
  subscribeSchema,
  unsubscribeSchema,
} from "./schemas.ts";

/** Subscribes connections and notifies their clients. Existing subscriptions stay as they are. */
export const subscribe: ApiMethod = method(
  subscribeSchema,
  ({ hub }, body) => {
    const { user, client, session, channel, override } = body;
    knownOptions(hub, channel);
    const { expire_at: expireAt = Infinity } = body;
    if (expireAt * 1000 <= hub.clock.wallTime) {
      throw new ProtocolError(errors.expired, "expire_at is in the past");
    }
    return act(hub, {
      type: "subscribe",
      user,
      client,
      session,
      channel,
      override,
      info: body.b64info ?? body.info,
      data: body.b64data ?? body.data,
      expireAt: body.expire_at,
      since: body.recover_since,
    });
  },
);

/** Ends subscriptions and notifies the clients (2000), which do not subscribe again by themselves. */
export const unsubscribe: ApiMethod = method(
  unsubscribeSchema,
  ({ hub }, body) => {
    knownOptions(hub, body.channel);
    return act(hub, { type: "unsubscribe", ...body });
  },
);

/** Ends connections. */
export const disconnect: ApiMethod = method(
  disconnectSchema,
  ({ hub }, { disconnect = disconnects.forceDisconnect, ...body }) => {
    const { code, reason } = disconnect;
    return act(hub, { type: "disconnect", ...body, code, reason });
  },
);

/** Sets the end of connections. */
export const refresh: ApiMethod = method(
  refreshSchema,
  ({ hub }, { expire_at: expireAt, ...body }) =>
    act(hub, { type: "refresh", ...body, expireAt }),
);

async function act(hub: Hub, call: NodeCall): Promise<string> {
  await doOnAll(hub, call);
  return "{}";
}
