/** Event streams: the position of a client while it catches up, and how much it may leave unread. */

import { assert, assertEquals } from "@std/assert";
import {
  DEFAULT_CHANNEL_OPTIONS,
  Namespaces,
} from "../../../lib/channel/channel_options.ts";
import { errors, ProtocolError } from "../../../lib/base/errors.ts";
import { decodeCursor, encodeCursor } from "../../../lib/protocol/cursor.ts";
import type { Scene } from "../../support/scene.ts";
import { closing, GRACE_MS, open, SMALL } from "./event_stream_scene.ts";

const LISTENER_PING_MS = 15_000;

/** Where each of some channels begins. */
async function beginning({ hub }: Scene, channels: readonly string[]) {
  const positions = channels.map(async (channel) =>
    [channel, await hub.broker.position(channel)] as const
  );
  return new Map(await Promise.all(positions));
}

function publicationsOf(blocks: readonly string[]): string[] {
  return blocks.join("\n\n").match(/"data":"[^"]*"/g) ?? [];
}

Deno.test("A client that is cut off anywhere while it catches up gets exactly the rest, from all its channels", async () => {
  await closing({}, async (scene) => {
    const channels = ["a", "b", "c"];
    const since = await beginning(scene, channels);
    for (const number of [1, 2, 3]) {
      for (const channel of channels) {
        scene.hub.publish(channel, `${channel}${number}`);
      }
    }
    // The last id is on its own: all is there.
    const end = `id: ${encodeCursor(await beginning(scene, channels))}\n\n`;
    const whole = await open(scene, { channels, since });
    const blocks = (await whole.until(end)).split("\n\n");
    await whole.leave();
    const all = publicationsOf(blocks);
    assertEquals(all.length, 9);
    for (let count = 0; count <= blocks.length; count++) {
      const received = blocks.slice(0, count);
      const ids = [...received.join("\n\n").matchAll(/^id: (.*)$/gm)];
      const id = ids.at(-1)?.[1];
      const back = id === undefined ? since : decodeCursor(id, channels);
      const rest = await open(scene, { channels, since: back });
      const text = await rest.until(end);
      await rest.leave();
      assertEquals(text.includes("event: lost"), false);
      assertEquals(
        [...publicationsOf(received), ...publicationsOf([text])],
        all,
      );
    }
  });
});

Deno.test("A client of many channels gets its position once, in few bytes", async () => {
  await closing({}, async (scene) => {
    const channels = Array.from(
      { length: 128 },
      (_, number) => `${number}`.padEnd(60, "y"),
    );
    const reader = await open(scene, { channels, since: undefined });
    const opening = await reader.until("id: ");
    assert(opening.length < 2_500, `${opening.length} characters to open`);
    scene.hub.publish(channels[0]!, "hi");
    scene.clock.advance(10);
    const text = await reader.until('"data":"hi"');
    assert(text.length - opening.length < 2_500);
    const ids = [...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id ?? "");
    assertEquals(ids.length, 2);
    assertEquals(
      [...decodeCursor(ids[0]!, channels) ?? []],
      [...await beginning(scene, channels)].map(([channel, position]) => [
        channel,
        channel === channels[0] ? { ...position, offset: 0 } : position,
      ]),
    );
    await reader.leave();
  });
});

Deno.test("A loss has no id: after a restart there may be one in all channels of all clients", async () => {
  await closing({}, async (scene) => {
    const since = new Map([["a", { offset: 1, epoch: "gone" }]]);
    const reader = await open(scene, { channels: ["a"], since });
    const text = await reader.until("id: ");
    const now = encodeCursor(await beginning(scene, ["a"]));
    assertEquals(
      text.slice(text.indexOf("\n\n") + 2),
      `event: lost\ndata: {"channel":"a"}\n\nid: ${now}\n\n`,
    );
    await reader.leave();
  });
});

Deno.test("A stream that comes back to a channel that keeps nothing has lost something", async () => {
  const namespaces = new Namespaces({
    ...DEFAULT_CHANNEL_OPTIONS,
    historySize: 0,
  });
  await closing({ namespaces }, async (scene) => {
    const since = new Map([["a", { offset: 0, epoch: "" }]]);
    const reader = await open(scene, { channels: ["a"], since });
    const text = await reader.until("id: ");
    assert(text.includes('event: lost\ndata: {"channel":"a"}\n\n'), text);
    await reader.leave();
  });
});

/** The grace time, and the pause between two looks. */

Deno.test("A client that reads is not slow, however much it has missed", async () => {
  await closing(SMALL, async (scene) => {
    const { hub, clock } = scene;
    const channels = ["a", "b"];
    const since = await beginning(scene, channels);
    for (let number = 0; number < 20; number++) {
      hub.publish("a", `${number} ${"x".repeat(500)}`);
    }
    const reader = await open(scene, { channels, since });
    for (let number = 0; number < 3; number++) {
      hub.publish("b", `live ${number}`);
      clock.advance(10);
    }
    const text = await reader.until('"live 2"');
    assertEquals(publicationsOf([text]).length, 23);
    assertEquals(hub.size, 1);
    await reader.leave();
  });
});

Deno.test("What a client has missed is read from its channels as the client reads: no more waits than has to", async () => {
  await closing(SMALL, async (scene) => {
    const { hub } = scene;
    const channels = ["a", "b", "c"];
    const since = await beginning(scene, channels);
    for (const channel of channels) {
      for (let number = 0; number < 10; number++) {
        hub.publish(channel, `${channel}${number} ${"x".repeat(200)}`);
      }
    }
    const read: string[] = [];
    const recover = hub.broker.recover.bind(hub.broker);
    hub.broker.recover = (channel, query) => {
      read.push(channel);
      return recover(channel, query);
    };
    const end = `id: ${encodeCursor(await beginning(scene, channels))}\n\n`;
    const reader = await open(scene, { channels, since });
    await scene.settle();
    assertEquals(read, ["a"]);
    const text = await reader.until(end);
    assertEquals(read, channels);
    assertEquals(publicationsOf([text]).length, 30);
    await reader.leave();
  });
});

