/** Attack of hostile clients on a server, in any number, and what it leaves behind. */

import { assert, assertEquals } from "@std/assert";
import { processRssBytes } from "../../../bench/process_stat.ts";
import { eventually } from "../../support/eventually.ts";
import { encodeFrame, OPCODE, parseClose } from "../../support/frame.ts";
import { RawSocket } from "../../support/raw_socket.ts";
import type { TestServer } from "../../support/server.ts";
import vectors from "../../unit/protocol/centrifuge_vectors.json" with {
  type: "json",
};
import { FATAL, MISTAKES, noise, TRUNCATED } from "./hostile_frames.ts";
import { readHealth, textUrl } from "../../e2e/text_server.ts";
import { repeat } from "./wait.ts";

/** How many hostile clients there are at once. */
const CONCURRENCY = 50;
const MISTAKES_UNTIL_CLOSED = 10;
/** Refused commands of one SDK, before one that ends its connection. */
const COMMANDS = 49;

/** Numbers of an attack. */
export interface AttackSize {
  /** Frames that no WebSocket may send, each by a client of its own. */
  readonly frames: number;
  /** Whole frames without a sense, of text clients and SDKs. */
  readonly messages: number;
}

/** Handles and memory of a process. */
export interface Footprint {
  readonly handles: number;
  readonly rssBytes: number;
}

/** Commands that are understood and refused; `$` stands for their id. */
const REFUSED = [
  '{"id":$,"publish":{"channel":"news"}}',
  '{"id":$,"publish":{"channel":"\\ud800","data":1}}',
  '{"id":$,"publish":{"channel":"\\u0000x","data":{"a":[1e400]}}}',
  '{"id":$,"subscribe":{"channel":"nowhere:a"}}',
  '{"id":$,"subscribe":{"channel":"news","type":1}}',
  '{"id":$,"subscribe":{"channel":"$x","token":"a.b.c"}}',
  '{"id":$,"history":{"channel":"news","since":{"offset":1,"epoch":"x"}}}',
  '{"id":$,"rpc":{"method":"__proto__"}}',
  '{"id":$,"sub_refresh":{"channel":"news","token":"x"}}',
  '{"id":$,"presence":{"channel":"a\\nb"}}',
];

/** Sends all of it; resolves with how much was sent once no client is left. */
async function attack(
  server: TestServer,
  { frames, messages }: AttackSize,
): Promise<AttackSize> {
  const url = textUrl(server);
  const sent = { frames: 0, messages: 0 };
  await repeat(frames, CONCURRENCY, async (index) => {
    await using socket = await RawSocket.open(url);
    await socket.write(badFrame(index));
    sent.frames++;
    // A truncated frame is waited for; of the others, half wait for their end.
    if (index % 4 === 0) await socket.readToEnd();
  });
  await repeat(
    messages / 2 / MISTAKES_UNTIL_CLOSED,
    CONCURRENCY,
    async (index) => {
      const count = await babble(url, index);
      sent.messages += count;
    },
  );
  await repeat(messages / 2 / (COMMANDS + 1), CONCURRENCY, async (index) => {
    const count = await misuse(server, index);
    sent.messages += count;
  });
  await eventually(async () => {
    const { connections, closing } = await readHealth(server);
    return connections === 0 && closing === 0;
  }, { awaited: "0 connections", timeoutMs: 30_000 });
  return sent;
}

/** What an attack sent, and the server's footprint before and after it. */
export interface Ordeal {
  readonly sent: AttackSize;
  readonly before: Footprint;
  readonly after: Footprint;
}

/** Attacks a server that another attack has warmed up: what is compiled and kept for later is no leak. */
export async function attackWarm(
  server: TestServer,
  { warmUp, size }: {
    readonly warmUp: AttackSize;
    readonly size: AttackSize;
  },
): Promise<Ordeal> {
  await attack(server, warmUp);
  const before = footprintOf(server);
  const sent = await attack(server, size);
  return { sent, before, after: footprintOf(server) };
}

/** Handles and memory of a server without clients. */
function footprintOf({ pid }: TestServer): Footprint {
  const handles = [...Deno.readDirSync(`/proc/${pid}/fd`)].length;
  return { handles, rssBytes: processRssBytes(pid) };
}

function badFrame(index: number): Uint8Array<ArrayBuffer> {
  // Only every fourth is waited for: those are fatal, all of them.
  if (index % 4 === 1) return TRUNCATED[index % TRUNCATED.length]!;
  if (index % 4 === 3) return noise(index, 64);
  return FATAL[(index >> 1) % FATAL.length]!;
}

/** A text client that makes mistakes until it is closed. */
async function babble(url: URL, index: number): Promise<number> {
  await using socket = await RawSocket.open(url);
  for (let count = 1;; count++) {
    await socket.write(MISTAKES[(index + count) % MISTAKES.length]!);
    const answer = await socket.readFrame();
    assert(answer, `an answer to mistake ${count} of client ${index}`);
    if (count < MISTAKES_UNTIL_CLOSED) {
      assertEquals(answer.opcode, OPCODE.text);
      continue;
    }
    assertEquals(parseClose(answer.payload).code, 3509);
    return count;
  }
}

/** An SDK whose commands are refused one by one, until one is no command at all. */
async function misuse(server: TestServer, index: number): Promise<number> {
  const url = new URL("/connection/websocket", server.wsUrl);
  await using socket = await RawSocket.open(url);
  const send = (payload: string) =>
    socket.write(encodeFrame({ opcode: OPCODE.text, payload }));
  await send('{"id":1,"connect":{}}');
  assertEquals((await socket.readFrame())?.opcode, OPCODE.text);
  for (let count = 0; count < COMMANDS; count++) {
    const command = REFUSED[(index + count) % REFUSED.length]!;
    await send(command.replace(":$", `:${count + 2}`));
    const answer = await socket.readFrame();
    const text = new TextDecoder().decode(answer?.payload);
    assert(text.includes(`{"id":${count + 2},"error":`), `${command}: ${text}`);
  }
  await send(vectors.invalid[index % vectors.invalid.length]!);
  const end = await socket.readFrame();
  assertEquals(end && parseClose(end.payload).code, 3501);
  return COMMANDS + 1;
}
