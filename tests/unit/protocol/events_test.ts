import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { disconnects } from "../../../lib/base/disconnect.ts";
import {
  decodeEvents,
  encodeFeedQuery,
  pollProtocol,
  streamProtocol,
} from "../../../lib/protocol/events.ts";
import type { Publication } from "../../../lib/base/publication.ts";
import { inboxOf, isName } from "../../../lib/base/names.ts";

function publication(fields: Partial<Publication> = {}): Publication {
  return {
    type: "publication",
    channel: "news",
    payload: "hello",
    info: undefined,
    offset: 5,
    epoch: "e",
    ...fields,
  };
}

function eventOf(fields: Partial<Publication>) {
  const frame = streamProtocol.encodePublication(publication(fields));
  return frame === undefined ? undefined : decodeEvents(String(frame))[0];
}

const PLACE = { channel: "news", offset: 5, epoch: "e" };

Deno.test("A publication is its data, its place and who sent it", () => {
  const info = { user: "alice", client: "c", connInfo: '{"secret":1}' };
  assertEquals(eventOf({ info, tags: { a: "b" } }), {
    type: "message",
    place: PLACE,
    data: '{"channel":"news","offset":5,"data":"hello",' +
      '"info":{"user":"alice","client":"c"},"tags":{"a":"b"}}',
  });
});

Deno.test("What has no place in an order leads nowhere", () => {
  assertEquals(eventOf({ offset: 0 }), {
    type: "message",
    place: undefined,
    data: '{"channel":"news","data":"hello"}',
  });
  assertEquals(eventOf({ channel: inboxOf("bob") }), {
    type: "message",
    place: undefined,
    data: '{"data":"hello"}',
  });
  assertEquals(eventOf({ type: "join" }), undefined);
});

Deno.test("Whatever a payload and its channel are, an event is whole and stays one line", () => {
  const name = fc.string({ unit: "binary", minLength: 1, maxLength: 40 })
    .filter(isName);
  const payload = fc.oneof(
    fc.string({ unit: "binary" }),
    // With line ends of every kind between the values.
    fc.json().map((json) => ({
      json: JSON.stringify(JSON.parse(json), null, "\r"),
    })),
  );
  fc.assert(fc.property(name, payload, (channel, payload) => {
    const event = eventOf({ channel, payload });
    assertEquals(/[\r\n]/.test(event?.data ?? "\n"), false);
    const { data } = JSON.parse(event?.data ?? "");
    const sent = typeof payload === "string"
      // What is no Unicode cannot travel in UTF-8.
      ? JSON.parse(JSON.stringify(payload))
      : JSON.parse(payload.json);
    assertEquals(data, sent);
  }));
});

Deno.test("Publications that share a frame are events of their own", () => {
  const frames = [1, 2, 3].map((offset) =>
    streamProtocol.encodePublication(publication({ offset }))
  );
  const events = decodeEvents(frames.join(streamProtocol.separator));
  assertEquals(events.map(({ place }) => place?.offset), [1, 2, 3]);
});

for (
  const [name, recovered, types] of [
    ["new", undefined, ["subscribed"]],
    ["back", true, ["subscribed", "message", "message"]],
    ["late", false, ["lost"]],
  ] as const
) {
  Deno.test(`A subscription that is ${name} is told as ${types.join(", ")}`, () => {
    const publications = recovered
      ? [publication({ offset: 6 }), publication({ offset: 7 })]
      : [];
    const frame = streamProtocol.encodeReply({
      type: "subscribed",
      id: 1,
      channel: "news",
      result: {
        positioned: true,
        position: PLACE,
        recovered,
        publications,
        delta: false,
        data: undefined,
      },
    });
    const events = decodeEvents(String(frame));
    assertEquals(events.map(({ type }) => type), [...types]);
    assertEquals(events[0]?.place, PLACE);
    assertEquals(events.at(-1)?.place?.offset, recovered ? 7 : 5);
  });
}

Deno.test("Where nothing is kept, a stream that comes back has lost something; a poll comes as it always does", () => {
  for (
    const [protocol, type] of [
      [streamProtocol, "lost"],
      [pollProtocol, "subscribed"],
    ] as const
  ) {
    const frame = protocol.encodeReply({
      type: "subscribed",
      id: 1,
      channel: "news",
      result: {
        positioned: false,
        position: undefined,
        recovered: false,
        publications: [],
        delta: false,
        data: undefined,
      },
    });
    assertEquals(decodeEvents(String(frame)), [{
      type,
      place: { channel: "news", offset: 0, epoch: "" },
      data: '{"channel":"news"}',
    }]);
  }
});

Deno.test("A wish becomes a subscription for each channel, and a question whether all is done", () => {
  const since = new Map([["a", { offset: 3, epoch: "e" }]]);
  for (
    const [protocol, lasts] of [
      [streamProtocol, "stream"],
      [pollProtocol, "poll"],
    ] as const
  ) {
    const frame = encodeFeedQuery({ channels: ["a", 'b"\n'], since });
    const commands = protocol.decode(frame);
    assertEquals(
      commands.map((each) =>
        each.type === "subscribe"
          ? [each.channel, each.since, each.lasts]
          : each.type
      ),
      [["a", since.get("a"), lasts], ['b"\n', undefined, lasts], "ping"],
    );
  }
});

Deno.test("An end says why, and whether to come back", () => {
  const frame = streamProtocol.encodeDisconnect(disconnects.shutdown);
  assertEquals(decodeEvents(String(frame)), [{
    type: "disconnect",
    place: undefined,
    data: '{"code":3001,"reason":"shutdown","reconnect":true}',
  }]);
});
