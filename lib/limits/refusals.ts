/** Counters of what a node has refused, by limit. */

/** Refusals since the node began; each field is named after its limit. */
export class Refusals {
  /** Connections beyond `maxConnections`. */
  connections = 0;
  /** Connections beyond `maxConnectionsPerAddress`. */
  connectionsPerAddress = 0;
  /** Connections beyond `maxConnectionsPerUser`. */
  connectionsPerUser = 0;
  /** Connections above `connectRate`. */
  connectRate = 0;
  /** Connections above `connectRatePerAddress`. */
  connectRatePerAddress = 0;
  /** Messages above `messageRate`. */
  messages = 0;
  /** Messages above `byteRate`. */
  bytes = 0;
  /** Publications above `publishRate`, or the rate of their channel. */
  publish = 0;
  /** Subscriptions above `subscribeRate`, or the rate of their channel. */
  subscribe = 0;
  /** Requests above `historyRate`, or the rate of their channel. */
  history = 0;
  /** Requests above `presenceRate`, or the rate of their channel. */
  presence = 0;
  /** Requests that have to wait until earlier replies are paid for, by `replyByteRate`. */
  replyBytes = 0;
  /** Calls beyond `maxRpcs`. */
  rpcs = 0;
  /** Subscriptions beyond `maxChannels`. */
  channels = 0;
  /** Subscriptions beyond `maxChannelsInAll`. */
  channelsInAll = 0;
  /** Connections that were ended with 3013, for they went on after refusals: by `refusalRate`. */
  refused = 0;
  /** Connections that were ended with 3013 by `floodRate`, and those that came after them too soon. */
  flood = 0;
}