Deno.test("A channel that is refused late ends the stream; the client learns why when it comes back", async () => {
  await closing(SMALL, async (scene) => {
    const { hub } = scene;
    const channels = ["a", "unknown:room", "b"];
    const since = await beginning(scene, ["a"]);
    for (let number = 0; number < 10; number++) {
      hub.publish("a", "x".repeat(200));
    }
    const reader = await open(scene, { channels, since });
    const asked: string[] = [];
    const { subscriptions } = hub;
    const reserve = subscriptions.reserve.bind(subscriptions);
    subscriptions.reserve = (connection, channel, options) => {
      asked.push(channel);
      return reserve(connection, channel, options);
    };
    const text = await reader.until("the end").catch(({ message }) => message);
    assertEquals(publicationsOf([text]).length, 10);
    assertEquals(asked, ["unknown:room"]);
    await scene.settle();
    assertEquals([hub.size, hub.admission.count], [0, 0]);
    const [, id = ""] = [...text.matchAll(/^id: (.*)$/gm)].at(-1) ?? [];
    const back = decodeCursor(id, channels);
    const again = await open(scene, { channels, since: back })
      .catch(({ message }) => message);
    assertEquals(again, 'unknown channel "unknown:room"');
  });
});

Deno.test("A channel that is refused early ends it: none is asked for after it", async () => {
  const asked: string[] = [];
  const onSubscribe = ({ channel }: { readonly channel: string }) => {
    asked.push(channel);
    if (channel === "closed") throw new ProtocolError(errors.permissionDenied);
  };
  await closing({ onSubscribe }, async (scene) => {
    const query = { channels: ["closed", "a"], since: undefined };
    const outcome = await open(scene, query).catch(({ message }) => message);
    assertEquals(outcome, "permission denied");
    await scene.settle();
    assertEquals(asked, ["closed"]);
    const { size, admission } = scene.hub;
    assertEquals([size, admission.count], [0, 0]);
  });
});

Deno.test("A stream without channels waits until its client is let in", async () => {
  const decision = Promise.withResolvers<void>();
  const onConnect = () => decision.promise;
  await closing({ onConnect }, async (scene) => {
    const pending = open(scene, { channels: [], since: undefined })
      .catch(({ message }) => message);
    await scene.settle();
    decision.reject(new ProtocolError(errors.unauthorized));
    assertEquals(await pending, "unauthorized");
  });
});

Deno.test("What comes while a channel is being subscribed to is no sign of a slow client", async () => {
  await closing(SMALL, async (scene) => {
    const { hub, clock } = scene;
    const since = await beginning(scene, ["a", "b"]);
    for (let number = 0; number < 10; number++) {
      hub.publish("b", "x".repeat(200));
    }
    const { subscriptions } = hub;
    const release = subscriptions.release.bind(subscriptions);
    let count = 0;
    // When it stands, and when its reply is sent.
    subscriptions.release = (subscription) => {
      release(subscription);
      if (subscription.channel !== "b") return;
      hub.publish("a", `now ${++count}`);
      clock.advance(10);
    };
    const reader = await open(scene, { channels: ["a", "b"], since });
    const text = await reader.until('"data":"now 2"');
    assertEquals(publicationsOf([text]).length, 12);
    await reader.leave();
  });
});

Deno.test("A client that does not read in the midst of what it missed is slow, also by what comes meanwhile", async () => {
  await closing(SMALL, async (scene) => {
    const { hub, clock } = scene;
    const channels = ["a", "b"];
    const since = await beginning(scene, channels);
    for (let number = 0; number < 10; number++) {
      hub.publish("a", "x".repeat(200));
    }
    await open(scene, { channels, since });
    for (let number = 0; number < 10; number++) {
      hub.publish("a", "x".repeat(200));
      clock.advance(10);
    }
    assertEquals(hub.size, 1);
    clock.advance(GRACE_MS);
    assertEquals(hub.size, 0);
  });
});

Deno.test("What comes later counts: a client that does not read it for the grace time is slow", async () => {
  await closing(SMALL, async (scene) => {
    const { hub, clock } = scene;
    await open(scene, { channels: ["a"], since: undefined });
    for (let number = 0; number < 10; number++) {
      hub.publish("a", "x".repeat(300));
      clock.advance(10);
    }
    assertEquals(hub.size, 1);
    clock.advance(GRACE_MS);
    assertEquals(hub.size, 0);
  });
});

Deno.test("A client that leaves what it missed unread for some pings is slow", async () => {
  await closing(SMALL, async (scene) => {
    const { hub, clock } = scene;
    const since = await beginning(scene, ["a"]);
    for (let number = 0; number < 20; number++) {
      hub.publish("a", "x".repeat(500));
    }
    const reader = await open(scene, { channels: ["a"], since });
    clock.advance(LISTENER_PING_MS + 1_000);
    assertEquals(hub.size, 1);
    clock.advance(2 * LISTENER_PING_MS + 1_000);
    assertEquals(hub.size, 0);
    const text = await reader.until("event: disconnect");
    assert(text.includes('"code":3008'), text);
  });
});

Deno.test("A stream has a comment every 15 s", async () => {
  await closing({}, async (scene) => {
    const reader = await open(scene, { channels: [], since: undefined });
    await reader.until("retry");
    scene.clock.advance(LISTENER_PING_MS + 1_000);
    await reader.until("\n:\n\n");
    await reader.leave();
  });
});
