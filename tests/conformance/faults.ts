/** The script of faults: a broker is killed, hangs, is slow or cut off. What its nodes notice, and that nothing is lost unnoticed. */

import {
  assert,
  assertEquals,
  assertFalse,
  assertLess,
  assertNotEquals,
} from "@std/assert";
import type { SharedBroker } from "../support/shared_broker.ts";
import { eventually } from "../support/eventually.ts";
import { KEEP_ALL, type Member, payloadsOf } from "./broker_scene.ts";
import {
  compares,
  FaultScene,
  isAway,
  isReady,
  Load,
  rejects,
} from "./fault_scene.ts";

/** Milliseconds in which a call without an answer is given up. */
const GIVEN_UP_MS = 15_000;
const CUT_MS = 10_000;
const PATIENCE = { timeoutMs: 20_000 };
const request = { channel: "room", payload: "x", history: KEEP_ALL };

/** Resolves once the newest publication of a node in a channel is this one. */
function seesLast(member: Member, payload: string): Promise<void> {
  const isThere = () => member.of("room").at(-1)?.payload === payload;
  return eventually(isThere, { awaited: `"${payload}"`, ...PATIENCE });
}

async function testDown({ server, join }: FaultScene): Promise<void> {
  const members = [await join(), await join()] as const;
  const [first, second] = members;
  const { broker } = first;
  await broker.publish(request);
  await server.kill();
  await isAway(first);
  const since = { offset: 0, epoch: "" };
  for (
    const call of [
      async () => await broker.publish(request),
      () => broker.position("room"),
      () => broker.history("room", { limit: 1 }),
      () => broker.recover("room", { since, mode: "stream" }),
      () => broker.removeHistory("room"),
      async () => await broker.subscribe("other"),
      () => broker.call(undefined, "?"),
    ]
  ) assertLess(await rejects(call), 100);
  await server.start();
  await Promise.all(members.map((member) => compares(member)));
  assert(broker.ready);
  await second.broker.publish({ ...request, payload: "after" });
  for (const member of members) await seesLast(member, "after");
  // It was refused, and is tried again by itself.
  await second.broker.publish({ ...request, channel: "other" });
  await first.receives(1, "other");
}

async function testKill(scene: FaultScene): Promise<void> {
  const members = [
    await scene.join(),
    await scene.join(),
    await scene.join(),
  ];
  const load = new Load(members);
  await load.grows(100);
  await scene.server.kill();
  await Promise.all(members.map(isAway));
  await scene.server.start();
  await load.grows(100);
  const { acknowledged, failures } = await load.stop();
  assert(failures > 0);
  await scene.haveAll(members, acknowledged);
  for (const { checks } of members) assert(checks > 0);
}

async function testReturn(
  { kind, server, join }: FaultScene,
): Promise<void> {
  const members = [await join(), await join()] as const;
  const [first, second] = members;
  const keyed = { ...request, idempotencyKey: "k" };
  const once = await first.broker.publish(keyed);
  await first.publishKept("room", "a", "b");
  const position = await first.broker.position("room");
  await server.kill();
  await Promise.all(members.map(isAway));
  await server.start();
  await Promise.all(members.map((member) => compares(member)));
  const { offset, epoch } = await second.broker.position("room");
  assertEquals(offset, position.offset);
  assertEquals(epoch !== position.epoch, kind.newEpoch === "at each start");
  assertEquals((await second.broker.publish(keyed)).offset, once.offset);
  const recover = (offset: number) => {
    const since = { ...position, offset };
    return second.broker.recover("room", { since, mode: "stream" });
  };
  const { recovered, publications } = await recover(once.offset);
  assert(recovered);
  assertEquals(payloadsOf(publications), ["a", "b"]);
  assertFalse((await recover(position.offset + 1)).recovered);
  await second.broker.publish({ ...request, payload: "c" });
  await seesLast(first, "c");
}

