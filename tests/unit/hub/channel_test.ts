import { assert, assertEquals, assertFalse } from "@std/assert";
import { FakeClock } from "../../support/fake_clock.ts";
import { Sampler } from "../../../lib/base/histogram.ts";
import { Channel } from "../../../lib/hub/channel.ts";
import type { ChannelOwner } from "../../../lib/hub/channel_owner.ts";
import {
  textProtocol,
  textProtocolWithSender,
} from "../../../lib/protocol/text.ts";
import type { Protocol } from "../../../lib/protocol/types.ts";
import type { Publication } from "../../../lib/base/publication.ts";
import { Subscription } from "../../../lib/hub/subscription.ts";
import { type ConnectionScene, scene } from "../../support/connection_scene.ts";

const PUBLICATION: Publication = {
  type: "publication",
  channel: "\0bob",
  payload: "hi",
  info: { user: "alice", client: "1" },
  offset: 1,
  epoch: "e",
};

function unused(): never {
  throw new Error("a channel of text clients collects nothing and has no gaps");
}

const OWNER: ChannelOwner<Channel> = {
  onCollect: unused,
  onUnfinished: unused,
  onSent: () => {},
  recipientsPerTurn: 1_000,
  maxHeldBytes: Infinity,
  fanOuts: new Sampler(new FakeClock()),
  onError: unused,
  onGap: unused,
  onOverflow: unused,
};

function open(): Channel {
  return new Channel("\0bob", undefined, OWNER);
}

function subscriber(protocol: Protocol, channel: Channel): ConnectionScene {
  const subscribed = scene({
    protocol,
    onEnd: (connection) => channel.remove(connection),
  });
  const subscription = new Subscription(subscribed.connection, "\0bob", {});
  channel.add(subscription);
  channel.begin(subscription);
  return subscribed;
}

function counting(protocol: Protocol): Protocol & { count: number } {
  const counted = {
    ...protocol,
    count: 0,
    encodePublication(publication: Publication) {
      counted.count++;
      return protocol.encodePublication(publication);
    },
  };
  return counted;
}

Deno.test("A publication is encoded once per protocol, however many subscribe", () => {
  const channel = open();
  const [bare, named] = [
    counting(textProtocol),
    counting(textProtocolWithSender),
  ];
  const subscribers = Array.from(
    { length: 100 },
    (_, index) => subscriber(index % 3 ? bare : named, channel),
  );
  assert(channel.deliver(PUBLICATION));
  assertEquals([bare.count, named.count], [1, 1]);
  for (const [index, { transport }] of subscribers.entries()) {
    assertEquals(transport.sent, [index % 3 ? "hi" : "alice>hi"]);
  }
});

Deno.test("A channel without subscribers reports that nothing was delivered", () => {
  const channel = open();
  assertFalse(channel.deliver(PUBLICATION));
  assert(channel.unused);
});

Deno.test("A subscriber for which too much waits leaves in the middle of a fan-out and all others get the publication", () => {
  const channel = open();
  const subscribers = Array.from(
    { length: 5 },
    () => subscriber(textProtocol, channel),
  );
  const [first, slow, ...others] = subscribers;
  slow!.transport.bufferedAmount = 16_001;
  channel.deliver(PUBLICATION);
  channel.deliver(PUBLICATION);
  assertEquals(slow!.transport.sent, []);
  assertEquals(slow!.transport.closed?.code, 3008);
  for (const { transport } of [first!, ...others]) {
    assertEquals(transport.sent, ["hi", "hi"]);
  }
});

Deno.test("The only subscriber is sent each publication at once, and one that comes gets those after it", () => {
  const channel = open();
  const first = subscriber(textProtocol, channel);
  const publish = (payload: string) =>
    assert(channel.deliver({ ...PUBLICATION, payload }));
  publish("1");
  publish("2");
  const second = subscriber(textProtocol, channel);
  publish("3");
  channel.remove(first.connection);
  publish("4");
  assertEquals(first.transport.sent, ["1", "2", "3"]);
  assertEquals(second.transport.sent, ["3", "4"]);
  assertEquals(channel.delivered, 4);
});

Deno.test("A publication that the only subscriber cannot be sent is reported, and the next one is sent", () => {
  const errors: unknown[] = [];
  const owner = {
    ...OWNER,
    onError: (_: Channel, error: unknown) => errors.push(error),
  };
  const channel = new Channel("\0bob", undefined, owner);
  const failing: Protocol = {
    ...textProtocol,
    encodePublication(publication) {
      if (publication.payload === "bad") throw new Error("bad");
      return textProtocol.encodePublication(publication);
    },
  };
  const { transport } = subscriber(failing, channel);
  for (const payload of ["bad", "good"]) {
    channel.deliver({ ...PUBLICATION, payload });
  }
  assertEquals(errors.map(String), ["Error: bad"]);
  assertEquals(transport.sent, ["good"]);
});

Deno.test("The only subscriber gets nothing before its client was notified of the subscription, and then all", () => {
  const channel = open();
  const { connection, transport } = scene({ protocol: textProtocol });
  const subscription = new Subscription(connection, "\0bob", {});
  channel.add(subscription);
  channel.deliver(PUBLICATION);
  assertEquals(transport.sent, []);
  channel.begin(subscription);
  channel.deliver({ ...PUBLICATION, payload: "ho" });
  assertEquals(transport.sent, ["hi", "ho"]);
});

Deno.test("What is published while the only subscriber is sent something follows it, and is not sent within that", () => {
  const channel = open();
  const { connection, transport } = subscriber(textProtocol, channel);
  const order: string[] = [];
  const send = transport.send.bind(transport);
  transport.send = (frame) => {
    order.push(`begins ${frame}`);
    if (order.length < 6) {
      channel.deliver({ ...PUBLICATION, payload: `after ${frame}` });
    }
    send(frame);
    order.push(`ends ${frame}`);
  };
  channel.deliver(PUBLICATION);
  const begins = order.filter((_, index) => index % 2 === 0);
  const ends = order.filter((_, index) => index % 2 === 1);
  assertEquals(begins.length, 4);
  assertEquals(ends, begins.map((begin) => begin.replace("begins", "ends")));
  assertEquals(channel.crowded, false);
  assertEquals(channel.get(connection) !== undefined, true);
});

Deno.test("The only subscriber counts as one recipient of a turn", () => {
  const unfinished: Channel[] = [];
  const channel = new Channel("\0bob", undefined, {
    ...OWNER,
    recipientsPerTurn: 1,
    onUnfinished: (channel) => unfinished.push(channel),
  });
  const { transport } = subscriber(textProtocol, channel);
  for (const payload of ["1", "2"]) {
    channel.deliver({ ...PUBLICATION, payload });
  }
  assertEquals(transport.sent, ["1"]);
  assertEquals(unfinished, [channel]);
  assertEquals([channel.advance(1), channel.advance(1)], [1, 0]);
  assertEquals(transport.sent, ["1", "2"]);
});
