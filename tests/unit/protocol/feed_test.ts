import { assertEquals, assertThrows } from "@std/assert";
import { disconnects } from "../../../lib/base/disconnect.ts";
import { ProtocolError } from "../../../lib/base/errors.ts";
import type { Publication } from "../../../lib/base/publication.ts";
import { feedProtocol } from "../../../lib/protocol/feed.ts";
import type { SubscribeResult } from "../../../lib/protocol/types.ts";

const POSITION = { channel: "news", offset: 5, epoch: "e" };

function publication(offset: number): Publication {
  return {
    type: "publication",
    payload: "hello",
    info: undefined,
    ...POSITION,
    offset,
  };
}

function subscribed(result: Partial<SubscribeResult>) {
  const frame = feedProtocol.encodeReply({
    type: "subscribed",
    id: 1,
    channel: "news",
    result: {
      positioned: true,
      position: POSITION,
      recovered: undefined,
      publications: [],
      delta: false,
      ...result,
    },
  });
  return frame?.events ?? [];
}

Deno.test("Publications that share a frame are events of their own", () => {
  const frames = [1, 2, 3].flatMap((offset) =>
    feedProtocol.encodePublication(publication(offset)) ?? []
  );
  const joined = feedProtocol.join?.(frames);
  assertEquals(
    joined?.events.map((event) =>
      event.type === "message" ? event.position?.offset : event.type
    ),
    [1, 2, 3],
  );
});

Deno.test("A join or a leave is no event", () => {
  const join: Publication = { ...publication(0), type: "join" };
  assertEquals(feedProtocol.encodePublication(join), undefined);
});

for (
  const [name, recovered, types, lost] of [
    ["new", undefined, ["subscribed"], false],
    ["back", true, ["subscribed", "message", "message"], false],
    ["late", false, ["subscribed"], true],
  ] as const
) {
  Deno.test(`A subscription that is ${name} is ${types.join(", ")}${lost ? ", and something is lost" : ""}`, () => {
    const publications = recovered ? [publication(6), publication(7)] : [];
    const events = subscribed({ recovered, publications });
    assertEquals(events.map(({ type }) => type), [...types]);
    assertEquals(events[0], {
      type: "subscribed",
      position: POSITION,
      lost,
      kept: true,
    });
    assertEquals(
      events.slice(1).map((event) =>
        event.type === "message" && event.position?.offset
      ),
      publications.map(({ offset }) => offset),
    );
  });
}

Deno.test("Where nothing is kept, the position is the beginning", () => {
  assertEquals(subscribed({ position: undefined, recovered: false }), [{
    type: "subscribed",
    position: { channel: "news", offset: 0, epoch: "" },
    lost: true,
    kept: false,
  }]);
});

Deno.test("An end has its reason, and whether to come back", () => {
  const frame = feedProtocol.encodeDisconnect(disconnects.shutdown);
  assertEquals(frame?.events, [{
    type: "disconnect",
    code: 3001,
    reason: "shutdown",
    reconnect: true,
  }]);
});

Deno.test("A feed takes no frames", () => {
  assertThrows(() => feedProtocol.decode("ping"), ProtocolError);
});
