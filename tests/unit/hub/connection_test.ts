import { assertEquals, assertFalse } from "@std/assert";
import { disconnects, GONE } from "../../../lib/base/disconnect.ts";
import { errors, ProtocolError } from "../../../lib/base/errors.ts";
import { plainProtocol } from "../../../lib/protocol/plain.ts";
import { textProtocol } from "../../../lib/protocol/text.ts";
import type { Protocol } from "../../../lib/protocol/types.ts";
import { scene, settled } from "../../support/connection_scene.ts";
import { Scene } from "../../support/scene.ts";
import { SdkClient } from "../../support/sdk_client.ts";

Deno.test("Every inbound frame sets lastMessageTime, and nothing that is sent does", () => {
  const { connection, time } = scene();
  time.now = 5;
  connection.receive("ping");
  assertEquals(connection.lastMessageTime, 5);
  time.now = 6;
  connection.receive("a mistake");
  assertEquals(connection.lastMessageTime, 6);
  time.now = 7;
  connection.send("hello");
  assertEquals(connection.lastMessageTime, 6);
});

Deno.test("A message of more bytes than allowed ends the connection with 1009", () => {
  const fits = [
    "a".repeat(98),
    "é".repeat(49),
    "€".repeat(32),
    "🦌".repeat(24),
  ];
  const exceeds = [
    "a".repeat(99),
    "é".repeat(50),
    "€".repeat(33),
    "🦌".repeat(25),
  ];
  for (const text of fits) {
    const { connection, commands } = scene();
    connection.receive(`u:${text}`);
    assertEquals(commands.length, 1, text);
  }
  for (const text of exceeds) {
    const { connection, commands, transport } = scene();
    connection.receive(`u:${text}`);
    assertEquals(commands, [], text);
    assertEquals(transport.closed?.code, 1009);
  }
  const { connection, transport } = scene();
  connection.receive(new ArrayBuffer(101));
  assertEquals(transport.closed?.code, 1009);
});

Deno.test("A client that does not read what is unsent within the grace time gets nothing more and goes with 3008", () => {
  const { connection, transport, ends, clock } = scene();
  transport.bufferedAmount = 996;
  connection.send("fits");
  transport.bufferedAmount = 997;
  connection.send("waits");
  clock.advance(999);
  assertEquals(transport.closed, undefined);
  clock.advance(60);
  assertEquals(transport.sent, ["fits"]);
  assertEquals(transport.closed, { code: 3008, reason: "slow" });
  assertEquals(ends, [disconnects.slow]);
});

Deno.test("Nine invalid frames in a minute are answered, the tenth ends the connection with 3509", () => {
  const { connection, transport, time } = scene();
  for (let mistake = 0; mistake < 9; mistake++) connection.receive("?");
  assertEquals(transport.take().length, 9);
  time.now = 60_000;
  for (let mistake = 0; mistake < 9; mistake++) connection.receive("?");
  assertEquals(transport.closed, undefined);
  connection.receive("?");
  assertEquals(transport.closed?.code, 3509);
});

Deno.test("A command's error is sent with its code and message", () => {
  const { connection, transport } = scene({
    onCommand: () => {
      throw new ProtocolError(errors.unauthorized, "who are you?");
    },
  });
  connection.receive("u:x");
  assertEquals(transport.sent, ["error:101 who are you?"]);
});

/** Two clients whose commands fail: at once, and later. */
async function failing(
  opening: "awaited" | "done",
  protocol: Protocol = textProtocol,
) {
  const failure = new Error("broken");
  const sync = scene({
    protocol,
    onCommand: () => {
      throw failure;
    },
  });
  const later = scene({ protocol, onCommand: () => Promise.reject(failure) });
  for (const { connection } of [sync, later]) {
    connection.opening = opening;
    connection.receive("u:x");
  }
  await settled();
  assertEquals([sync.failures, later.failures], [[failure], [failure]]);
  return [sync.transport, later.transport];
}

