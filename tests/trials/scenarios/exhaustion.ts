/** Channel names without end, the most channels of a connection, and names of objects. */

import { assertEquals } from "@std/assert";
import { processRssBytes } from "../../../bench/process_stat.ts";
import { API_KEY, callApi } from "../../routes/api_server.ts";
import { connect, startServer } from "../../e2e/text_server.ts";
import type { TestServer } from "../../support/server.ts";
import type { TextClient } from "../../support/text_client.ts";
import { createTrial, type Figure, none, type Progress } from "./trial.ts";

interface Scale {
  /** Names before memory is measured. */
  readonly warmUp: number;
  readonly names: number;
  readonly env: Readonly<Record<string, string>>;
  /** Memory afterwards, in percent of that before. */
  readonly atMostPercent: number;
}

const CLIENTS = 4;
/** Names of one client between two answers. */
const PER_TURN = 250;
const MAX_CHANNELS = 128;
/** Parts of a churn, after each of which memory is measured. */
const STEPS = 10;
const REFUSAL =
  `error:106 cannot subscribe to "more": the connection already has ${MAX_CHANNELS} channels`;

/** Subscribes to, publishes to and leaves each of the channels with these numbers. */
async function churn(
  client: TextClient,
  from: number,
  to: number,
): Promise<void> {
  for (let at = from; at < to; at += PER_TURN) {
    const end = Math.min(at + PER_TURN, to);
    for (let number = at; number < end; number++) {
      const channel = `name-${number}`;
      client.send(`+#${channel}`);
      client.send(`#${channel}:hello`);
      client.send(`-#${channel}`);
    }
    client.send("ping");
    while (await client.next() !== "pong");
  }
}

/** Asserts that a connection may have 128 channels, and another only after it left one. */
async function assertBounded(server: TestServer): Promise<void> {
  await using client = await connect(server);
  for (let index = 0; index < MAX_CHANNELS; index++) {
    client.send(`+#${index}`);
    assertEquals(await client.next(), `+#${index}`);
  }
  client.send("+#more");
  assertEquals(await client.next(), REFUSAL);
  for (const frame of ["+#0", "-#0", "+#more"]) {
    client.send(frame);
    assertEquals(await client.next(), frame);
  }
}

/** Asserts that names which every object has are names like others. */
async function assertPlainNames(server: TestServer): Promise<void> {
  for (const name of ["__proto__", "constructor", "toString"]) {
    await using client = await connect(server, name);
    client.send(`+#${name}`);
    assertEquals(await client.next(), `+#${name}`);
    client.send(`#${name}:to all`);
    assertEquals(await client.next(), `#${name}:to all`);
    client.send(`${name}:to one`);
    assertEquals(await client.next(), "to one");
  }
}

async function channelsOf(server: TestServer): Promise<number> {
  const { text } = await callApi(server, "channels");
  return Object.keys(JSON.parse(text).result.channels).length;
}

async function scenario(
  { warmUp, names, env, atMostPercent }: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  // Churn as fast as it can: the rates would end it long before memory shows anything.
  const rates = { MESSAGE_RATE: "0", SUBSCRIBE_RATE: "0", FLOOD_RATE: "0" };
  await using server = await startServer({ API_KEY, ...rates, ...env });
  await assertBounded(server);
  await assertPlainNames(server);
  await using stack = new AsyncDisposableStack();
  const clients: TextClient[] = [];
  for (let index = 0; index < CLIENTS; index++) {
    clients.push(stack.use(await connect(server)));
  }
  // The lowest of the second half: in between, memory has what is not collected yet.
  const churnAll = async (from: number, to: number) => {
    const share = (to - from) / STEPS;
    const sizes: number[] = [];
    for (let step = 0; step < STEPS; step++) {
      const begin = from + step * share;
      await Promise.all(clients.map((client, index) =>
        churn(
          client,
          begin + index * share / CLIENTS,
          begin + (index + 1) * share / CLIENTS,
        )
      ));
      sizes.push(processRssBytes(server.pid));
      progress(`${begin + share} names, ${(sizes.at(-1)! / 1e6).toFixed()} MB`);
    }
    return Math.min(...sizes.slice(STEPS / 2));
  };
  const before = await churnAll(0, warmUp);
  const begin = performance.now();
  const after = await churnAll(warmUp, warmUp + names);
  const seconds = (performance.now() - begin) / 1_000;
  return [
    { name: "names", value: names },
    { name: "names each second", value: names / seconds },
    none("channels that are left", await channelsOf(server)),
    { name: "memory before", value: before / 1e6, unit: "MB" },
    {
      name: "memory afterwards",
      value: after / before * 100,
      unit: "%",
      atMost: atMostPercent,
    },
  ];
}

export const exhaustion = createTrial({
  name: "exhaustion",
  promise:
    "Channel names without end leave memory where it was; a 129th channel is refused",
  scales: {
    ci: {
      warmUp: 40_000,
      names: 60_000,
      // Nothing is kept, so that the bound of what is kept need not be reached first.
      env: {
        CHANNEL_HISTORY_SIZE: "0",
        CHANNEL_FORCE_RECOVERY: "false",
        // Else garbage is not collected before there is more of it than a short churn makes.
        DENO_V8_FLAGS: "--max-semi-space-size=1,--max-old-space-size=40",
      },
      atMostPercent: 125,
    },
    full: { warmUp: 400_000, names: 1_000_000, env: {}, atMostPercent: 110 },
  },
  scenario,
});
