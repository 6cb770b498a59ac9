/** Clients that break every rule of the WebSocket protocol, of the text protocol and of the SDKs'. */

import { assert, assertEquals } from "@std/assert";
import { processRssBytes } from "../../../bench/process_stat.ts";
import {
  connect,
  readHealth,
  startServer,
  textUrl,
} from "../../e2e/text_server.ts";
import { eventually } from "../../support/eventually.ts";
import { encodeFrame, OPCODE, parseClose } from "../../support/frame.ts";
import { parseLogLine } from "../../support/log_lines.ts";
import { RawSocket } from "../../support/raw_socket.ts";
import type { TestServer } from "../../support/server.ts";
import vectors from "../../unit/protocol/centrifuge_vectors.json" with {
  type: "json",
};
import { FATAL, MISTAKES, noise, TRUNCATED } from "./hostile_frames.ts";
import { createTrial, type Figure, none, type Progress } from "./trial.ts";
import { repeat } from "./wait.ts";

interface Scale {
  /** Malformed frames, each on a connection of its own. */
  readonly frames: number;
  /** Malformed messages in frames that are well-formed. */
  readonly messages: number;
  /** Share of all, in percent, before memory is measured. */
  readonly warmUpPercent: number;
  /** Memory afterwards, in percent of that before. */
  readonly atMostPercent: number;
}

/** Hostile clients at once. */
const CONCURRENCY = 50;
const MISTAKES_UNTIL_CLOSED = 10;
const TOO_MANY_ERRORS = 3509;
const BAD_REQUEST = 3501;
/** Threads and pools of the runtime open some when they are first used. */
const SPARE_HANDLES = 5;

/** Hostile acts against one server. */
class Attack {
  frames = 0;
  messages = 0;
  readonly #text: URL;
  readonly #sdk: string;

  constructor(server: TestServer) {
    this.#text = textUrl(server);
    this.#sdk = `${server.wsUrl}/connection/websocket`;
  }

  /** Sends `frames` malformed frames. */
  async sendFrames(frames: number): Promise<void> {
    await repeat(frames, CONCURRENCY, async (index) => {
      await using socket = await RawSocket.open(this.#text);
      await socket.write(this.#frameOf(index));
      this.frames++;
      // Every other one of those that end it does not wait to be sent away.
      if (index % 10 < 4) await socket.readToEnd();
    });
  }

  /** Sends `messages` malformed messages, half of them to the SDKs' endpoint. */
  async sendMessages(messages: number): Promise<void> {
    const sdk = messages / 2;
    await repeat(sdk, CONCURRENCY, async (index) => {
      await using socket = await RawSocket.open(this.#sdk);
      await socket.write(sdkMessage(index));
      this.messages++;
      assertEquals(await closeCodeOf(socket), BAD_REQUEST, `message ${index}`);
    });
    const clients = (messages - sdk) / MISTAKES_UNTIL_CLOSED;
    await repeat(clients, CONCURRENCY, (index) => this.#makeMistakes(index));
  }

  #frameOf(index: number): Uint8Array {
    const turn = Math.floor(index / 10);
    if (index % 10 < 8) return FATAL[(index + turn) % FATAL.length]!;
    if (index % 10 === 8) return TRUNCATED[turn % TRUNCATED.length]!;
    return noise(index, 64);
  }

  async #makeMistakes(index: number): Promise<void> {
    await using socket = await RawSocket.open(this.#text);
    for (let count = 1; count <= MISTAKES_UNTIL_CLOSED; count++) {
      await socket.write(MISTAKES[(index + count) % MISTAKES.length]!);
      this.messages++;
      const answer = await socket.readFrame();
      assert(answer, `an answer to mistake ${count} of client ${index}`);
      if (count < MISTAKES_UNTIL_CLOSED) {
        assertEquals(answer.opcode, OPCODE.text);
      } else {
        assertEquals(parseClose(answer.payload).code, TOO_MANY_ERRORS);
      }
    }
  }
}

/** A message that is none: from the vectors, or one of them cut or changed somewhere. */
function sdkMessage(index: number): Uint8Array {
  const turn = Math.floor(index / 2);
  const whole = vectors.invalid[turn % vectors.invalid.length]!;
  if (index % 2 === 0) {
    return encodeFrame({ opcode: OPCODE.text, payload: whole });
  }
  const { frame } = vectors.decode[turn % vectors.decode.length]!;
  // A cut line of JSON is no JSON any more.
  const [line = ""] = frame.split("\n");
  const at = 1 + index % Math.max(1, line.length - 2);
  return encodeFrame({ opcode: OPCODE.text, payload: line.slice(0, at) });
}

/** The code of the close frame, after whatever comes before it. */
async function closeCodeOf(socket: RawSocket): Promise<number | undefined> {
  for (;;) {
    const frame = await socket.readFrame();
    if (frame === undefined) return undefined;
    if (frame.opcode === OPCODE.close) return parseClose(frame.payload).code;
  }
}

function handlesOf({ pid }: TestServer): number {
  return [...Deno.readDirSync(`/proc/${pid}/fd`)].length;
}

/** Waits until every hostile connection is gone, and a friendly client is served. */
async function settle(server: TestServer): Promise<void> {
  await eventually(async () => {
    const { connections, closing } = await readHealth(server);
    return connections === 0 && closing === 0;
  }, { awaited: "0 connections", timeoutMs: 30_000 });
  await using client = await connect(server);
  client.send("100:haha");
  assertEquals(await client.next(), "haha");
}

async function scenario(
  { frames, messages, warmUpPercent, atMostPercent }: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  await using server = await startServer();
  const attack = new Attack(server);
  const share = warmUpPercent / 100;
  await attack.sendFrames(frames * share);
  await attack.sendMessages(messages * share);
  await settle(server);
  const handles = handlesOf(server);
  const memory = processRssBytes(server.pid);
  progress("warmed up");
  await attack.sendFrames(frames - attack.frames);
  progress(`${attack.frames} frames`);
  await attack.sendMessages(messages - attack.messages);
  progress(`${attack.messages} messages`);
  await settle(server);
  const left = Math.max(0, handlesOf(server) - handles - SPARE_HANDLES);
  const memoryAfter = processRssBytes(server.pid);
  server.signal("SIGTERM");
  const { code, stderr } = await server.exit;
  const errors = stderr.split("\n").filter((line) =>
    line !== "" && parseLogLine(line)?.level !== "warn"
  );
  return [
    { name: "malformed frames", value: attack.frames, atLeast: frames },
    { name: "malformed messages", value: attack.messages, atLeast: messages },
    none("exit code", code),
    none("errors, unhandled rejections among them", errors.length),
    none("handles that are left", left),
    { name: "memory before", value: memory / 1e6, unit: "MB" },
    {
      name: "memory afterwards",
      value: memoryAfter / memory * 100,
      unit: "%",
      atMost: atMostPercent,
    },
  ];
}

export const hostile = createTrial({
  name: "hostile",
  promise:
    "Malformed frames and malformed messages end no process, reject nothing unhandled, and leave neither handles nor memory behind",
  scales: {
    ci: {
      frames: 4_000,
      messages: 6_000,
      warmUpPercent: 50,
      atMostPercent: 150,
    },
    full: {
      frames: 100_000,
      messages: 100_000,
      warmUpPercent: 20,
      atMostPercent: 110,
    },
  },
  scenario,
});
