/** Long polls: how much an answer is, how long it is waited for, and when there is none. */

import { assert, assertEquals } from "@std/assert";
import { disconnects } from "../../../lib/base/disconnect.ts";
import { errors, ProtocolError } from "../../../lib/base/errors.ts";
import { decodeCursor } from "../../../lib/protocol/cursor.ts";
import {
  longPoll,
  type LongPollOptions,
  type PollAnswer,
} from "../../../lib/transports/long_poll.ts";
import { takeSlot } from "../../../lib/transports/admission_slot.ts";
import { Scene, type SceneOptions } from "../../support/scene.ts";

const CHANNELS = ["a", "b"];

function poll(
  { hub }: Scene,
  cursor: string | undefined,
  options: Partial<LongPollOptions> = {},
) {
  const slot = takeSlot(hub);
  assert(slot);
  const since = cursor === undefined
    ? undefined
    : decodeCursor(cursor, CHANNELS);
  const outcome = longPoll(hub, { channels: CHANNELS, since }, {
    identity: { uid: "reader", expiresAt: Infinity },
    slot,
    timeoutMs: 25_000,
    ...options,
  });
  return outcome.finally(() => slot.written());
}

async function answered(
  scene: Scene,
  pending: ReturnType<typeof poll>,
): Promise<PollAnswer> {
  await scene.settle();
  scene.clock.advance(10);
  const outcome = await pending;
  if ("refusal" in outcome) throw new Error(outcome.refusal.message);
  return outcome;
}

async function begun(options?: SceneOptions) {
  const scene = new Scene(options);
  const { cursor } = await answered(scene, poll(scene, undefined));
  return { scene, cursor };
}

Deno.test("An answer is bounded in bytes, and the next brings the rest at once: all of it, in order", async () => {
  const { scene, cursor } = await begun({
    limits: { maxBufferedBytes: 1_000 },
  });
  const { hub } = scene;
  // Two bytes each in UTF-8.
  const text = "é".repeat(200);
  for (let number = 0; number < 6; number++) {
    for (const channel of CHANNELS) {
      hub.publish(channel, `${channel}${number} ${text}`);
    }
  }
  const received: string[] = [];
  for (let since = cursor, count = 0; received.length < 12; count++) {
    const answer = await answered(scene, poll(scene, since));
    assertEquals(answer.recovered, true);
    const { length } = answer.publications;
    assert(length > 0 && length <= 3, `${length} at once`);
    for (const json of answer.publications) {
      received.push(JSON.parse(json).data.slice(0, 2));
    }
    since = answer.cursor;
    assert(count < 12);
  }
  for (const channel of CHANNELS) {
    assertEquals(
      received.filter((each) => each.startsWith(channel)),
      [0, 1, 2, 3, 4, 5].map((number) => `${channel}${number}`),
    );
  }
  await hub.close();
});

Deno.test("No channel is read whose news would not fit into the answer, and none is forgotten", async () => {
  const { scene, cursor } = await begun({ limits: { maxBufferedBytes: 100 } });
  const { hub } = scene;
  for (const channel of CHANNELS) hub.publish(channel, "x".repeat(200));
  const read: string[] = [];
  const recover = hub.broker.recover.bind(hub.broker);
  hub.broker.recover = (channel, query) => {
    read.push(channel);
    return recover(channel, query);
  };
  const first = await answered(scene, poll(scene, cursor));
  assertEquals(read, ["a"]);
  const second = await answered(scene, poll(scene, first.cursor));
  assertEquals(read, ["a", "a", "b"]);
  const channels = [first, second].map(({ publications }) =>
    publications.map((json) => JSON.parse(json).channel)
  );
  assertEquals(channels, [["a"], ["b"]]);
  await hub.close();
});

Deno.test("A single publication longer than the bound is an answer of its own", async () => {
  const { scene, cursor } = await begun({ limits: { maxBufferedBytes: 100 } });
  for (const text of ["x".repeat(500), "next"]) scene.hub.publish("a", text);
  const first = await answered(scene, poll(scene, cursor));
  assertEquals(first.publications.length, 1);
  const second = await answered(scene, poll(scene, first.cursor));
  assertEquals(JSON.parse(second.publications[0]!).data, "next");
  await scene.hub.close();
});

Deno.test("A poll whose token ends is refused, one that the server ends otherwise goes on", async () => {
  const { scene, cursor } = await begun();
  for (
    const [disconnect, answer] of [
      [disconnects.expired, 3005],
      [disconnects.forceDisconnect, 3503],
      [disconnects.forceReconnect, cursor],
      [disconnects.shutdown, cursor],
    ] as const
  ) {
    const held = poll(scene, cursor);
    await scene.settle();
    for (const connection of scene.hub.connections) {
      connection.disconnect(disconnect);
    }
    const outcome = await held;
    const got = "refusal" in outcome ? outcome.refusal.code : outcome.cursor;
    assertEquals(got, answer);
  }
  await scene.hub.close();
});

Deno.test("A poll of which a channel is refused asks for no other", async () => {
  const asked: string[] = [];
  const scene = new Scene({
    onSubscribe: ({ channel }) => {
      asked.push(channel);
      throw new ProtocolError(errors.permissionDenied);
    },
  });
  const outcome = await poll(scene, undefined);
  assert("refusal" in outcome);
  assertEquals(outcome.refusal.code, errors.permissionDenied.code);
  await scene.settle();
  assertEquals(asked, ["a"]);
  await scene.hub.close();
});

Deno.test("A poll without channels waits until its client is let in; a refusal leaves no timer", async () => {
  const decision = Promise.withResolvers<void>();
  const scene = new Scene({ onConnect: () => decision.promise });
  const { clock, hub } = scene;
  const slot = takeSlot(hub);
  assert(slot);
  const pending = longPoll(hub, { channels: [], since: new Map() }, {
    identity: { uid: "reader", expiresAt: Infinity },
    slot,
    timeoutMs: 25_000,
  });
  await scene.settle();
  clock.advance(10);
  const timers = clock.pending;
  decision.reject(new ProtocolError(errors.unauthorized));
  const outcome = await pending;
  assertEquals("refusal" in outcome && outcome.refusal.code, 101);
  await scene.settle();
  assertEquals(clock.pending, timers);
  slot.written();
  await hub.close();
});

Deno.test("A poll whose client has left, before or after it came, ends at once", async () => {
  const { scene, cursor } = await begun();
  const early = await poll(scene, cursor, { signal: AbortSignal.abort() });
  assertEquals("refusal" in early && early.refusal.code, 1006);
  const leave = new AbortController();
  const held = poll(scene, cursor, { signal: leave.signal });
  await scene.settle();
  assertEquals(scene.hub.size, 1);
  leave.abort();
  await held;
  const { size, channels, admission } = scene.hub;
  assertEquals([size, channels.size, admission.count], [0, 0, 0]);
  await scene.hub.close();
});

Deno.test("A channel that keeps nothing does not spoil a poll over others", async () => {
  const scene = new Scene();
  const { hub } = scene;
  const { cursor } = await answered(scene, poll(scene, undefined));
  const optionsOf = hub.optionsOf.bind(hub);
  // From now on b keeps nothing.
  hub.optionsOf = (channel) => {
    const options = optionsOf(channel);
    return options && channel === "b"
      ? { ...options, historySize: 0 }
      : options;
  };
  hub.publish("a", "kept");
  hub.publish("b", "between two polls");
  const { publications, recovered } = await answered(
    scene,
    poll(scene, cursor),
  );
  const data = publications.map((json) => JSON.parse(json).data);
  assertEquals([data, recovered], [["kept"], true]);
  await hub.close();
});