async function testForgotten({ server, join }: FaultScene): Promise<void> {
  const members = [await join(), await join()] as const;
  const [first, second] = members;
  await first.publishKept("room", "a", "b");
  const position = await first.broker.position("room");
  await server.kill();
  await Promise.all(members.map(isAway));
  await server.forget();
  await server.start();
  await Promise.all(members.map((member) => compares(member)));
  const { epoch } = await first.broker.position("room");
  assertNotEquals(epoch, position.epoch);
  for (const mode of ["stream", "cache"] as const) {
    const query = { since: position, mode };
    assertFalse((await second.broker.recover("room", query)).recovered);
  }
  await second.broker.publish({ ...request, payload: "c" });
  await seesLast(first, "c");
  assertNotEquals(first.of("room").at(-1)?.epoch, position.epoch);
}

async function testHang(scene: FaultScene): Promise<void> {
  const { proxy } = scene;
  const member = await scene.join(proxy.targetUrl);
  const { broker } = member;
  await broker.publish(request);
  proxy.freeze();
  const ms = await rejects(async () => await broker.publish(request));
  assertLess(ms, GIVEN_UP_MS);
  await isAway(member);
  proxy.restore();
  await isReady(member);
  await broker.publish({ ...request, payload: "y" });
  await seesLast(member, "y");
}

async function testSlow(scene: FaultScene): Promise<void> {
  const { proxy } = scene;
  const member = await scene.join(proxy.targetUrl);
  await member.broker.publish(request);
  proxy.delayMs = 200;
  const from = performance.now();
  let turns = 0;
  const turning = setInterval(() => turns++, 10);
  await Promise.all(
    Array.from({ length: 300 }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index));
      await member.broker.publish({ ...request, payload: `${index}` });
    }),
  );
  clearInterval(turning);
  // One after the other they would take a minute and more.
  assertLess(performance.now() - from, 15_000);
  // The event loop is free meanwhile.
  assert(turns > 20);
  await member.receives(301, "room");
  assert(member.broker.ready);
  assertEquals(member.checks, 0);
  proxy.delayMs = 0;
}

async function testCut(scene: FaultScene): Promise<void> {
  const { proxy } = scene;
  const others = [await scene.join(), await scene.join()];
  const member = await scene.join(proxy.targetUrl);
  const load = new Load(others);
  await load.grows(50);
  for (const cut of [() => proxy.cut(), () => proxy.freeze()]) {
    cut();
    await load.grows(100);
    await new Promise((resolve) => setTimeout(resolve, CUT_MS / 2));
    await isAway(member);
    proxy.restore();
    await isReady(member);
  }
  const { acknowledged, failures } = await load.stop();
  assertEquals(failures, 0);
  await scene.haveAll([...others, member], acknowledged);
  // Leases of its clients may have expired.
  assert(member.returns > 0);
}

/** Registers the script for a kind of broker. */
export function testFaults(kind: SharedBroker): void {
  const { name, missing } = kind;
  for (
    const [sentence, run] of [
      [
        `While ${name} is down every call rejects within 100 ms and says that it is away, and once it is back all goes on`,
        testDown,
      ],
      [
        `When ${name} is killed in the middle of publications, each that was acknowledged is kept once, and every node has it in order or knows that it may not`,
        testKill,
      ],
      [
        `After a kill of ${name} a stream goes on, keys are known, and a client recovers`,
        testReturn,
      ],
      [
        `When ${name} comes back without its data there is another epoch, and nobody recovers`,
        testForgotten,
      ],
      [
        `When ${name} hangs it is given up within seconds, and taken again when it goes on`,
        testHang,
      ],
      [
        `When ${name} is slow, publications take longer, the event loop is free, and nothing is lost`,
        testSlow,
      ],
      [
        `A node that is cut off from ${name} for seconds has everything in order afterwards or knows that it may not, and the others do not wait for it`,
        testCut,
      ],
    ] as const
  ) {
    Deno.test({
      name: sentence,
      ignore: missing,
      async fn() {
        await using scene = await FaultScene.start(kind);
        await run(scene);
      },
    });
  }
}
