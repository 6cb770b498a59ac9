/** Messages of the Centrifuge client protocol, with the field numbers of its public `client.proto`. */

import {
  bool,
  data,
  int,
  map,
  MessageType,
  repeated,
  text,
  uint,
  uintOfJson,
  type Values,
} from "./message_type.ts";

const STREAM_POSITION = new MessageType({
  offset: [1, uint],
  epoch: [2, text],
});

const IN_CHANNEL = new MessageType({ channel: [1, text] });

const FILTER_NODE = new MessageType({
  op: [1, text],
  key: [2, text],
  cmp: [3, text],
  val: [4, text],
  vals: [5, repeated(text)],
});
FILTER_NODE.add({ nodes: [6, repeated(FILTER_NODE)] });

const SUBSCRIBE_REQUEST = new MessageType({
  channel: [1, text],
  token: [2, text],
  recover: [3, bool],
  epoch: [6, text],
  offset: [7, uint],
  data: [8, data],
  positioned: [9, bool],
  recoverable: [10, bool],
  join_leave: [11, bool],
  delta: [12, text],
  tf: [13, FILTER_NODE],
  flag: [14, int],
  type: [15, int],
});

const SUB_REFRESH_REQUEST = new MessageType({
  channel: [1, text],
  token: [2, text],
  type: [3, int],
});

/** A command of a client. */
export const COMMAND = new MessageType({
  id: [1, uint],
  connect: [
    4,
    new MessageType({
      token: [1, text],
      data: [2, data],
      subs: [3, map(SUBSCRIBE_REQUEST)],
      name: [4, text],
      version: [5, text],
      headers: [6, map(text)],
      flag: [7, int],
    }),
  ],
  subscribe: [5, SUBSCRIBE_REQUEST],
  unsubscribe: [6, IN_CHANNEL],
  publish: [
    7,
    new MessageType({ channel: [1, text], data: [2, data], type: [3, int] }),
  ],
  presence: [8, IN_CHANNEL],
  presence_stats: [9, IN_CHANNEL],
  history: [
    10,
    new MessageType({
      channel: [1, text],
      limit: [7, int],
      since: [8, STREAM_POSITION],
      reverse: [9, bool],
    }),
  ],
  ping: [11, new MessageType({})],
  send: [12, new MessageType({ data: [1, data] })],
  rpc: [13, new MessageType({ data: [1, data], method: [2, text] })],
  refresh: [14, new MessageType({ token: [1, text] })],
  sub_refresh: [15, SUB_REFRESH_REQUEST],
});

/** Commands of a client that come beside its stream. */
export const EMULATION_REQUEST = new MessageType({
  node: [1, text],
  session: [2, text],
  data: [3, data],
});

/** A client as others see it. */
export const CLIENT_INFO = new MessageType({
  user: [1, text],
  client: [2, text],
  conn_info: [3, data],
  chan_info: [4, data],
});

/** A publication. */
export const PUBLICATION = new MessageType({
  data: [4, data],
  info: [5, CLIENT_INFO],
  offset: [6, uint],
  tags: [7, map(text)],
  delta: [8, bool],
});

const WITH_INFO = new MessageType({ info: [1, CLIENT_INFO] });

const SUBSCRIPTION = new MessageType({
  recoverable: [1, bool],
  epoch: [4, text],
  offset: [5, uint],
  positioned: [6, bool],
  data: [7, data],
});

const PUSH = new MessageType({
  channel: [2, text],
  pub: [4, PUBLICATION],
  join: [5, WITH_INFO],
  leave: [6, WITH_INFO],
  unsubscribe: [7, new MessageType({ code: [2, uint], reason: [3, text] })],
  message: [8, new MessageType({ data: [1, data] })],
  subscribe: [9, SUBSCRIPTION],
  disconnect: [
    11,
    new MessageType({
      // No number: protobuf leaves it out.
      retry_after_ms: [0, uintOfJson],
      code: [1, uint],
      reason: [2, text],
    }),
  ],
});

const SUBSCRIBE_RESULT = new MessageType({
  expires: [1, bool],
  ttl: [2, uint],
  recoverable: [3, bool],
  epoch: [6, text],
  publications: [7, repeated(PUBLICATION)],
  recovered: [8, bool],
  offset: [9, uint],
  positioned: [10, bool],
  data: [11, data],
  was_recovering: [12, bool],
  delta: [13, bool],
});

const CONNECT_RESULT = new MessageType({
  client: [1, text],
  version: [2, text],
  expires: [3, bool],
  ttl: [4, uint],
  data: [5, data],
  subs: [6, map(SUBSCRIBE_RESULT)],
  ping: [7, uint],
  pong: [8, bool],
  session: [9, text],
  node: [10, text],
});

/** A reply or a push of the server; without any field it is a ping. */
export const REPLY = new MessageType({
  id: [1, uint],
  error: [
    2,
    new MessageType({
      code: [1, uint],
      message: [2, text],
      temporary: [3, bool],
    }),
  ],
  push: [4, PUSH],
  connect: [5, CONNECT_RESULT],
  subscribe: [6, SUBSCRIBE_RESULT],
  unsubscribe: [7, new MessageType({})],
  publish: [8, new MessageType({})],
  presence: [9, new MessageType({ presence: [1, map(CLIENT_INFO)] })],
  presence_stats: [
    10,
    new MessageType({ num_clients: [1, uint], num_users: [2, uint] }),
  ],
  history: [
    11,
    new MessageType({
      publications: [1, repeated(PUBLICATION)],
      epoch: [2, text],
      offset: [3, uint],
    }),
  ],
  rpc: [13, new MessageType({ data: [1, data] })],
  refresh: [
    14,
    new MessageType({
      client: [1, text],
      version: [2, text],
      expires: [3, bool],
      ttl: [4, uint],
    }),
  ],
  sub_refresh: [15, new MessageType({ expires: [1, bool], ttl: [2, uint] })],
});

/** Values of a reply or a push. */
export type ReplyValues = Values<typeof REPLY>;
/** Values of a publication. */
export type PublicationValues = Values<typeof PUBLICATION>;
/** Values of a client's info. */
export type ClientInfoValues = Values<typeof CLIENT_INFO>;
/** Values of the result of a subscription. */
export type SubscribeValues = Values<typeof SUBSCRIBE_RESULT>;
/** Values of a subscription in a push. */
export type SubscriptionValues = Values<typeof SUBSCRIPTION>;
/** Values of the result of a connection. */
export type ConnectValues = Values<typeof CONNECT_RESULT>;
