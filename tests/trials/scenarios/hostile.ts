/** Clients that break every rule of the WebSocket protocol, of the text protocol and of the SDKs'. */

import { assertEquals } from "@std/assert";
import { connect, startServer } from "../../e2e/text_server.ts";
import { parseLogLine } from "../../support/log_lines.ts";
import { type AttackSize, attackWarm } from "./hostile_attack.ts";
import { createTrial, type Figure, none, type Progress } from "./trial.ts";

interface Scale {
  /** An attack before memory is measured: what is compiled and kept for later is no leak. */
  readonly warmUp: AttackSize;
  readonly size: AttackSize;
}

/** Memory afterwards, in percent of that before. */
const AT_MOST_PERCENT = 110;
/**
 * Else the heap grows for some ten thousand frames to the size that V8 likes, though no
 * more of it is in use: garbage is collected late, and its room is kept.
 */
const SMALL_HEAP = "--max-semi-space-size=1,--max-old-space-size=40";

async function scenario(
  scale: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  await using server = await startServer({
    DENO_V8_FLAGS: SMALL_HEAP,
    // Each is to get in and do its worst.
    CONNECT_RATE: "0",
  });
  const { sent, before, after } = await attackWarm(server, scale);
  progress("attacked");
  {
    await using client = await connect(server);
    client.send("100:haha");
    assertEquals(await client.next(), "haha");
  }
  server.signal("SIGTERM");
  const { code, stderr } = await server.exit;
  const errors = stderr.split("\n").filter((line) =>
    line !== "" && parseLogLine(line)?.level !== "warn"
  );
  const { frames, messages } = scale.size;
  return [
    { name: "malformed frames", value: sent.frames, atLeast: frames },
    { name: "malformed messages", value: sent.messages, atLeast: messages },
    none("exit code", code),
    none("errors, unhandled rejections among them", errors.length),
    none("handles that are left", Math.max(0, after.handles - before.handles)),
    { name: "memory before", value: before.rssBytes / 1e6, unit: "MB" },
    {
      name: "memory afterwards",
      value: after.rssBytes / before.rssBytes * 100,
      unit: "%",
      atMost: AT_MOST_PERCENT,
    },
  ];
}

export const hostile = createTrial({
  name: "hostile",
  promise:
    "Malformed frames and messages end no process and leave nothing behind",
  scales: {
    ci: {
      warmUp: { frames: 4_000, messages: 4_000 },
      size: { frames: 4_000, messages: 4_000 },
    },
    full: {
      warmUp: { frames: 20_000, messages: 20_000 },
      size: { frames: 100_000, messages: 100_000 },
    },
  },
  scenario,
});