Deno.test("A command that fails otherwise is reported, and answered with error 100", async () => {
  for (const transport of await failing("done")) {
    assertEquals(transport.sent, ["error:100 internal error"]);
    assertEquals(transport.closed, undefined);
  }
});

Deno.test("A command without an answer that fails ends the connection with 3004", async () => {
  for (const transport of await failing("done", plainProtocol)) {
    assertEquals(transport.closed?.code, 3004);
  }
});

Deno.test("A client that fails to be let in is closed with 3004", async () => {
  for (const transport of await failing("awaited")) {
    assertEquals(transport.closed?.code, 3004);
  }
});

Deno.test("Frames wait for the command before them and keep their order", async () => {
  const gates: PromiseWithResolvers<void>[] = [];
  const order: string[] = [];
  const { connection } = scene({
    onCommand: (_, command) => {
      if (command.type !== "direct") return;
      order.push(command.uid);
      if (!command.uid.startsWith("slow")) return;
      const gate = Promise.withResolvers<void>();
      gates.push(gate);
      return gate.promise;
    },
  });
  for (const uid of ["slow1", "a", "slow2", "b", "c"]) {
    connection.receive(`${uid}:x`);
  }
  assertEquals(order, ["slow1"]);
  gates[0]!.resolve();
  await settled();
  assertEquals(order, ["slow1", "a", "slow2"]);
  connection.receive("d:x");
  gates[1]!.resolve();
  await settled();
  connection.receive("e:x");
  assertEquals(order, ["slow1", "a", "slow2", "b", "c", "d", "e"]);
});

Deno.test("A mistake after a wait does not stop the frames behind it", async () => {
  const order: string[] = [];
  const { connection, transport } = scene({
    onCommand: (_, command) => {
      if (command.type !== "direct") return;
      order.push(command.uid);
      return command.uid === "bad"
        ? Promise.reject(new ProtocolError(errors.malformed))
        : undefined;
    },
  });
  for (const uid of ["bad", "a", "bad", "b"]) connection.receive(`${uid}:x`);
  await settled();
  assertEquals(order, ["bad", "a", "bad", "b"]);
  assertEquals(transport.sent.length, 2);
});

Deno.test("A command that no frame has brought waits for its turn, and later frames wait for it", async () => {
  const gates: PromiseWithResolvers<void>[] = [];
  const order: string[] = [];
  const { connection } = scene({
    onCommand: (_, command) => {
      if (command.type !== "direct") return;
      order.push(command.uid);
      if (!command.uid.startsWith("slow")) return;
      const gate = Promise.withResolvers<void>();
      gates.push(gate);
      return gate.promise;
    },
  });
  const direct = { type: "direct", id: 1, payload: "x" } as const;
  connection.receive("slow1:x");
  const done = ["slow2", "a"].map((uid) =>
    connection.execute({ ...direct, uid })
  );
  await settled();
  assertEquals(order, ["slow1"]);
  gates[0]!.resolve();
  await settled();
  assertEquals(order, ["slow1", "slow2"]);
  connection.receive("b:x");
  gates[1]!.resolve();
  await Promise.all(done);
  assertEquals(order, ["slow1", "slow2", "b", "a"]);
});

Deno.test("A command that no frame has brought fails with a reply, and not at all once the connection has ended", async () => {
  const replies: unknown[] = [];
  const commands: string[] = [];
  const { connection } = scene({
    protocol: {
      ...textProtocol,
      encodeReply: (reply) => void replies.push(reply),
    },
    onCommand: (_, { type }) => {
      commands.push(type);
      return Promise.reject(new ProtocolError(errors.unknownChannel));
    },
  });
  const command = { type: "presence", id: 7, channel: "room" } as const;
  await connection.execute(command);
  const { code, message } = errors.unknownChannel;
  assertEquals(replies, [
    { type: "error", id: 7, code, message, temporary: undefined },
  ]);
  connection.ended();
  await connection.execute(command);
  assertEquals([commands, replies.length], [["presence"], 1]);
});

