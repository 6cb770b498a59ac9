/** Bugs that are planted into a world: each breaks one promise, now and then. */

import { disconnects } from "../../lib/base/disconnect.ts";
import { Backlog } from "../../lib/hub/backlog.ts";
import { Channel } from "../../lib/hub/channel.ts";
import type { Caps } from "../../lib/auth/caps.ts";
import type { Published } from "../../lib/broker/types.ts";
import type { ExternalServer } from "./external_broker.ts";
import { PRIVATE } from "./rules.ts";
import type { Plant } from "./sim_node.ts";

/** Time by which a publication is stored too late, in milliseconds. */
const LATE_MS = 30;

const RECOVERS = /"recover":true/;
const SUBSCRIBE: Caps = [{ patterns: [[PRIVATE]], allow: ["subscribe"] }];

/** A recovery leaves out its oldest publication. */
const incompleteRecovery: Plant = {
  broker: (broker) => {
    const { recover } = broker;
    broker.recover = async (channel, query) => {
      const found = await recover(channel, query);
      return { ...found, publications: found.publications.slice(1) };
    };
  },
};

/** One publication of ten is delivered twice. */
const twiceDelivered: Plant = {
  node: (node, random) => ({
    deliver: (publication) => {
      if (random.chance(0.1)) node.deliver(publication);
      return node.deliver(publication);
    },
    answer: (call) => node.answer(call),
    checkPositions: (channel) => node.checkPositions(channel),
  }),
};

/** A subscription that asks to recover is not asked for its permission. */
const permittedRecovery: Plant = {
  hub: (hub) => {
    const { connect } = hub;
    hub.connect = (...parts: Parameters<typeof connect>) => {
      const connection = connect.apply(hub, parts);
      const { receive } = connection;
      connection.receive = (frame) => {
        if (RECOVERS.test(String(frame))) connection.caps = SUBSCRIBE;
        receive.call(connection, frame);
      };
      return connection;
    };
  },
};

/** Positions are not checked after a hand-over, nor after a lost link. */
const uncheckedPositions: Plant = {
  kinds: ["isolates", "external"],
  node: (node) => ({
    deliver: (publication) => node.deliver(publication),
    answer: (call) => node.answer(call),
    checkPositions: () => {},
  }),
};

/** The recipients that are left at the end of a turn are forgotten. */
const forgetfulCoalescer: Plant = {
  install: () => {
    const { advance } = Channel.prototype;
    Channel.prototype.advance = function (max) {
      const sent = advance.call(this, max);
      return sent === max ? 0 : sent;
    };
    return () => void (Channel.prototype.advance = advance);
  },
};

/** A client that leaves stays present. */
const lingeringPresence: Plant = {
  presence: (presence) => ({
    ttlMs: presence.ttlMs,
    add: (channel, info) => presence.add(channel, info),
    remove: () => Promise.resolve(),
    get: (channel) => presence.get(channel),
    stats: (channel) => presence.stats(channel),
    close: () => presence.close(),
  }),
};

/** The hub does not see what is unsent. */
const ignoredBudget: Plant = {
  socket: (socket) =>
    Object.defineProperty(socket, "bufferedAmount", { value: 0 }),
};

/** A client for which something waits is slow at once. */
const noGrace: Plant = {
  install: () => {
    const { push } = Backlog.prototype;
    Backlog.prototype.push = function (frame) {
      push.call(this, frame);
      return false;
    };
    return () => void (Backlog.prototype.push = push);
  },
};

/** A connection that ends stays in its channels, one of five times. */
const lingeringConnection: Plant = {
  hub: (hub, random) => {
    const { endAll } = hub.subscriptions;
    hub.subscriptions.endAll = (connection) => {
      if (!random.chance(0.2)) endAll.call(hub.subscriptions, connection);
    };
  },
};

/** A client that was silent for too long, or has not answered a ping, stays. */
const silentStays: Plant = {
  hub: (hub) => {
    const { connect } = hub;
    hub.connect = (...parts: Parameters<typeof connect>) => {
      const connection = connect.apply(hub, parts);
      const { onVerdict } = connection;
      connection.onVerdict = (verdict) => {
        const isLate = verdict === "silent" || verdict === "noPong";
        if (!isLate) onVerdict.call(connection, verdict);
      };
      return connection;
    };
  },
};

/** A client that is half open, and for which only publications wait that may be dropped, is never let go. */
const endlessBacklog: Plant = {
  install: () => {
    const { end } = Backlog.prototype;
    Backlog.prototype.end = () => {};
    return () => void (Backlog.prototype.end = end);
  },
};

/** A drain sends clients away as after a failure. */
const failingDrain: Plant = {
  hub: (hub) => {
    const { connect } = hub;
    hub.connect = (...parts: Parameters<typeof connect>) => {
      const connection = connect.apply(hub, parts);
      const { disconnect } = connection;
      connection.disconnect = (why) =>
        disconnect.call(
          connection,
          why === disconnects.shutdown ? disconnects.internal : why,
        );
      return connection;
    };
  },
};

/** A broker that has lost its memory goes on with the epochs of the one before. */
const keptEpoch: Plant = {
  kinds: ["external"],
  server: {
    memoryRandom: (random) => ({
      number: () => random.number(),
      uuid: () => "00000000-0000-4000-8000-000000000000",
    }),
  },
};

/** A publication is acknowledged before it is stored. */
const earlyAcknowledgement: Plant = {
  kinds: ["external"],
  server: {
    publish: async (server, request): Promise<Published> => {
      const { memory, timeline } = server;
      const { offset, epoch } = await memory.position(request.channel);
      timeline.after(LATE_MS, () => storeLate(server, request));
      return { offset: offset + 1, epoch, delivered: true };
    },
  },
};

function storeLate(
  server: ExternalServer,
  request: Parameters<ExternalServer["publish"]>[0],
): void {
  if (server.isUp) server.memory.publish(request);
}

/** All of them, by the sentence that a reader of a failure needs. */
export const PLANTED_BUGS: Readonly<Record<string, Plant>> = {
  "a recovery leaves out its oldest publication": incompleteRecovery,
  "a publication is delivered twice": twiceDelivered,
  "a recovery is not asked for its permission": permittedRecovery,
  "positions are not checked after a hand-over": uncheckedPositions,
  "the coalescer forgets the recipients that are left after a turn":
    forgetfulCoalescer,
  "a client that leaves stays present": lingeringPresence,
  "the budget of unsent bytes is ignored": ignoredBudget,
  "a burst above the soft bound ends those who read": noGrace,
  "a closed connection stays in its channels": lingeringConnection,
  "a silent client stays": silentStays,
  "an evicted client is not let go of while publications wait for it":
    endlessBacklog,
  "a drain closes with the code of a failure": failingDrain,
  "the epoch stays after a crash without memory": keptEpoch,
  "a publication is acknowledged before it is stored": earlyAcknowledgement,
};
