/** Clients behind a firewall that drops everything, and a server that stands still. */

import { assertEquals } from "@std/assert";
import { API_KEY, callApi } from "../../routes/api_server.ts";
import { startServer } from "../../e2e/text_server.ts";
import { eventually } from "../../support/eventually.ts";
import { encodeFrame, OPCODE } from "../../support/frame.ts";
import { Machine } from "../../support/netns.ts";
import { RawSocket } from "../../support/raw_socket.ts";
import { TextClient } from "../../support/text_client.ts";
import type { TestServer } from "../../support/server.ts";
import { Subscriber } from "./subscriber.ts";
import { createTrial, type Figure, none, type Progress } from "./trial.ts";
import { pause, repeat } from "./wait.ts";

interface Scale {
  /** Half of them are text clients, half are SDKs. */
  readonly clients: number;
  readonly timeoutMs: number;
}

/**
 * No other test has this one. Its link to the clients goes down at their end: from then
 * on packets are dropped in silence, as by the rule DROP of a firewall. There is no FIN,
 * no RST and no ICMP, so that the server has the heartbeat alone to go by, which the
 * least time until they are gone proves.
 */
const MACHINE = 4;
const CHANNEL = "room";
/** What is added for the checks of the heartbeat, and for presence. */
const GONE_MARGIN_MS = 1_000;
const PRESENCE_MARGIN_MS = 1_500;
const JOIN = encodeFrame({ opcode: OPCODE.text, payload: `+#${CHANNEL}` });

/** Settings under which text clients and SDKs are both given up after `timeoutMs`. */
function heartbeat(timeoutMs: number): Readonly<Record<string, string>> {
  return {
    API_KEY,
    HEARTBEAT_TIMEOUT: `${timeoutMs}ms`,
    PING_INTERVAL: `${timeoutMs / 2}ms`,
    PONG_TIMEOUT: `${timeoutMs / 2}ms`,
  };
}

/** How many clients are present in the channel, as a server says at `url`. */
async function countPresent(url: string): Promise<number> {
  const { text } = await callApi({ url }, "presence_stats", {
    channel: CHANNEL,
  });
  return JSON.parse(text).result.num_clients;
}

async function countConnections(url: string): Promise<number> {
  const response = await fetch(`${url}/healthz`);
  return (await response.json()).connections;
}

/** Text clients and SDKs in the channel of a server at `url`. */
class Crowd implements AsyncDisposable {
  readonly texts: RawSocket[] = [];
  readonly sdks: Subscriber[] = [];
  /** Connections of SDKs that the server ended. */
  ended = 0;

  static async open(url: string, count: number): Promise<Crowd> {
    const crowd = new Crowd();
    await repeat(count, 20, async (index) => {
      if (index % 2 === 0) {
        const socket = await RawSocket.open(`${url}/ws`);
        crowd.texts.push(socket);
        await socket.write(JOIN);
        assertEquals((await socket.readFrame())?.opcode, OPCODE.text);
        return;
      }
      const subscriber = new Subscriber({
        channel: CHANNEL,
        url: () => url,
        onEnd: () => crowd.ended++,
      });
      crowd.sdks.push(subscriber);
      await subscriber.connect();
    });
    return crowd;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.texts.map((socket) => socket.close()));
    this.sdks.forEach((subscriber) => subscriber.cut());
  }
}

/** Cuts a crowd off, and measures until they are gone and absent. */
async function cutOff(
  { clients, timeoutMs }: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  await using machine = await Machine.start(MACHINE);
  await using server = await startServer(
    { HOST: "0.0.0.0", ...heartbeat(timeoutMs) },
    { launcher: machine.launcher },
  );
  const { port } = new URL(server.url);
  const near = `http://${machine.otherAddress}:${port}`;
  await using _crowd = await Crowd.open(
    `http://${machine.address}:${port}`,
    clients,
  );
  await using witness = await TextClient.open(`${near}/ws`);
  witness.send(`+#${CHANNEL}`);
  const talking = setInterval(() => witness.send("pong"), timeoutMs / 4);
  try {
    await eventually(async () => await countPresent(near) === clients + 1, {
      awaited: "all to be present",
    });
    progress(`${clients} clients`);
    await machine.dropClients();
    const from = performance.now();
    const until = async (count: (url: string) => Promise<number>) => {
      await eventually(async () => await count(near) === 1, {
        awaited: "the half-open clients to be gone",
        timeoutMs: timeoutMs * 3 + 10_000,
      });
      return performance.now() - from;
    };
    const [goneMs, absentMs] = await Promise.all([
      until(countConnections),
      until(countPresent),
    ]);
    return [
      { name: "half-open clients", value: clients },
      {
        name: "gone after",
        value: goneMs,
        unit: "ms",
        atLeast: timeoutMs / 2,
        atMost: timeoutMs + GONE_MARGIN_MS,
      },
      {
        name: "absent after",
        value: absentMs - goneMs,
        unit: "ms more",
        atMost: PRESENCE_MARGIN_MS,
      },
    ];
  } finally {
    clearInterval(talking);
  }
}

/** Stops a server for twice the timeout, and counts clients that it evicts though they talk. */
async function stall(
  { clients, timeoutMs }: Scale,
): Promise<readonly Figure[]> {
  await using server = await startServer(heartbeat(timeoutMs));
  await using crowd = await Crowd.open(server.url, clients);
  const talk = () =>
    Promise.all(
      crowd.texts.map((socket) =>
        socket.writeFrame({ opcode: OPCODE.text, payload: "pong" })
      ),
    );
  await talk();
  server.signal("SIGSTOP");
  await pause(2 * timeoutMs);
  server.signal("SIGCONT");
  // As clients do: they talk at their times, and not at once.
  await pause(timeoutMs / 4);
  await talk();
  const before = await countConnections(server.url);
  const talking = setInterval(() => void talk().catch(() => {}), timeoutMs / 4);
  await pause(timeoutMs * 1.5);
  clearInterval(talking);
  const stayed = await countConnections(server.url);
  await assertWatchGoesOn(server, crowd);
  return [
    none("false evictions after a stall", clients - Math.min(before, stayed)),
  ];
}

/** Asserts that text clients which are silent from now on are evicted. */
async function assertWatchGoesOn(
  server: TestServer,
  { texts, sdks }: Crowd,
): Promise<void> {
  await eventually(
    async () => await countConnections(server.url) === sdks.length,
    { awaited: `${texts.length} silent clients to leave`, timeoutMs: 60_000 },
  );
}

async function scenario(
  scale: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  const [gone, stayed] = await Promise.all([
    cutOff(scale, progress),
    stall(scale),
  ]);
  return [...gone, ...stayed];
}

export const halfOpen = createTrial({
  name: "half-open",
  promise:
    "Half-open clients leave within the timeout and 1 s, presence 1.5 s later; a stall evicts no client that talks",
  machine: MACHINE,
  scales: {
    ci: { clients: 20, timeoutMs: 1_500 },
    full: { clients: 100, timeoutMs: 10_000 },
  },
  scenario,
});