Deno.test("A command that no frame has brought never rejects, also where its failure cannot be logged", async () => {
  for (const isSync of [true, false]) {
    const failure = new Error("broken");
    const { connection, transport } = scene({
      onCommand: () => {
        if (isSync) throw failure;
        return Promise.reject(failure);
      },
      onError: (_, error) => {
        throw error;
      },
    });
    await connection.execute({ type: "presence", id: 7, channel: "room" });
    assertEquals(transport.closed?.code, 3004);
  }
});

Deno.test("What waits is bounded, then the connection ends with 3013", () => {
  const { promise } = Promise.withResolvers<void>();
  const { connection, transport } = scene({ onCommand: () => promise });
  for (let frame = 0; frame < 16; frame++) connection.receive("");
  assertEquals(transport.closed, undefined);
  connection.receive("");
  assertEquals(transport.closed?.code, 3013);
});

Deno.test("Frames that wait are dropped with their connection", async () => {
  const gate = Promise.withResolvers<void>();
  let carriedOut = 0;
  const { connection } = scene({
    onCommand: () => {
      carriedOut++;
      return gate.promise;
    },
  });
  connection.receive("a:x");
  connection.receive("b:x");
  connection.ended();
  gate.resolve();
  await settled();
  assertEquals(carriedOut, 1);
});

Deno.test("A connection ends once, from either side and however often", () => {
  const ours = scene();
  ours.connection.disconnect(disconnects.shutdown);
  ours.connection.disconnect(disconnects.slow);
  ours.connection.ended();
  ours.connection.ended();
  assertEquals(ours.ends, [disconnects.shutdown]);
  assertEquals(ours.transport.closed, { code: 3001, reason: "shutdown" });

  const theirs = scene();
  theirs.connection.ended();
  theirs.connection.disconnect(disconnects.shutdown);
  assertEquals(theirs.ends, [GONE]);
  assertEquals(theirs.transport.closed, undefined);
});

Deno.test("An ended connection neither receives nor sends", () => {
  const { connection, transport, commands } = scene();
  connection.disconnect(disconnects.shutdown);
  connection.receive("u:x");
  connection.send("hello");
  assertEquals(commands, []);
  assertEquals(transport.sent, []);
});

Deno.test("The owner has forgotten a connection before its transport is closed", () => {
  let wasClosed: boolean | undefined;
  const { connection, transport } = scene({
    onEnd: () => wasClosed = transport.closed !== undefined,
  });
  connection.disconnect(disconnects.silent);
  assertFalse(wasClosed);
  assertEquals(transport.sent, ["Network connection timeout!"]);
  assertEquals(transport.closed, {
    code: 3012,
    reason: "Network connection timeout!",
  });
});

Deno.test("What has been carried out does not count for what may wait next, nor while more waits", async () => {
  const gates: PromiseWithResolvers<void>[] = [];
  const { connection, transport } = scene({
    onCommand: () => {
      const gate = Promise.withResolvers<void>();
      gates.push(gate);
      return gate.promise;
    },
  });
  // Each counts 70 of 1000 bytes, and one is always being carried out.
  for (let frame = 0; frame < 10; frame++) connection.receive("u:four");
  for (let frame = 10; frame < 100; frame++) {
    connection.receive("u:four");
    gates.shift()!.resolve();
    await settled();
  }
  assertEquals(transport.closed, undefined);
  while (gates.length > 0) {
    gates.shift()!.resolve();
    await settled();
  }
  for (let frame = 0; frame < 14; frame++) connection.receive("u:four");
  assertEquals(transport.closed, undefined);
  connection.receive("u:four");
  connection.receive("u:four");
  assertEquals(transport.closed?.code, 3013);
});

Deno.test("A slow client is sent nothing more, not even its disconnect", async () => {
  const client = await SdkClient.connect(new Scene());
  client.transport.bufferedAmount = 2 ** 30;
  assertEquals(await client.ask({ id: 2, unsubscribe: { channel: "a" } }), []);
  assertEquals(client.closeCode, 3008);
});
